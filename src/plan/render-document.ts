import { stringify } from 'yaml';
import type { JsonObject } from '../domain/json.ts';
import { escapeJsonText, hasUnseen } from './show-value.ts';

/** A document for programs as JSON, ending in a newline. Nothing in it is unseen or obeyed by a terminal. */
export function renderJson(document: JsonObject): string {
  return `${escapeJsonText(JSON.stringify(document, undefined, 2))}\n`;
}

/** The same as YAML. Plain as people like it, and all in double quotes where a text needs escapes. */
export function renderYaml(document: JsonObject): string {
  const options = { lineWidth: 0, aliasDuplicateObjects: false };
  const text = stringify(document, options);
  if (!hasUnseen(text)) return text;
  const quoted = { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'QUOTE_DOUBLE' } as const;
  return escapeJsonText(stringify(document, { ...options, ...quoted }));
}
