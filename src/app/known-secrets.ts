import { secretsOf } from '../config/config.ts';
import type { Config } from '../config/config.ts';

/** Of the whole process: what goes wrong beyond everybody's reach knows of no config. */
const known = new Set<string>();

/** From now on the credentials of this config are kept out of what a crash prints, too. */
export function keepOutOfCrashes(config: Config): void {
  for (const secret of secretsOf(config)) known.add(secret);
}

/** Every credential that a config of this process has named so far. */
export function knownSecrets(): readonly string[] {
  return [...known];
}
