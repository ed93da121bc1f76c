import { expect, test } from '@jest/globals';
import { makeTidy } from '../../../../src/backends/architect-settings/redaction.ts';

const SECRET = 'p@ss"word/1';
const tidy = makeTidy(() => [SECRET, 'abc']);

test.each([
  { name: 'as it is', text: `x ${SECRET} y`, shown: 'x [redacted] y' },
  { name: 'in JSON', text: JSON.stringify({ a: SECRET }), shown: '{"a":"[redacted]"}' },
  { name: 'in a form', text: `a=${encodeURIComponent(SECRET)}&b`, shown: 'a=[redacted]&b' },
  { name: 'in base64', text: Buffer.from(SECRET).toString('base64'), shown: '[redacted]' },
  { name: 'more than once', text: SECRET + SECRET, shown: '[redacted][redacted]' },
])('a secret is hidden $name', ({ text, shown }) => {
  expect(tidy(text)).toBe(shown);
});

test('a secret that begins with another is hidden whole', () => {
  expect(makeTidy(() => ['abcd', 'abcdefgh'])('abcdefgh')).toBe('[redacted]');
});

test('a secret across the cut is hidden whole', () => {
  expect(tidy(`${'x'.repeat(190)}${SECRET}`)).toBe(`${'x'.repeat(190)}[redacted]`);
});

test('a text too short for a secret stays', () => {
  expect(tidy('abc')).toBe('abc');
});

test('nothing in it moves a cursor or turns the direction of writing', () => {
  expect(tidy('a\u001b[2Jb\r\nc\u202ed\u2028e')).toBe('a [2Jb  c d e');
});
