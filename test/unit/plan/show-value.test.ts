import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Json } from '../../../src/domain/json.ts';
import { escapeJsonText, hasUnseen, showText, showValue } from '../../../src/plan/show-value.ts';

describe('showText', () => {
  test.each([
    { name: 'a colour sequence', text: '\u001b[31mred', shown: '\\u{1b}[31mred' },
    { name: 'a line break', text: 'a\nb\r\tc', shown: 'a\\u{a}b\\u{d}\\u{9}c' },
    { name: 'an eight-bit control sequence', text: '\u009b2J', shown: '\\u{9b}2J' },
    { name: 'text that runs backwards', text: 'a\u202eb', shown: 'a\\u{202e}b' },
    { name: 'a zero-width space', text: 'a\u200bb', shown: 'a\\u{200b}b' },
    { name: 'half a character', text: 'a\ud800', shown: 'a\\u{d800}' },
    { name: 'letters of any script', text: 'Zürich 東京 🙂', shown: 'Zürich 東京 🙂' },
  ])('shows $name as it can be read', ({ text, shown }) => {
    expect(showText(text)).toBe(shown);
  });
});

describe('showValue', () => {
  test.each<{ value: Json | undefined; shown: string }>([
    { value: undefined, shown: '(absent)' },
    { value: null, shown: 'null' },
    { value: '(absent)', shown: '"(absent)"' },
    { value: { a: [1, 'x'] }, shown: '{"a":[1,"x"]}' },
    { value: 'x'.repeat(18), shown: `"${'x'.repeat(18)}"` },
    { value: 'x'.repeat(19), shown: `"${'x'.repeat(19)}… (cut, 21 characters)` },
    { value: `${'x'.repeat(18)}🙂`, shown: `"${'x'.repeat(18)}… (cut, 22 characters)` },
  ])('shows $value as $shown', ({ value, shown }) => {
    expect(showValue(value, 20)).toBe(shown);
  });
});

test('escaped JSON says the same, and nothing in it is unseen', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const json = escapeJsonText(JSON.stringify({ [text]: [text, '\u0085\u{e0001}\u202e'] }));
      expect(JSON.parse(json)).toEqual({ [text]: [text, '\u0085\u{e0001}\u202e'] });
      expect(hasUnseen(json)).toBe(false);
    }),
  );
});
