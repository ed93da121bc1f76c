/** Replaces one form of one secret, where the text has it. */
export type FormReplacer = (text: string, replacement: string) => string;

/** Shorter secrets would be found all over a text. */
const MIN_SECRET_LENGTH = 4;
/** Data with a shorter one may hold it by chance, and is not refused. */
const MIN_FOUND_LENGTH = 12;
/** A shorter piece of Base64 would be found in other Base64. */
const MIN_BASE64_LENGTH = 8;
/** JSON inside JSON inside JSON. */
const JSON_DEPTH = 3;
/** The users that go before a token in `Basic` of git and of HTTP. */
const BASIC_USERS = ['', 'x-access-token', 'oauth2', 'git', 'token'];

/**
 * How each secret may look in a text: plain, without the white space around it, in a URL, a form, HTML, Base64,
 * and each of these inside JSON. Longer ones come first, so that a form that is part of another does not spoil it.
 */
export function literalFormsOf(secrets: readonly string[]): readonly FormReplacer[] {
  const forms = new Map<string, FormReplacer>();
  for (const secret of new Set(secrets.flatMap((text) => [text, text.trim()]))) {
    if (secret.trim().length < MIN_SECRET_LENGTH) continue;
    for (const form of textForms(secret).flatMap(insideJson)) forms.set(form, plainReplacer(form));
    for (const core of base64Forms(secret)) forms.set(core, base64Replacer(core));
  }
  return [...forms].sort(([a], [b]) => b.length - a.length).map(([, replacer]) => replacer);
}

/**
 * Says whether a text holds one of these secrets: as it is, in a URL, a form, HTML or JSON, or in Base64, with
 * whatever stands beside it. For data, which is to be refused rather than changed; a text is only searched.
 */
export function makeSecretFinder(secrets: readonly string[]): (text: string) => boolean {
  const forms = new Set(
    secrets
      .filter((secret) => secret.trim().length >= MIN_FOUND_LENGTH)
      .flatMap((secret) => [...textForms(secret).flatMap(insideJson), ...base64Cores(secret)]),
  );
  return (text) => [...forms].some((form) => text.includes(form));
}

function plainReplacer(form: string): FormReplacer {
  return (text, replacement) =>
    text.includes(form) ? text.replaceAll(form, () => replacement) : text;
}

/** Also takes what stands around the core within the same groups of four: it holds bits of the secret. */
function base64Replacer(core: string): FormReplacer {
  const around = '[A-Za-z0-9+/_-]{0,3}';
  const pattern = new RegExp(`${around}${escapeRegExp(core)}${around}={0,2}`, 'g');
  return (text, replacement) => (text.includes(core) ? text.replace(pattern, replacement) : text);
}

function textForms(secret: string): readonly string[] {
  const url = percentEncoded(secret);
  return [
    secret,
    ...[url, url.replaceAll(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase())],
    new URLSearchParams([['', secret]]).toString().slice(1),
    secret.replaceAll('/', '\\/'),
    escapeHtml(secret),
  ];
}

/** A lone surrogate cannot be encoded, and then not be in a URL either. */
function percentEncoded(secret: string): string {
  return encodeURIComponent(secret.toWellFormed());
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replaceAll(/[&<>"']/g, (char) => entities[char] ?? char);
}

/** The form itself, and as it stands in JSON of each depth. */
function insideJson(form: string): readonly string[] {
  const forms = [form];
  for (let depth = 1, text = form; depth <= JSON_DEPTH; depth += 1) {
    text = JSON.stringify(text).slice(1, -1);
    forms.push(text);
  }
  return forms;
}

/**
 * The characters of Base64 that the secret alone decides, for each of the three places in a group that it may begin
 * at, whatever stands before and after it; and whole pairs of a usual user and the secret, for short ones.
 */
function base64Forms(secret: string): readonly string[] {
  const bytes = new TextEncoder().encode(secret);
  const pairs = BASIC_USERS.map((user) =>
    base64(new TextEncoder().encode(`${user}:${secret}`)).replace(/=+$/, ''),
  );
  const whole = base64(bytes).replace(/=+$/, '');
  return [...base64Cores(secret), ...inAlphabets([...pairs, whole])];
}

/** What the secret alone decides of Base64. */
function base64Cores(secret: string): readonly string[] {
  const bytes = new TextEncoder().encode(secret);
  const cores = [0, 1, 2].map((before) => {
    const text = base64(new Uint8Array([...new Uint8Array(before), ...bytes]));
    const first = before === 0 ? 0 : before + 1;
    return text.slice(first, Math.floor(((before + bytes.length) * 8) / 6));
  });
  return inAlphabets(cores);
}

/** As they are, in the alphabet of URLs, and percent-encoded. */
function inAlphabets(forms: readonly string[]): readonly string[] {
  return forms
    .filter((form) => form.length >= MIN_BASE64_LENGTH)
    .flatMap((form) => [
      form,
      form.replaceAll('+', '-').replaceAll('/', '_'),
      form.replaceAll('+', '%2B').replaceAll('/', '%2F'),
    ]);
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
