import { secretsOf } from '../config/config.ts';
import type { Config } from '../config/config.ts';
import { makeLiteralRedactor } from '../domain/redact.ts';
import type { Redactor } from '../domain/redact.ts';

/** Of the whole process: what goes wrong beyond everybody's reach knows of no config. */
const known = new Set<string>();

/** A result may hold a shorter one by chance. */
const MIN_LENGTH_IN_RESULTS = 8;

let redactor: Redactor | undefined;

/** From now on the credentials of this config are kept out of whatever the process prints. */
export function keepSecretsOf(config: Config): void {
  keepSecrets(secretsOf(config));
}

/** The same for credentials that no config names. */
export function keepSecrets(secrets: readonly string[]): void {
  for (const secret of secrets) known.add(secret);
  redactor = undefined;
}

/** The last look at what is printed, result or not: none of the credentials that are known by now is in it. */
export function withoutKnownSecrets(text: string): string {
  if (known.size === 0) return text;
  redactor ??= makeLiteralRedactor(
    [...known].filter(({ length }) => length >= MIN_LENGTH_IN_RESULTS),
  );
  return redactor(text);
}

/** Every credential that this process knows so far. */
export function knownSecrets(): readonly string[] {
  return [...known];
}
