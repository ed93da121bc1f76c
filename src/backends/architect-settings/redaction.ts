/** Makes text from the service fit for messages and logs. */
export type Tidy = (text: string) => string;

const MAX_CHARACTERS = 200;
/** Shorter texts are no secrets, and replacing them would garble everything. */
const MIN_SECRET_CHARACTERS = 4;

/**
 * Cuts to 200 characters, takes out control characters (an answer must not move anybody's cursor),
 * and replaces each of the `secrets` of the moment, as written, in JSON, in a URL and in base64.
 */
export function makeTidy(secrets: () => readonly string[]): Tidy {
  return (text) => {
    const hidden = secrets()
      .filter((secret) => secret.length >= MIN_SECRET_CHARACTERS)
      .flatMap(writingsOf)
      .sort((a, b) => b.length - a.length);
    const clean = hidden.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
    return clean
      .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
      .trim()
      .slice(0, MAX_CHARACTERS);
  };
}

function writingsOf(secret: string): string[] {
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
  ];
}
