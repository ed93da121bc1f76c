import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MAX_FAULTS } from '../../../src/config/fault.ts';
import { parseYaml } from '../../../src/config/parse-yaml.ts';

const told = (text: string): string[] =>
  parseYaml(text).faults.map(
    ({ line, column, message, code }) => `${String(line)}:${String(column)} ${message} [${code}]`,
  );

describe('parseYaml reads plain YAML', () => {
  test.each([
    {
      name: 'dates stay texts',
      text: 'a: 2026-12-01T00:00:00Z',
      value: { a: '2026-12-01T00:00:00Z' },
    },
    { name: 'yes and no are texts', text: 'a: yes\nb: off', value: { a: 'yes', b: 'off' } },
    { name: 'booleans and null', text: 'a: true\nb: ~\nc:', value: { a: true, b: null, c: null } },
    { name: 'a byte order mark counts for nothing', text: '\ufeffa: 1', value: { a: 1 } },
    { name: 'CR LF ends lines', text: 'a: 1\r\nb: x\r\n', value: { a: 1, b: 'x' } },
    {
      name: 'keys that look like numbers are texts',
      text: '1: x\nnull: y',
      value: { '1': 'x', null: 'y' },
    },
    { name: 'the last safe integer', text: 'a: 9007199254740991', value: { a: 9007199254740991 } },
    { name: 'hexadecimal and octal', text: 'a: 0x1F\nb: 0o17', value: { a: 31, b: 15 } },
    { name: 'minus zero is zero', text: 'a: -0', value: { a: 0 } },
    { name: 'plain tags', text: 'a: !!str 5\nb: ! x', value: { a: '5', b: 'x' } },
    { name: '%YAML 1.2', text: '%YAML 1.2\n---\na: 1\n...\n', value: { a: 1 } },
    { name: 'a tab after a key', text: 'a:\t1', value: { a: 1 } },
  ])('$name', ({ text, value }) => {
    expect(parseYaml(text)).toMatchObject({ value, faults: [] });
  });

  test.each([
    { text: '[', close: ']', name: 'lists' },
    { text: '{a: ', close: '}', name: 'maps' },
  ])('64 levels of $name are allowed, 65 are not', ({ text, close }) => {
    const nested = (levels: number): string => text.repeat(levels) + close.repeat(levels);
    expect(told(nested(64))).toEqual([]);
    expect(told(nested(65))).toEqual([
      expect.stringMatching(/^1:\d+ more than 64 levels of maps and lists \[yaml\.forbidden\]$/),
    ]);
  });
});

