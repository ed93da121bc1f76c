import { isAlias, isMap, isNode, isScalar, isSeq } from 'yaml';
import type { LineCounter, Node, Pair, ParsedNode, Scalar, YAMLMap } from 'yaml';
import type { DiagnosticCode } from '../domain/diagnostic-codes.ts';
import type { Json } from '../domain/json.ts';
import { FILE_START, faultAt } from './fault.ts';
import type { Fault } from './fault.ts';
import { numberFault } from './yaml-number.ts';
import { ALIASES, TAGS } from './yaml-words.ts';

/** Keys that mean something to JavaScript, or to YAML 1.1. */
const REFUSED_KEYS = new Set(['__proto__', 'constructor', 'prototype', '<<']);

/** Tags that only say what could be seen anyway. */
const PLAIN_TAGS = new Set(
  ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((name) => `tag:yaml.org,2002:${name}`),
).add('!');

/** The plain value of a composed document, and what is refused in it. At most `MAX_DEPTH` levels are given. */
export function readValue(
  root: ParsedNode,
  lines: LineCounter,
): { readonly value: Json; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const report: Report = (node, code, message, hint) => {
    const range = node?.range;
    const at = range ? lines.linePos(range[0]) : undefined;
    const place = at ? { line: at.line, column: at.col } : FILE_START;
    // a bomb has dozens in a line, and one word for all of them is enough
    const last = faults.at(-1);
    if (last?.line === place.line && last.message === message) return;
    faults.push(faultAt(place, code, message, hint));
  };
  return { value: valueOf(root, report), faults };
}

type Report = (
  node: Node | null | undefined,
  code: DiagnosticCode,
  message: string,
  hint?: string,
) => void;

function valueOf(node: unknown, report: Report): Json {
  if (!isNode(node) || !isPlain(node, report)) return null;
  if (isMap(node)) return mapOf(node, report);
  if (isSeq(node)) return node.items.map((item) => valueOf(item, report));
  return isScalar(node) ? scalarOf(node, report) : null;
}

/** Neither an alias nor tagged; an anchor is a fault, but hides nothing. */
function isPlain(node: Node, report: Report): boolean {
  if (isAlias(node) || node.anchor !== undefined)
    report(node, 'yaml.forbidden', ALIASES.message, ALIASES.hint);
  if (isAlias(node)) return false;
  if (node.tag === undefined || PLAIN_TAGS.has(node.tag)) return true;
  report(node, 'yaml.forbidden', TAGS.message, TAGS.hint);
  return false;
}

function mapOf(map: YAMLMap, report: Report): Json {
  const result: Record<string, Json> = {};
  for (const pair of map.items) {
    const key = keyOf(pair, report);
    if (key === undefined) continue;
    const value = valueOf(pair.value, report);
    // the first stays: places are found by the first too
    if (!Object.hasOwn(result, key)) result[key] = value;
    else
      report(
        pair.key as Node,
        'yaml.syntax',
        `${shown(key)} stands twice in this map`,
        'Keep one.',
      );
  }
  return result;
}

/** The key's text; undefined when it is refused, and with it its value. */
function keyOf({ key }: Pair, report: Report): string | undefined {
  if (!isScalar(key) || typeof key.value !== 'string') {
    report(isScalar(key) ? key : undefined, 'yaml.forbidden', 'a key must be plain text');
    return undefined;
  }
  if (key.anchor) report(key, 'yaml.forbidden', ALIASES.message, ALIASES.hint);
  if (!key.value.isWellFormed())
    report(key, 'yaml.syntax', 'the text holds half a character (a lone surrogate)');
  if (!REFUSED_KEYS.has(key.value)) return key.value;
  const hint = key.value === '<<' ? ALIASES.hint : undefined;
  report(key, 'schema.unknown-key', `\`${key.value}\` is not allowed as a key`, hint);
  return undefined;
}

function scalarOf(node: Scalar, report: Report): Json {
  const { value } = node;
  if (typeof value === 'number') {
    const wrong = numberFault(value, node.source ?? String(value));
    if (wrong !== undefined)
      report(node, 'yaml.number', `this number ${wrong}`, 'Put it in quotes if text is meant.');
    // -0 and 0 are one number in JSON
    return Number.isFinite(value) && value !== 0 ? value : 0;
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed())
      report(node, 'yaml.syntax', 'the text holds half a character (a lone surrogate)');
    return value;
  }
  return typeof value === 'boolean' ? value : null;
}

function shown(key: string): string {
  return /^[\w.-]{1,60}$/.test(key) ? `\`${key}\`` : 'this key';
}
