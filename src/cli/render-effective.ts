import type { ExplainedState, ExplainedValue, Origin } from '../app/explain-values.ts';
import { usageError } from '../domain/usage-error.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import { pointerOf } from '../plan/json-pointer.ts';
import { renderJson, renderYaml } from '../plan/render-document.ts';
import { showText, showValue } from '../plan/show-value.ts';

/** Where values end and their origins begin, at most. */
const MAX_COLUMN = 60;

/**
 * What is in effect: as text a YAML document each, with the origin of every value behind it.
 *
 * @throws cli.usage for a format of faults
 */
export function renderEffective(state: ExplainedState, output: string): string {
  if (output === 'json') return renderJson(documentOf(state));
  if (output === 'yaml') return renderYaml(documentOf(state));
  if (output === 'text') return textsOf(state).join('\n');
  throw usageError(
    `--explain cannot be printed as ${output}, which is for faults`,
    'Use --output text, json or yaml.',
  );
}

function textsOf({ config, orgs }: ExplainedState): readonly string[] {
  return [
    ...(config ? [documentText(`config ${config.file}`, config.values.map(named))] : []),
    ...orgs.flatMap(({ org, policy, flows }) => [
      ...(policy.length > 0 ? [documentText(`policy of ${org}`, policy)] : []),
      ...flows.map(({ file, values }) => documentText(`flow ${file}`, values)),
    ]),
  ];
}

/** A variable shows its name, and where its value is. */
function named(each: ExplainedValue): ExplainedValue {
  const isVariable = typeof each.value === 'string' && /\$\{\w+\}/.test(each.value);
  if (!isVariable || !each.from) return each;
  return { ...each, from: { ...each.from, file: `the environment, at ${each.from.file}` } };
}

interface Line {
  readonly text: string;
  readonly origin?: string;
}

function documentText(title: string, values: readonly ExplainedValue[]): string {
  const lines = linesOf(values);
  const lengths = lines.filter(({ origin }) => origin !== undefined).map(({ text }) => text.length);
  const column = Math.min(Math.max(0, ...lengths), MAX_COLUMN);
  const rows = lines.map(({ text, origin }) =>
    origin === undefined ? text : `${text.padEnd(column)}  # ${origin}`,
  );
  return [`# ${title}`, ...rows].map((row) => `${showText(row)}\n`).join('');
}

/** Keys that several values have in common are written once. */
function linesOf(values: readonly ExplainedValue[]): readonly Line[] {
  let before: readonly string[] = [];
  return values.flatMap((each) => {
    const { path, value } = each;
    const common = path.findIndex((key, i) => key !== before[i]);
    before = path;
    const opened = path.slice(common, -1).map((key, i) => ({
      text: `${'  '.repeat(common + i)}${wordOf(key)}:`,
    }));
    const indent = '  '.repeat(path.length - 1);
    const text = `${indent}${wordOf(path.at(-1) ?? '')}: ${valueOf(value)}`;
    return [...opened, { text, origin: originOf(each) }];
  });
}

function originOf({ from, over }: ExplainedValue): string {
  const [nearest] = over;
  const instead = nearest ? `, over ${showValue(nearest.value, 60)} of ${placeOf(nearest)}` : '';
  return from ? `${placeOf(from)}${instead}` : 'default';
}

function placeOf({ file, line }: Origin): string {
  return `${file}:${String(line)}`;
}

/** YAML on one line. */
function valueOf(value: Json): string {
  if (typeof value === 'string') return wordOf(value);
  if (Array.isArray(value)) return `[${value.map((item: Json) => valueOf(item)).join(', ')}]`;
  return JSON.stringify(value);
}

/** What begins with a digit and is no number: ids and durations. */
const DIGITS = /^([\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|\d+(ms|s|m|h|d))$/i;

/** Plain where nothing else can be meant. */
function wordOf(text: string): string {
  const isWord =
    /^[A-Za-z$(/][\w ./$(){}@-]*$/.test(text) &&
    !/ $|^(true|false|null|yes|no|on|off)$/i.test(text);
  return isWord || DIGITS.test(text) ? text : JSON.stringify(text);
}

/** As schemas/effective-state.schema.json has it. */
function documentOf({ config, orgs }: ExplainedState): JsonObject {
  const document = {
    apiVersion: 'flowkeeper/v1',
    kind: 'EffectiveState',
    ...(config && { config: { file: config.file, values: config.values.map(valueDocument) } }),
    orgs: orgs.map(({ org, policy, flows }) => ({
      org,
      policy: policy.map(valueDocument),
      flows: flows.map((flow) => ({ ...flow, values: flow.values.map(valueDocument) })),
    })),
  };
  return document as unknown as JsonObject;
}

function valueDocument({ path, value, from, over }: ExplainedValue): object {
  return { path: pointerOf(path), value, ...(from && { from }), over };
}
