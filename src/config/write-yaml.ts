import { isJsonObject } from '../domain/json.ts';
import type { Json, JsonObject } from '../domain/json.ts';

/** What fits a line beside its key; longer collections take a line for each entry. */
const MAX_INLINE = 80;

/** Words that are the same in YAML with nothing around them, in a flow collection too. */
const PLAIN = /^\p{L}[\p{L}\p{N}_]*(?:[ ./-][\p{L}\p{N}_]+)*$/u;
const NO_TEXT = new Set(['true', 'false', 'null']);
/** Control characters, and invisible ones that turn or hide text. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A value on one line, the same wherever it stands: `[queue, user]`, `{ key: a, value: 1 }`, `"5: 6"`. */
export function inlineYaml(value: Json): string {
  if (typeof value === 'string') return textYaml(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(inlineYaml).join(', ')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const fields = Object.entries(value).map(
    ([key, field]) => `${textYaml(key)}: ${inlineYaml(field)}`,
  );
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

/**
 * The lines of a map, in the order of its keys, as a person would write them: small maps of plain values and lists on
 * one line, the rest below each other.
 *
 * @param indent before each line
 * @param spread so many levels stand below each other however small they are
 */
export function blockYaml(map: JsonObject, indent = '', spread = 0): readonly string[] {
  return Object.entries(map).flatMap(([key, value]) => {
    const head = `${indent}${textYaml(key)}:`;
    const inline = inlineYaml(value);
    const below = `${indent}  `;
    if (isJsonObject(value) && Object.keys(value).length > 0)
      return isSmall(value, inline) && spread <= 0
        ? [`${head} ${inline}`]
        : [head, ...blockYaml(value, below, spread - 1)];
    if (Array.isArray(value) && inline.length > MAX_INLINE)
      return [head, ...(value as readonly Json[]).map((item) => `${below}- ${inlineYaml(item)}`)];
    return [`${head} ${inline}`];
  });
}

function isSmall(map: JsonObject, inline: string): boolean {
  return inline.length <= MAX_INLINE && Object.values(map).every((field) => !isJsonObject(field));
}

/** YAML takes every JSON text in double quotes as it is. */
function textYaml(text: string): string {
  if (PLAIN.test(text) && !NO_TEXT.has(text.toLowerCase())) return text;
  return JSON.stringify(text).replaceAll(UNSEEN, (char) =>
    [...codeUnits(char)].map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join(''),
  );
}

function* codeUnits(char: string): Generator<number> {
  for (let i = 0; i < char.length; i += 1) yield char.charCodeAt(i);
}
