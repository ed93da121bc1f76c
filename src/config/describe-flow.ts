import { isJsonObject } from '../domain/json.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import type { LiveFlow, Settings } from '../domain/flow.ts';
import { withoutNulls } from '../domain/without-nulls.ts';
import { SCHEMAS, violationsOf } from './schemas.ts';
import { blockYaml, inlineYaml } from './write-yaml.ts';

export interface DescribeOptions {
  /** The remote's id of the org, which a scope of type `org` means anyway. */
  readonly orgId: string;
  /** Blocks that no schema describes too, as they are. */
  readonly allBlocks: boolean;
}

/** A flow file made from the live flow, and what of the live flow it does not say. */
export interface DescribedFlow {
  readonly text: string;
  /** JSON pointers under `settings`, sorted. */
  readonly leftOut: readonly string[];
}

const BLOCKS = Object.keys(SCHEMAS.base.$defs.settings.properties);
/** What is wrong is taken out and looked at again; each time something is gone. */
const MAX_ROUNDS = 20;

/**
 * The flow file that describes a live flow as it is, the same bytes whatever order the service gives its keys in.
 * What the schema does not let a file say is left out, and so stays as the org has it.
 *
 * @param schemaPath of flow.schema.json, from the folder of the file
 */
export function describeFlow(
  live: Pick<LiveFlow, 'id' | 'name' | 'settings'>,
  schemaPath: string,
  options: DescribeOptions,
): DescribedFlow {
  const all = ordered(withoutNulls(live.settings ?? {}), SCHEMAS.base.$defs.settings) as Settings;
  const leftOut: string[] = [];
  const chosen = Object.entries(all).filter(([name]) => {
    const isChosen = options.allBlocks || BLOCKS.includes(name);
    if (!isChosen) leftOut.push(`/${name}`);
    return isChosen;
  });
  const whole = {
    flowId: live.id.toLowerCase(),
    name: live.name,
    settings: withDefaultScope(Object.fromEntries(chosen), options.orgId),
  };
  const file = withoutViolations(whole, leftOut);
  const identity = { flowId: whole.flowId, ...(file['name'] !== undefined && { name: live.name }) };
  const lines = [
    `# yaml-language-server: $schema=${schemaPath}`,
    ...blockYaml(identity),
    ...blockYaml({ settings: file['settings'] ?? {} }, '', 2),
  ];
  return { text: `${lines.join('\n')}\n`, leftOut: leftOut.toSorted() };
}

type Schema = Readonly<Record<string, unknown>>;

/** Keys in the order of the schema, then by text; the entries of a set in the order of its words. */
function ordered(value: Json, schema: Schema | undefined): Json {
  if (Array.isArray(value)) return orderedList(value as readonly Json[], schema);
  if (!isJsonObject(value)) return value;
  const known = mapOf(schema?.['properties']);
  const names = Object.keys(known);
  const rank = (key: string): number => (names.includes(key) ? names.indexOf(key) : names.length);
  const keys = Object.keys(value).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const below = (key: string): Schema | undefined =>
    resolved(known[key] ?? schema?.['additionalProperties']);
  return Object.fromEntries(keys.map((key) => [key, ordered(value[key] ?? null, below(key))]));
}

function orderedList(list: readonly Json[], schema: Schema | undefined): Json {
  const words = mapOf(schema?.['items'])['enum'];
  if (schema?.['uniqueItems'] !== true || !Array.isArray(words)) return list;
  const rank = (item: Json): number => {
    const at = words.indexOf(item);
    return at < 0 ? words.length : at;
  };
  return [...new Set(list)].sort((a, b) => rank(a) - rank(b));
}

function resolved(schema: unknown): Schema | undefined {
  const node = mapOf(schema);
  const ref = node['$ref'];
  if (typeof ref !== 'string') return node;
  const name = ref.slice(ref.lastIndexOf('/') + 1);
  return mapOf((SCHEMAS.base.$defs as Readonly<Record<string, unknown>>)[name]);
}

function mapOf(value: unknown): Schema {
  return typeof value === 'object' && value !== null ? (value as Schema) : {};
}

/** The org's own id goes without saying, and a file without it fits other orgs too. */
function withDefaultScope(settings: Settings, orgId: string): Settings {
  const routing = settings['routing'];
  const scope = isJsonObject(routing) ? routing['scope'] : undefined;
  if (!isJsonObject(routing) || !isJsonObject(scope) || scope['type'] !== 'org') return settings;
  const { id, ...rest } = scope;
  if (typeof id !== 'string' || id.toLowerCase() !== orgId.toLowerCase()) return settings;
  return { ...settings, routing: { ...routing, scope: rest } };
}

/** Takes out what the schema refuses, and notes it. */
function withoutViolations(file: JsonObject, leftOut: string[]): JsonObject {
  let left = file;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    // the check fills defaults in, and the file is to say only what the org says
    const violations = violationsOf('flow', structuredClone(left));
    const paths = violations.map(({ instancePath, params }) => {
      const extra: unknown = (params as Schema)['additionalProperty'];
      return typeof extra === 'string' ? `${instancePath}/${escaped(extra)}` : instancePath;
    });
    if (paths.length === 0) return left;
    const [path = ''] = paths.toSorted((a, b) => b.length - a.length);
    const keys = withinMaps(left, path.split('/').slice(1).map(unescaped));
    left = without(left, keys);
    leftOut.push(`/${keys.map(escaped).join('/')}`.replace(/^\/settings/, ''));
  }
  return { ...left, settings: {} };
}

/** A list is left out as a whole: a part of it would say something else. */
function withinMaps(map: JsonObject, keys: readonly string[]): readonly string[] {
  let value: Json = map;
  const depth = keys.findIndex((key) => {
    value = isJsonObject(value) ? (value[key] ?? null) : null;
    return !isJsonObject(value);
  });
  return depth < 0 ? keys : keys.slice(0, depth + 1);
}

function without(map: JsonObject, [key = '', ...rest]: readonly string[]): JsonObject {
  const { [key]: value, ...others } = map;
  if (rest.length === 0 || !isJsonObject(value)) return others;
  // in place, so that the order stays
  return { ...map, [key]: without(value, rest) };
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function unescaped(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** What a new policy.yaml says: look first, write nothing. */
export function describePolicy(schemaPath: string): string {
  return [
    `# yaml-language-server: $schema=${schemaPath}`,
    '# How carefully this org is written; what is left out has its default (docs/config.md).',
    'mode: report # nothing is written, only told; enforce corrects what differs',
    `rate: ${inlineYaml({ perFlow: '60s', updatesPerMinute: 30, requestsPerMinute: 240 })}`,
    `massChange: ${inlineYaml({ maxFlows: 50, maxShare: 0.3, minFlows: 10 })} # more waits for a person`,
    '',
  ].join('\n');
}
