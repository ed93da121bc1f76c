export type Redact = (text: string) => string;

/** Terminal sequences and other control characters that a remote may send, apart from line ends. */
const CONTROL = /\u001b\[[0-9;]*[A-Za-z]|(?!\n)\p{Cc}/gu;
const USERINFO = /([a-z][a-z0-9+.-]*:\/\/)[^/\s@]+@/gi;

/**
 * Makes texts of git and of remotes fit for people: the secrets in every form in which they travel,
 * and the userinfo of any URL, become `***`; control characters are dropped.
 */
export function makeRedactor(secrets: readonly string[]): Redact {
  const forms = secrets
    .filter((secret) => secret !== '')
    .flatMap((secret) => [secret, encodeURIComponent(secret), base64(secret)])
    .toSorted((a, b) => b.length - a.length);
  return (text) => {
    const hidden = forms.reduce((rest, form) => rest.replaceAll(form, '***'), text);
    return hidden.replace(USERINFO, '$1***@').replace(CONTROL, '');
  };
}

export function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
