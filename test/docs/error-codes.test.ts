import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { DIAGNOSTIC_CATALOG } from '../../src/domain/diagnostic-codes.ts';
import { ERROR_CATALOG } from '../../src/domain/error-catalog.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CODES = [...new Set([...Object.keys(ERROR_CATALOG), ...Object.keys(DIAGNOSTIC_CATALOG)])];
const AREAS = [...new Set(CODES.map((code) => code.slice(0, code.indexOf('.'))))];
const CODE = String.raw`(?:${AREAS.join('|')})\.[a-z0-9]+(?:-[a-z0-9]+)*`;

/** The files that define the codes; a code that stands only there is used by nothing. */
const DEFINITIONS = ['error-catalog.ts', 'error-details.ts', 'diagnostic-codes.ts'];
/** Names of files look like codes. */
const FILE_NAME = /\.(db|json|lock|md|ts|ya?ml)$/;

describe('docs/errors.md', () => {
  const page = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8');
  const headed = [...page.matchAll(/^#{3,4} `(.*)`$/gm)].map(([, code]) => code);

  test('has a section for every code of the catalogues, and for nothing else', () => {
    const expected = [...Object.keys(ERROR_CATALOG), ...Object.keys(DIAGNOSTIC_CATALOG)];
    expect(headed.toSorted()).toEqual(expected.toSorted());
  });
});

describe('codes in src/', () => {
  const sources = filesBelow('src', '.ts').filter(
    (file) => !DEFINITIONS.some((name) => file.endsWith(`domain/${name}`)),
  );
  const used = new Set(sources.flatMap((file) => quotedCodes(file)));

  test('every one is in a catalogue', () => {
    expect([...used].filter((code) => !CODES.includes(code))).toEqual([]);
  });

  test('every code of a catalogue is used', () => {
    expect(CODES.filter((code) => !used.has(code))).toEqual([]);
  });
});

describe('codes in the pages for people', () => {
  const pages = ['README.md', 'CHANGELOG.md', ...filesBelow('docs', '.md')];

  test.each(pages)('%s names no code that there is not', (file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    const named = [...text.matchAll(new RegExp(`\\[(${CODE})\\]|\`(${CODE})\``, 'g'))].map(
      ([, inBrackets, asCode]) => inBrackets ?? asCode ?? '',
    );
    const unknown = named.filter((code) => !CODES.includes(code) && !FILE_NAME.test(code));
    // so do keys of the config
    expect(unknown.filter((code) => !/^(source|state)\./.test(code))).toEqual([]);
  });
});

function quotedCodes(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const codes = [...text.matchAll(new RegExp(`'(${CODE})'`, 'g'))].map(([, code]) => code ?? '');
  return codes.filter((code) => !FILE_NAME.test(code));
}

function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length).replaceAll('\\', '/'));
}
