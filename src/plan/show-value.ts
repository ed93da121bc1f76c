import type { Json } from '../domain/json.ts';

/** What a terminal or a reader may take for something else: control characters, and invisible ones that turn or hide text. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Text from anywhere, safe for a terminal and on one line: each control or invisible character is written as `\u{…}`. */
export function showText(text: string): string {
  return text.replaceAll(UNSEEN, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}

/**
 * A value as JSON on one line, safe as `showText` has it. What is longer than `maxLength` is cut, with a
 * mark that says how much there was.
 */
export function showValue(value: Json | undefined, maxLength = 200): string {
  if (value === undefined) return '(absent)';
  const text = JSON.stringify(value);
  if (text.length <= maxLength) return showText(text);
  const head = text.slice(0, maxLength).replace(/[\uD800-\uDBFF]$/, '');
  return `${showText(head)}… (cut, ${String(text.length)} characters)`;
}

/** JSON text in which no character is unseen; it says the same, since these stand only inside strings. */
export function escapeJsonText(json: string): string {
  return json.replaceAll(UNSEEN, (char) =>
    char === '\n' ? char : [...codeUnits(char)].map(escapeUnit).join(''),
  );
}

/** True when a text has characters that a terminal or a reader may take for something else. */
export function hasUnseen(text: string): boolean {
  return text.replaceAll('\n', '').search(UNSEEN) >= 0;
}

function* codeUnits(char: string): Generator<number> {
  for (let i = 0; i < char.length; i += 1) yield char.charCodeAt(i);
}

function escapeUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
