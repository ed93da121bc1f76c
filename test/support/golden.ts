import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';

const GOLDEN = new URL('../golden/', import.meta.url);

/** Compares a text with test/golden/<name>; UPDATE_GOLDEN=1 writes it instead, to be read in the diff. */
export async function expectGolden(name: string, text: string): Promise<void> {
  const path = fileURLToPath(new URL(name, GOLDEN));
  if (process.env['UPDATE_GOLDEN'] === '1') {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  expect(text).toBe(await readFile(path, 'utf8'));
}
