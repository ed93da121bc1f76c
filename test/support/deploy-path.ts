import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Absolute path of a file below deploy/. */
export function deployPath(file: string): string {
  return `${ROOT}deploy/${file}`;
}

export function readDeploy(file: string): string {
  return readFileSync(deployPath(file), 'utf8');
}
