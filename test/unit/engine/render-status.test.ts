import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { renderStatus } from '../../../src/engine/render-status.ts';
import { aFlowStatus } from '../../support/builders.ts';

const byLibrary = (status: object): string =>
  stringify(status, { lineWidth: 0, aliasDuplicateObjects: false });

describe('renderStatus', () => {
  test.each([
    { name: 'a status as most are', status: aFlowStatus() },
    { name: 'no fields', status: {} },
    { name: 'lists of maps, of words and of nothing', status: { a: [{ b: 1, c: [] }], d: ['e'] } },
    { name: 'a map in a map', status: { a: { b: { c: true } } } },
    { name: 'an empty map', status: { a: {}, b: [{}] } },
    { name: 'a list in a list', status: { a: [['b']] } },
    { name: 'a text that looks like a number', status: { a: '12e4', b: '0x1f', c: '1' } },
    { name: 'a text that looks like a truth', status: { a: 'True', null: 'null', c: 'NULL' } },
    { name: 'a text of several lines', status: { a: 'b\nc' } },
    { name: 'a colon at the end', status: { a: 'b:', c: 'd: e', f: 'g #h' } },
    { name: 'a date, an hour, a hash', status: { a: '2026-11-24', b: '10:30', c: '59fe36' } },
    { name: 'a long text', status: { a: 'word '.repeat(200).trim() } },
    { name: 'numbers', status: { a: 0, b: -1, c: 1.5, d: 2 ** 60, e: 1e21, f: -0 } },
    { name: 'nothing', status: { a: null, b: undefined } },
    { name: 'letters of other scripts', status: { a: 'Zürich', b: '東京', c: '\u202eabc' } },
  ])('$name: the very text of the library', ({ status }) => {
    expect(renderStatus(status)).toBe(byLibrary(status));
  });

  test('is the very text of the library, whatever a document holds', () => {
    const someText = fc.oneof(
      fc.string({ unit: fc.constantFrom(...Array.from('ae1-.:_/ #"\'[]{}~?&*!|>%@,0xnoe\n')) }),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('true', 'no', 'null', '~', '.inf', '-1', '+1', '0o7', '1_0', 'a b', 'a  b'),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small', maxDepth: 4 },
        someText,
        fc.constantFrom(null, true, false, 0, 1.5, -0, 1e30),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(someText, tie('value'), { maxKeys: 3 }),
      ),
    }));
    const document = fc.dictionary(someText, value, { maxKeys: 4 });
    fc.assert(
      fc.property(document, (status) => {
        expect(renderStatus(status)).toBe(byLibrary(status));
      }),
      { numRuns: 1_000 },
    );
  });
});
