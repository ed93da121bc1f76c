import { makeRedactor } from '../../domain/redact.ts';

/** Makes text from the service fit for messages and logs. */
export type Tidy = (text: string) => string;

const MAX_CHARACTERS = 200;

/**
 * Cuts to 200 characters, takes out control characters (an answer must not move anybody's cursor), and hides the
 * `secrets` of the moment and whatever else looks like a credential.
 */
export function makeTidy(secrets: () => readonly string[]): Tidy {
  return (text) =>
    makeRedactor(secrets())(text)
      .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
      .trim()
      .slice(0, MAX_CHARACTERS);
}
