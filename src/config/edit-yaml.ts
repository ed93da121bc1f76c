import { isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml';
import type { Document, Pair, ParsedNode, YAMLMap, YAMLSeq } from 'yaml';
import { canonicalText } from '../domain/hash.ts';
import { isJsonObject } from '../domain/json.ts';
import type { Json } from '../domain/json.ts';
import { YAML_OPTIONS, parseYaml } from './parse-yaml.ts';
import { blockYaml, inlineYaml } from './write-yaml.ts';
import type { Path } from './yaml-places.ts';

/** One value of a document that is to be another. */
export interface YamlEdit {
  /** Keys from the root of the document; what is not there is added. Never into a list. */
  readonly path: Path;
  readonly value: Json;
}

export type EditedYaml =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

/**
 * Changes values in a YAML text and leaves every other byte as it is: comments, order, quotes, line ends. What comes
 * out was read back and says exactly what was wanted; where that cannot be done without losing a comment it says so.
 *
 * @param text a file that `parseYaml` takes without faults
 */
export function editYaml(text: string, edits: readonly YamlEdit[]): EditedYaml {
  const before = parseYaml(text).value;
  if (!isJsonObject(before)) return { ok: false, reason: 'the file is no map' };
  let edited = text;
  let wanted: Json = before;
  for (const edit of edits) {
    const next = editOnce(edited, edit);
    if (next === undefined)
      return {
        ok: false,
        reason: `\`${edit.path.join('.')}\` cannot be edited without losing a comment`,
      };
    edited = next;
    wanted = withValue(wanted, edit.path, edit.value);
  }
  const after = parseYaml(edited);
  const isAsWanted =
    after.faults.length === 0 &&
    after.value !== undefined &&
    canonicalText(after.value) === canonicalText(wanted);
  if (isAsWanted) return { ok: true, text: edited };
  return { ok: false, reason: 'the file is written in a way that cannot be edited safely' };
}

/** Undefined: it would lose a comment. */
function editOnce(text: string, { path, value }: YamlEdit): string | undefined {
  const document: Document.Parsed = parseDocument(text, {
    ...YAML_OPTIONS,
    keepSourceTokens: true,
  });
  let map: unknown = document.contents;
  for (const [depth, key] of path.entries()) {
    if (!isMap(map)) return undefined;
    const pair = pairOf(map, key);
    const rest = path.slice(depth + 1);
    if (!pair) return insert(text, map, key, wrapped(rest, value));
    if (rest.length === 0 || !isMap(pair.value)) return replace(text, pair, wrapped(rest, value));
    map = pair.value;
  }
  return undefined;
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
}

function wrapped(path: Path, value: Json): Json {
  return path.reduceRight<Json>((inner, key) => ({ [key]: inner }), value);
}

function withValue(document: Json, path: Path, value: Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const map = isJsonObject(document) ? document : {};
  return { ...map, [key]: withValue(map[key] ?? null, rest, value) };
}

/** Puts a new value where a pair has its old one. */
function replace(text: string, pair: Pair, value: Json): string | undefined {
  const node = pair.value;
  if (!isWritten(node)) return afterColon(text, pair, value);
  const [start, end] = node.range;
  if (isSeq(node) && node.flow !== true && Array.isArray(value))
    return spliceItems(text, node, value as readonly Json[]);
  const old = text.slice(start, end);
  if (!isScalar(node) && /(^|\s)#/.test(old)) return undefined;
  // a block scalar, or a block collection, ends with the end of its last line
  const tail = /\r?\n$/.exec(old)?.[0] ?? '';
  return `${text.slice(0, start)}${inlineYaml(value)}${tail}${text.slice(end)}`;
}

/** False for `key:` with nothing behind it. */
function isWritten(node: unknown): node is ParsedNode {
  if (!isNode(node) || !node.range) return false;
  return !isScalar(node) || node.value !== null || node.source !== '';
}

interface SourcePair {
  readonly srcToken?: { readonly sep?: readonly { type: string; offset: number }[] };
}

function afterColon(text: string, pair: Pair, value: Json): string | undefined {
  const colon = (pair as SourcePair).srcToken?.sep?.find(({ type }) => type === 'map-value-ind');
  if (!colon) return undefined;
  const at = colon.offset + 1;
  return `${text.slice(0, at)} ${inlineYaml(value)}${text.slice(at)}`;
}

/** A list that has a line for each item: what stays keeps its line, with its comments. */
function spliceItems(text: string, list: YAMLSeq, wanted: readonly Json[]): string | undefined {
  const found = list.items.map((item) => itemOf(text, item));
  const items = found.filter((item) => item !== undefined);
  const [first] = items;
  const end = items.at(-1)?.end;
  if (!first || end === undefined || items.length < found.length) return undefined;
  const left = new Set(wanted.map(canonicalText));
  const kept = items.filter(({ value }) => left.has(value));
  const isInOrder = kept.every(({ value }, i) => value === canonicalText(wanted[i] ?? null));
  const staying = isInOrder ? kept : [];
  const old = text.slice(first.start, end);
  if (staying.length === 0 && (wanted.length === 0 || /\s#/.test(old))) return undefined;
  const lines = [
    ...linesBetween(text, items, staying),
    ...wanted
      .slice(staying.length)
      .map((item) => `${first.indent}- ${inlineYaml(item)}${eolOf(text)}`),
  ];
  return text.slice(0, first.start) + lines.join('') + text.slice(end);
}

/** The lines of a list without those of the items that go; comments of their own stay. */
function linesBetween(text: string, items: readonly Item[], staying: readonly Item[]): string[] {
  const lines: string[] = [];
  let at = items[0]?.start ?? 0;
  for (const item of items) {
    if (staying.length > 0) lines.push(text.slice(at, item.start));
    if (staying.includes(item)) lines.push(withEnd(text.slice(item.start, item.end), text));
    at = item.end;
  }
  return lines;
}

interface Item {
  readonly value: string;
  readonly indent: string;
  /** Of its line. */
  readonly start: number;
  readonly end: number;
}

/** Undefined: it does not stand alone on its line. */
function itemOf(text: string, item: unknown): Item | undefined {
  if (!isScalar(item) || !item.range) return undefined;
  const start = text.lastIndexOf('\n', item.range[0]) + 1;
  const end = lineEnd(text, item.range[0]);
  const indent = /^( *)- /.exec(text.slice(start, end))?.[1];
  if (indent === undefined || item.range[1] > end) return undefined;
  return { value: canonicalText(item.value as Json), indent, start, end };
}

/** Adds a pair to a map. */
function insert(text: string, map: YAMLMap, key: string, value: Json): string | undefined {
  const last = map.items.at(-1);
  if (map.flow === true || last === undefined) return insertInline(text, map, key, value);
  const [first] = map.items;
  const column = startOf(first?.key);
  const end = endOf(last);
  if (column === undefined || end === undefined) return undefined;
  const indent = ' '.repeat(column - (text.lastIndexOf('\n', column - 1) + 1));
  const at = text[end - 1] === '\n' ? end : lineEnd(text, end);
  const eol = eolOf(text);
  const lines = blockYaml({ [key]: value }, indent).map((line) => `${line}${eol}`);
  return withEnd(text.slice(0, at), text) + lines.join('') + text.slice(at);
}

function insertInline(text: string, map: YAMLMap, key: string, value: Json): string | undefined {
  const field = inlineYaml({ [key]: value }).slice(2, -2);
  const last = map.items.at(-1);
  if (!map.range) return undefined;
  const [start, end] = map.range;
  if (!last) return `${text.slice(0, start)}{ ${field} }${text.slice(end)}`;
  const at = endOf(last);
  return at === undefined ? undefined : `${text.slice(0, at)}, ${field}${text.slice(at)}`;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

/** Where a pair's value ends; of one without a value, its key. */
function endOf(pair: Pair): number | undefined {
  const { key, value } = pair;
  if (isWritten(value)) return value.range[1];
  const colon = (pair as SourcePair).srcToken?.sep?.find(({ type }) => type === 'map-value-ind');
  if (colon) return colon.offset + 1;
  return isNode(key) ? key.range?.[1] : undefined;
}

/** Behind the line break. */
function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline < 0 ? text.length : newline + 1;
}

function eolOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** The last line of a file may lack its end. */
function withEnd(head: string, text: string): string {
  return head === '' || head.endsWith('\n') ? head : head + eolOf(text);
}