describe('parseYaml refuses', () => {
  test.each([
    ['', '1:1 the file is empty [yaml.syntax]'],
    ['# only words\n', '1:1 the file is empty [yaml.syntax]'],
    ['---\n...\n', '1:1 the file is empty [yaml.syntax]'],
    [
      'a: 1\n---\nb: 2',
      '2:1 a second document begins here; a file holds exactly one [yaml.forbidden]',
    ],
    [
      '%YAML 1.1\n---\na: 1',
      '1:1 directives such as `%YAML 1.1` and `%TAG` are refused [yaml.forbidden]',
    ],
    [
      '%TAG ! x\n---\na: 1',
      '1:1 directives such as `%YAML 1.1` and `%TAG` are refused [yaml.forbidden]',
    ],
    ['a: &x 1', '1:7 anchors and aliases are refused [yaml.forbidden]'],
    ['&x a: 1', '1:4 anchors and aliases are refused [yaml.forbidden]'],
    ['a: *x', '1:4 anchors and aliases are refused [yaml.forbidden]'],
    ['a: !x y', '1:4 custom tags are refused [yaml.forbidden]'],
    ['a: !!binary aGk=', '1:13 custom tags are refused [yaml.forbidden]'],
    ['a: !!timestamp 2001-12-14', '1:16 custom tags are refused [yaml.forbidden]'],
    ['a: !!set {x}', '1:10 custom tags are refused [yaml.forbidden]'],
    ['? [a]\n: b', '1:3 a key must be plain text [yaml.forbidden]'],
    ['{a: 1}: b', '1:1 a key must be plain text [yaml.forbidden]'],
    ['a: 1\nb: 2\na: 3', '3:1 `a` stands twice in this map [yaml.syntax]'],
    ['a:\n  <<: { b: 1 }', '2:3 `<<` is not allowed as a key [schema.unknown-key]'],
    ['__proto__: { a: 1 }', '1:1 `__proto__` is not allowed as a key [schema.unknown-key]'],
    ['a: { constructor: 1 }', '1:6 `constructor` is not allowed as a key [schema.unknown-key]'],
    ['prototype: 1', '1:1 `prototype` is not allowed as a key [schema.unknown-key]'],
    ['a: 9007199254740992', '1:4 this number is beyond 2^53 and would lose digits [yaml.number]'],
    ['a: -9007199254740992', '1:4 this number is beyond 2^53 and would lose digits [yaml.number]'],
    ['a: 1e30', '1:4 this number is beyond 2^53 and would lose digits [yaml.number]'],
    ['a: 0.12345678901234567890', '1:4 this number would lose digits [yaml.number]'],
    ['a: 1e-400', '1:4 this number would lose digits [yaml.number]'],
    ['a: +4930123456', '1:4 this number would lose its leading `+` or `0` [yaml.number]'],
    ['a: 007', '1:4 this number would lose its leading `+` or `0` [yaml.number]'],
    ['a: .inf', '1:4 this number is none that JSON has [yaml.number]'],
    ['a: .nan', '1:4 this number is none that JSON has [yaml.number]'],
    ['a: 1e400', '1:4 this number is none that JSON has [yaml.number]'],
    ['a: "\\ud800"', '1:4 the text holds half a character (a lone surrogate) [yaml.syntax]'],
    ['a: x\u0000', '1:5 the character U+0000 is no text [yaml.syntax]'],
    ['a: \u001b[31m', '1:4 the character U+001B is no text [yaml.syntax]'],
    ['a: x\rb: y', '1:5 a carriage return without a line feed ends no line [yaml.syntax]'],
    ['a:\n\tb: 1', '2:1 a tab indents this line; YAML wants spaces [yaml.syntax]'],
    ['a: "x', '1:6 a text in quotes does not end [yaml.syntax]'],
    ['a: b: c', '1:4 a second `: ` in one line [yaml.syntax]'],
    ['a: @x', '1:4 plain value cannot start with reserved character @ [yaml.syntax]'],
  ])('%j', (text, fault) => {
    expect(told(text)).toEqual([fault]);
  });

  test('refused keys leave no trace in the value', () => {
    const { value } = parseYaml('a: 1\n__proto__: { polluted: true }\nconstructor: { b: 1 }');
    expect(value).toEqual({ a: 1 });
    expect(Object.keys(value as object)).toEqual(['a']);
    expect((value as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('several faults at once, the structure still being readable', () => {
    expect(told('a: &x 1\nb: 007\na: 2\n')).toEqual([
      '1:7 anchors and aliases are refused [yaml.forbidden]',
      '2:4 this number would lose its leading `+` or `0` [yaml.number]',
      '3:1 `a` stands twice in this map [yaml.syntax]',
    ]);
  });

  test('a syntax error is told without the text around it, which may be a secret', () => {
    const texts = [
      'a: "s3cret" s3cret',
      'a: *s3cret',
      'a: !s3cret x',
      's3cret: b: "s3cret"',
      'a: |s3cret',
      'a: %s3cret',
      'a: "\\s3cret"',
    ];
    for (const text of texts) expect(told(text).join()).not.toMatch(/s3cret/);
  });
});

/** Generous for a busy machine; what is not linear takes minutes. */
const TIME_MS = 5_000;

describe('parseYaml is safe with any text', () => {
  test('never throws, and gives plain JSON or a fault', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const { value, faults } = parseYaml(text);
        if (value === undefined) expect(faults.length).toBeGreaterThan(0);
        else if (faults.length === 0) expect(JSON.parse(JSON.stringify(value))).toEqual(value);
      }),
      { numRuns: 300 },
    );
  });

  test('never throws on valid YAML with a few characters changed', () => {
    const valid =
      'flowId: a1b2c3d4-e5f6-7890-abcd-ef1234567890\nname: "Flow"\nsettings:\n  routing: { type: x, maxWaitTime: 600 }\n  list:\n    - a\n    - |\n      text\nignore: []\n';
    const marks = [
      ...Array.from('[]{}:,-?&*!|>\'"%@`#\t\n \\0~<'),
      '<<: ',
      '- ',
      '? ',
      '...\n',
      '---\n',
      '\r',
      '&a ',
      '*a',
      '!!x ',
    ];
    const change = fc.tuple(
      fc.nat({ max: valid.length }),
      fc.nat({ max: 3 }),
      fc.constantFrom(...marks),
    );
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        let text = valid;
        for (const [at, cut, put] of changes) text = text.slice(0, at) + put + text.slice(at + cut);
        const { faults, places } = parseYaml(text);
        for (const { line, column } of faults) expect(Math.min(line, column)).toBeGreaterThan(0);
        places.ofValue(['settings', 'routing', 'type']);
      }),
      { numRuns: 300 },
    );
  });

  test.each(['[', '{a: ', '- ', ']', '[]', '"', '- a\n', '%X\n', '\n', '&a '])(
    '1 MB of %j is refused in no time',
    (piece) => {
      const startedAt = performance.now();
      const { value, faults } = parseYaml(piece.repeat(2 ** 20 / piece.length));
      expect(value).toBeUndefined();
      expect(faults.length).toBeGreaterThan(0);
      expect(faults.length).toBeLessThanOrEqual(MAX_FAULTS);
      expect(performance.now() - startedAt).toBeLessThan(TIME_MS);
    },
  );

  test('ten thousand keys of one map cost no more than linear time', () => {
    const text = Array.from({ length: 10_000 }, (_, i) => `key${String(i)}: 1`).join('\n');
    const startedAt = performance.now();
    expect(Object.keys(parseYaml(text).value as object)).toHaveLength(10_000);
    expect(performance.now() - startedAt).toBeLessThan(TIME_MS);
  });
});

describe('places', () => {
  const text = 'a:\n  b: [x, y]\n  c:\nd: {}\n';
  const { places } = parseYaml(text);

  test.each([
    { of: 'a value', place: places.ofValue(['a', 'b', '1']), line: 2, column: 10 },
    { of: 'a key', place: places.ofKey(['a', 'b']), line: 2, column: 3 },
    { of: 'a map', place: places.ofValue(['a']), line: 2, column: 3 },
    {
      of: 'an empty value, which is its key',
      place: places.ofValue(['a', 'c']),
      line: 3,
      column: 3,
    },
    {
      of: 'what is not there, which is what is around it',
      place: places.ofValue(['d', 'z', 'q']),
      line: 4,
      column: 4,
    },
    { of: 'the file', place: places.ofValue([]), line: 1, column: 1 },
  ])('of $of', ({ place, line, column }) => {
    expect(place).toEqual({ line, column });
  });
});
