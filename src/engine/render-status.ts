import { stringify } from 'yaml';
import type { Json, JsonObject } from '../domain/json.ts';
import { isJsonObject } from '../domain/json.ts';

/**
 * YAML that a person reads; keys stay in the order of the document.
 *
 * The text is always the library's. A first run renders tens of thousands, though, and the library takes ten times
 * as long as it takes to see that a document holds nothing but plain words and numbers, and to write those down.
 */
export function renderStatus(status: object): string {
  const plain = blockOf(status as JsonObject, '');
  return plain ?? stringify(status, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** Words that are the same in YAML with nothing around them, whatever reads it. */
const WORDS = /^[A-Za-z\d][\w./-]*(?:[ :][\w./-]+)*$/;
const NO_TEXT = new Set(['true', 'false', 'null']);
const MAX_LENGTH = 500;

function isPlain(text: string): boolean {
  if (text.length > MAX_LENGTH || !WORDS.test(text)) return false;
  return Number.isNaN(Number(text)) && !NO_TEXT.has(text.toLowerCase());
}

/** All lines of a map; undefined when something in it is not plain. */
function blockOf(map: JsonObject, indent: string): string | undefined {
  let text = '';
  for (const [key, value] of Object.entries(map)) {
    const below = isPlain(key) ? belowKey(value, `${indent}  `) : undefined;
    if (below === undefined) return undefined;
    text += `${indent}${key}:${below}`;
  }
  return text === '' ? undefined : text;
}

/** What follows the colon, with the end of the line. */
function belowKey(value: Json, indent: string): string | undefined {
  if (Array.isArray(value)) return listOf(value as readonly Json[], indent);
  if (!isJsonObject(value)) return scalarOf(value);
  const block = blockOf(value, indent);
  return block && `\n${block}`;
}

function listOf(items: readonly Json[], indent: string): string | undefined {
  if (items.length === 0) return ' []\n';
  let text = '\n';
  for (const item of items) {
    const line = isJsonObject(item)
      ? blockOf(item, `${indent}  `)?.slice(indent.length + 1)
      : scalarOf(item);
    if (line === undefined) return undefined;
    text += `${indent}-${line}`;
  }
  return text;
}

function scalarOf(value: unknown): string | undefined {
  if (typeof value === 'string') return isPlain(value) ? ` ${value}\n` : undefined;
  const isWhole = Number.isSafeInteger(value) && !Object.is(value, -0);
  return typeof value === 'boolean' || isWhole ? ` ${String(value)}\n` : undefined;
}
