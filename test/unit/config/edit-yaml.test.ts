import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { editYaml } from '../../../src/config/edit-yaml.ts';
import { parseYaml } from '../../../src/config/parse-yaml.ts';
import { blockYaml, inlineYaml } from '../../../src/config/write-yaml.ts';
import type { Json } from '../../../src/domain/json.ts';

function edit(text: string, path: string, value: Json): string {
  const edited = editYaml(text, [{ path: path.split('/'), value }]);
  return edited.ok ? edited.text : `refused: ${edited.reason}`;
}

describe('editYaml changes a value and nothing else', () => {
  test.each([
    {
      name: 'a number, with its comment',
      text: '# top\na: 1 # one\nb: 2\n',
      path: 'a',
      value: 3,
      after: '# top\na: 3 # one\nb: 2\n',
    },
    { name: 'a text in quotes', text: "a: 'x' # y\n", path: 'a', value: 'z', after: 'a: z # y\n' },
    {
      name: 'a text that needs quotes',
      text: 'a: x\n',
      path: 'a',
      value: 'b: # c',
      after: 'a: "b: # c"\n',
    },
    {
      name: 'inside a map on one line',
      text: 'p: { key: a, value: true } # mind\n',
      path: 'p/value',
      value: 'x, y',
      after: 'p: { key: a, value: "x, y" } # mind\n',
    },
    {
      name: 'a value that was left empty',
      text: 'a: # none yet\nb: 1\n',
      path: 'a',
      value: 5,
      after: 'a: 5 # none yet\nb: 1\n',
    },
    {
      name: 'a block text',
      text: 'a: |\n  x\n  y\nb: 1\n',
      path: 'a',
      value: 'z',
      after: 'a: z\nb: 1\n',
    },
    {
      name: 'CR LF',
      text: 'a: 1 # x\r\nb:\r\n  c: 2\r\n',
      path: 'b/d',
      value: 3,
      after: 'a: 1 # x\r\nb:\r\n  c: 2\r\n  d: 3\r\n',
    },
    { name: 'a byte order mark', text: '\ufeffa: 1\n', path: 'a', value: 2, after: '\ufeffa: 2\n' },
    {
      name: 'null for what the org has not',
      text: 'a: 1 # x\n',
      path: 'a',
      value: null,
      after: 'a: null # x\n',
    },
    {
      name: 'a list on one line',
      text: 'a: [x, y] # set\n',
      path: 'a',
      value: ['x', 'z'],
      after: 'a: [x, z] # set\n',
    },
    {
      name: 'a list of lines: what stays keeps its comment',
      text: 'a:\n  - x # first\n  # about y\n  - y\nb: 1\n',
      path: 'a',
      value: ['x', 'z'],
      after: 'a:\n  - x # first\n  # about y\n  - z\nb: 1\n',
    },
    {
      name: 'a list of lines in another order',
      text: 'a:\n- x\n- y\nb: 1\n',
      path: 'a',
      value: ['y', 'x'],
      after: 'a:\n- y\n- x\nb: 1\n',
    },
    {
      name: 'a file without an end of line',
      text: 'a:\n  b: 1',
      path: 'a/c',
      value: 2,
      after: 'a:\n  b: 1\n  c: 2\n',
    },
  ])('$name', ({ text, path, value, after }) => {
    expect(edit(text, path, value)).toBe(after);
  });

  test.each([
    {
      name: 'below the last of its map, before the comment of the next part',
      text: 'a:\n  b: 1 # one\n\n# about c\nc: 2\n',
      path: 'a/d',
      value: 3,
      after: 'a:\n  b: 1 # one\n  d: 3\n\n# about c\nc: 2\n',
    },
    {
      name: 'with the maps around it',
      text: 'flowId: x # id\n',
      path: 'settings/routing/maxWaitTime',
      value: 600,
      after: 'flowId: x # id\nsettings: { routing: { maxWaitTime: 600 } }\n'.replace(
        'settings: { routing: { maxWaitTime: 600 } }',
        'settings:\n  routing: { maxWaitTime: 600 }',
      ),
    },
    {
      name: 'in a map on one line',
      text: 'a: { b: 1 } # c\n',
      path: 'a/d',
      value: 'x',
      after: 'a: { b: 1, d: x } # c\n',
    },
    {
      name: 'in an empty map',
      text: 'a: {} # c\n',
      path: 'a/b',
      value: 1,
      after: 'a: { b: 1 } # c\n',
    },
    {
      name: 'where null was declared',
      text: 'a:\n  r: null # off\n',
      path: 'a/r/t',
      value: 1,
      after: 'a:\n  r: { t: 1 } # off\n',
    },
  ])('adds $name', ({ text, path, value, after }) => {
    expect(edit(text, path, value)).toBe(after);
  });

  test.each([
    { name: 'a comment inside a list', text: 'a: [x, # first\n  y]\n', value: ['z'] },
    { name: 'comments on every item that goes', text: 'a:\n  - x # 1\n  - y # 2\n', value: ['z'] },
  ])('would rather do nothing than lose $name', ({ text, value }) => {
    expect(edit(text, 'a', value)).toBe('refused: `a` cannot be edited without losing a comment');
  });

  test('several edits of one map', () => {
    const edits = [
      { path: ['s', 'a'], value: 1 },
      { path: ['s', 'b'], value: 2 },
      { path: ['s', 'r', 'x'], value: 3 },
    ];
    expect(editYaml('s:\n  a: 0\n', edits)).toEqual({
      ok: true,
      text: 's:\n  a: 1\n  b: 2\n  r: { x: 3 }\n',
    });
  });
});

const word = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom('true', '1', '- x', 'a b', '#', '007', ''),
);
const key = word.filter((text) => !['__proto__', 'constructor', 'prototype', '<<'].includes(text));
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    word,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

describe('what is written is read back the same', () => {
  test('on one line', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(parseYaml(`a: ${inlineYaml(value)}\n`)).toMatchObject({
          value: { a: value },
          faults: [],
        });
      }),
    );
  });

  test('as a block', () => {
    fc.assert(
      fc.property(fc.dictionary(key, json, { minKeys: 1, noNullPrototype: true }), (map) => {
        const text = `${blockYaml(map).join('\n')}\n`;
        expect(parseYaml(text)).toMatchObject({ value: map, faults: [] });
      }),
    );
  });

  test('as an edit of what was written so, at any place', () => {
    const spread = fc.integer({ min: 0, max: 3 });
    fc.assert(
      fc.property(
        fc.dictionary(key, json, { minKeys: 1, noNullPrototype: true }),
        fc.array(key, { minLength: 1, maxLength: 3 }),
        json,
        spread,
        (map, path, value, levels) => {
          const text = `${blockYaml(map, '', levels).join('\n')}\n`;
          const edited = editYaml(text, [{ path, value }]);
          // what it gives was read back by itself; it must give something unless a list was to change its form
          if (edited.ok) return;
          expect(edited.reason).toMatch(/losing a comment/);
          expect(text).toMatch(/^ *- |#/m);
        },
      ),
    );
  });
});
