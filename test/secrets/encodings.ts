const base64 = (text: string): string => Buffer.from(text).toString('base64');
const base64url = (text: string): string => Buffer.from(text).toString('base64url');
const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);
const HTML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The forms in which a secret may come out, by name. */
export const ENCODINGS: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  'percent-encoded': encodeURIComponent,
  'percent-encoded in lower case': (secret) =>
    encodeURIComponent(secret).replaceAll(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()),
  'a form': (secret) => new URLSearchParams({ '': secret }).toString().slice(1),
  JSON: inJson,
  'JSON in JSON': (secret) => inJson(inJson(secret)),
  HTML: (secret) => secret.replaceAll(/[&<>"']/g, (char) => HTML[char] ?? char),
  Base64: base64,
  'Base64 for URLs': base64url,
  'Base64 after one character': (secret) => base64(`:${secret}`),
  'Base64 after two characters': (secret) => base64(`u:${secret}`),
  'Base64 between other text': (secret) => base64(`flowkeeper:${secret} and more`),
  'Basic of git': (secret) => base64(`x-access-token:${secret}`),
  'Basic of an OAuth client': (secret) => base64(`flowkeeper:${secret}`),
};

/** Parts of the form that give the secret away by themselves, cut so that no edge of Base64 is asked for. */
export function tellTale(name: string, form: string): string {
  return name.startsWith('Base') || name.startsWith('Basic') ? form.slice(24, -28) : form;
}
