import type { YAMLError } from 'yaml';
import type { DiagnosticCode } from '../domain/diagnostic-codes.ts';

interface Words {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint?: string;
}

/** The line with which git begins a conflict. */
export const CONFLICT = /^<{7}(?: |$)/m;

/** Of a token that has no place where it stands. */
export const STRAY = 'this stands where nothing can be';

const PLAIN = 'Write the value itself, without a tag such as `!Ref`.';
const SHARED = 'Put what is shared into a file and name it under `extends`.';
export const TAGS: Words = {
  code: 'yaml.forbidden',
  message: 'custom tags are refused',
  hint: PLAIN,
};
export const ALIASES: Words = {
  code: 'yaml.forbidden',
  message: 'anchors and aliases are refused',
  hint: SHARED,
};

const BY_CODE: Partial<Readonly<Record<YAMLError['code'], Words>>> = {
  TAG_RESOLVE_FAILED: TAGS,
  MULTIPLE_TAGS: TAGS,
  BAD_ALIAS: ALIASES,
  ALIAS_PROPS: ALIASES,
  MULTIPLE_ANCHORS: ALIASES,
  NON_STRING_KEY: {
    code: 'yaml.forbidden',
    message: 'a key must be plain text',
    hint: 'Write it as one word, or in quotes.',
  },
  TAB_AS_INDENT: syntax(
    'a tab indents this line; YAML wants spaces',
    'Put two spaces for each tab.',
  ),
  UNEXPECTED_TOKEN: syntax(
    STRAY,
    'Look at the line before: a quote, a bracket or a `:` is missing there.',
  ),
  MULTILINE_IMPLICIT_KEY: syntax(
    'this line is no `key: value`',
    'Put a `:` and a space behind the key, or quotes around a text of several lines.',
  ),
};

/** By how the library's own words begin; one code stands for many things. */
const BY_WORDS: readonly (readonly [begin: RegExp, words: Words])[] = [
  [
    /^Missing closing ["']/,
    syntax('a text in quotes does not end', 'End it with the quote that it begins with.'),
  ],
  [
    /^Flow (map|sequence) in block collection must be sufficiently indented/,
    syntax('a `{` or `[` above is not closed', 'Close it with `}` or `]`.'),
  ],
  [
    /^Nested mappings are not allowed in compact mappings/,
    syntax('a second `: ` in one line', 'Put quotes around a value that has `: ` in it.'),
  ],
  [
    /^(All (mapping|sequence) items must start at the same column|A (block sequence|collection) )/,
    syntax(
      'this line is indented unlike those beside it',
      'Let all keys of a map begin at one column.',
    ),
  ],
  [
    /^Implicit keys need to be on a single line/,
    syntax('this line is no `key: value`', 'Put a `:` and a space behind the key.'),
  ],
];

/** What is wrong and what to do, without the part of the text that the library's words may end in: it may be a secret. */
export function wordsOf({ code, message }: YAMLError): Words {
  const known = BY_CODE[code] ?? BY_WORDS.find(([begin]) => begin.test(message))?.[1];
  if (known) return known;
  const words = (message.split(': ')[0] ?? '').replace(/(["'])quote$/, '$1');
  return syntax(
    words.charAt(0).toLowerCase() + words.slice(1),
    'Mend this line, or the one before.',
  );
}

function syntax(message: string, hint: string): Words {
  return { code: 'yaml.syntax', message, hint };
}
