import { makeRedactor } from '../../domain/redact.ts';
import { makeSecretFinder } from '../../domain/secret-forms.ts';

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

/**
 * Says whether an answer quotes one of the `secrets` of the moment. Settings that do are not fit to be compared, stored
 * or shown, and cannot be changed either: they would be written back so.
 */
export function makeQuoteFinder(secrets: () => readonly string[]): (text: string) => boolean {
  let found: { readonly key: string; readonly finds: (text: string) => boolean } | undefined;
  return (text) => {
    const now = secrets();
    const key = now.join('\n');
    if (found?.key !== key) found = { key, finds: makeSecretFinder(now) };
    return found.finds(text);
  };
}
