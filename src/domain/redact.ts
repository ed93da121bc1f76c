import { literalFormsOf } from './secret-forms.ts';

/** Takes secrets out of a text. Time is linear in the length of the text. */
export type Redactor = (text: string) => string;

/** What stands where a secret stood. */
const REDACTED = '[redacted]';

/** Names whose value is a secret wherever it stands: JSON, a query, a form, a variable. */
const SECRET_NAMES = [
  'access_?token|refresh_?token|id_?token|client_?assertion',
  'secret|password|passwd|passphrase|api_?key|private_?key',
  // not `continuationToken`, `fencingToken`: names in camel case are listed above
  '(?<![a-z0-9])token',
].join('|');

const HEADER_NAMES =
  '(?:proxy-)?authorization|private-token|job-token|x-api-key|x-auth-token|(?:set-)?cookie';

/** A quoted name, a colon, and the quote that opens a text; group 1 is what both quotes are escaped with. */
const NAMED_TEXT = new RegExp(
  `(?:${SECRET_NAMES}|${HEADER_NAMES})(\\\\*)"\\s{0,8}:\\s{0,8}\\[?\\s{0,8}\\1"`,
  'gi',
);
/** The same with a number as the value. */
const NAMED_NUMBER = new RegExp(
  `((?:${SECRET_NAMES})(\\\\*)"\\s{0,8}:\\s{0,8})-?\\d[\\d.eE+-]*`,
  'gi',
);
/** `name=value` in a query, a form, a variable or a command line. */
const NAMED_VALUE = new RegExp(`((?:${SECRET_NAMES})=)[^\\s&;,"'\\\\<>]+`, 'gi');
/** `Authorization: …` outside of JSON, to the end of the line or of the text that quotes it. */
const HEADER = new RegExp(`\\b((?:${HEADER_NAMES})'?\\s{0,8}:[ \\t]{0,8}'?)[^\\r\\n"'\\\\]+`, 'gi');
/** `password: …` in YAML, in prose or as Node shows objects; a bare `token:` is prose. */
const NAMED_LINE =
  /((?:access_?token|client_?secret|password|passphrase|private_?key|api_?key)'?\s{0,8}:[ \t]{0,8})(?:'[^'\r\n\\]*|[^\s"'\\,;}\])]+)/gi;
const SCHEME = /\b(Bearer|Basic|bearer|basic|BEARER|BASIC)(\s{1,8}|%20|\+)([A-Za-z0-9._~+/%=-]+)/g;
/** Greedy to the last `@` before the path: a password may hold an `@` that should have been escaped. */
const USERINFO = /(:\/\/)([^\s/"'\\?#<>]*)@/g;
const PRIVATE_KEY =
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:(?!-----END)[A-Za-z0-9+/=\s\\:,.-])*(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)?/g;

/**
 * Makes the one redactor that stands before every sink. It takes out
 *
 * - each of `secrets`, as it is and as it looks inside JSON, a URL, a form, HTML or Base64 (also as a part of it, the
 *   password of `Basic`). Secrets shorter than 4 characters are not looked for: they are found everywhere
 *   and the text would be shredded; what follows still covers them where they stand in a usual place;
 * - whatever stands where credentials stand: values of `Authorization` and its like, `Bearer …` and `Basic …`, values
 *   named `password`, `token`, `client_secret`…, the user part of URLs (`git@` alone is none), private keys.
 *
 * Where in doubt it takes out too much. A JSON text stays JSON, unless a secret is itself a number or a JSON word.
 */
export function makeRedactor(secrets: readonly string[]): Redactor {
  const forms = literalFormsOf(secrets);
  return (text) => redactPatterns(forms.reduce((rest, form) => form(rest, REDACTED), text));
}

/**
 * Takes out only the secrets themselves, in all their forms, and leaves alone what merely looks like a credential: for
 * results, which have to stay what they are.
 */
export function makeLiteralRedactor(secrets: readonly string[]): Redactor {
  const forms = literalFormsOf(secrets);
  return (text) => forms.reduce((rest, form) => form(rest, REDACTED), text);
}

function redactPatterns(text: string): string {
  return redactNamedTexts(text.replace(PRIVATE_KEY, REDACTED))
    .replace(NAMED_NUMBER, `$1$2"${REDACTED}$2"`)
    .replace(HEADER, `$1${REDACTED}`)
    .replace(NAMED_VALUE, `$1${REDACTED}`)
    .replace(NAMED_LINE, `$1${REDACTED}`)
    .replace(SCHEME, (all, scheme: string, gap: string, value: string) =>
      isProse(scheme, value) ? all : `${scheme}${gap}${REDACTED}`,
    )
    .replace(USERINFO, (all, start: string, user: string) =>
      user === 'git' || user === '' ? all : `${start}${REDACTED}@`,
    );
}

/** "basic settings", "the bearer token": words, not credentials. */
function isProse(scheme: string, value: string): boolean {
  return scheme === scheme.toLowerCase() && /^[a-z]{1,15}[.]?$/.test(value);
}

/** Values of named JSON texts, at any depth of JSON inside of JSON. */
function redactNamedTexts(text: string): string {
  let result = '';
  let copied = 0;
  NAMED_TEXT.lastIndex = 0;
  for (let match = NAMED_TEXT.exec(text); match; match = NAMED_TEXT.exec(text)) {
    const start = NAMED_TEXT.lastIndex;
    const end = endOfText(text, start, match[1]?.length ?? 0);
    result += text.slice(copied, start) + (end > start ? REDACTED : '');
    copied = end;
    NAMED_TEXT.lastIndex = end;
  }
  return result + text.slice(copied);
}

/**
 * Where a JSON text ends that was opened by a quote with `escapes` backslashes before it, that is 2^n - 1 for JSON
 * inside n others. Of the quotes that follow, one with fewer ends what is around it (the text was cut);
 * one of the text's own has as many, plus twice as many as a quote has at this depth for each backslash it ends with.
 */
function endOfText(text: string, start: number, escapes: number): number {
  for (let quote = text.indexOf('"', start); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let run = 0;
    while (quote - run > start && text[quote - run - 1] === '\\') run += 1;
    if (run < escapes || (run - escapes) % (2 * (escapes + 1)) === 0)
      return quote - Math.min(run, escapes);
  }
  return text.length;
}
