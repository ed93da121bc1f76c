import type { DesiredFlow, Mode } from '../domain/flow.ts';
import { isJsonObject } from '../domain/json.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import { resolveExtends } from './desired-path.ts';
import { explainValues } from './explain-values.ts';
import type { ExplainedValue, Layer } from './explain-values.ts';
import { parseYaml } from './parse-yaml.ts';
import { violationsOf } from './schemas.ts';

/** The text of a file, which is known to have no faults. */
export type TextOf = (file: string) => string | undefined;

/** A policy with its defaults; without a file everything is one. */
export function explainPolicy(file: string | undefined, textOf: TextOf): ExplainedValue[] {
  const layer = file === undefined ? undefined : layerOf(file, textOf);
  return explainValues(filled('policy', layer?.value), layer ? [layer] : []);
}

/**
 * What a flow's file says with what it extends and what the policy says of it.
 *
 * @param directory of the desired state
 * @param policy as `explainPolicy` tells it
 */
export function explainFlow(
  flow: DesiredFlow,
  directory: string,
  { policy, textOf }: { readonly policy: readonly ExplainedValue[]; readonly textOf: TextOf },
): ExplainedValue[] {
  const layers = chainOf(flow.file, directory, textOf);
  const [own] = layers;
  if (!own || !isJsonObject(own.value)) return [];
  const said = Object.entries(own.value).filter(([key]) => !MERGED.has(key));
  const document = { ...Object.fromEntries(said), settings: flow.settings };
  // a base has a part in the settings alone
  const below = layers.slice(1).map((layer) => ({ ...layer, value: settingsOf(layer.value) }));
  const values = explainValues(document, [own, ...below]);
  return [modeOf(flow.mode, own, policy), ...values];
}

/** Keys that are told as what became of them. */
const MERGED = new Set(['mode', 'extends', 'settings']);

/** The stricter one counts, as the gate has it. */
function modeOf(mode: Mode, own: Layer, policy: readonly ExplainedValue[]): ExplainedValue {
  const [said] = explainValues({ mode }, [own]);
  const general = policy.find(({ path }) => path.join('/') === 'mode');
  if (said && (mode === 'report' || general?.value !== 'report')) return said;
  return general ?? { path: ['mode'], value: mode, over: [] };
}

function settingsOf(value: Json): Json {
  const settings = isJsonObject(value) ? value['settings'] : undefined;
  return settings === undefined ? {} : { settings };
}

/** The file, and what it extends, the nearest first. */
function chainOf(file: string, directory: string, textOf: TextOf): readonly Layer[] {
  const layers: Layer[] = [];
  let at: string | undefined = file;
  while (at !== undefined && !layers.some((layer) => layer.file === at)) {
    const layer = layerOf(at, textOf);
    if (!layer) break;
    layers.push(layer);
    const base: Json | undefined = isJsonObject(layer.value) ? layer.value['extends'] : undefined;
    at = typeof base === 'string' ? resolveExtends(directory, at, base) : undefined;
  }
  return layers;
}

/**
 * The config with its defaults. Values that come from variables are told as they are written, `${NAME}`; no secret
 * is told, wherever it comes from.
 *
 * @param secrets every value that must not be seen
 */
export function explainConfig(
  file: string,
  text: string,
  secrets: readonly string[],
): ExplainedValue[] {
  const layer = layerOf(file, () => text);
  const values = explainValues(filled('config', layer?.value), layer ? [layer] : []);
  return values.map((each) => (isSecret(each, secrets) ? { ...each, value: HIDDEN } : each));
}

const HIDDEN = '(hidden)';
const SECRET_KEYS = new Set(['token', 'clientSecret', 'secrets', 'password']);

/** By what it is, and by its key, since escapes may make the text another one; the name of a variable is no secret. */
function isSecret({ path, value }: ExplainedValue, secrets: readonly string[]): boolean {
  const texts = (Array.isArray(value) ? value : [value]) as readonly Json[];
  const isKeyed = path.some((key) => SECRET_KEYS.has(key)) && !path.includes('paths');
  return texts.some(
    (text) =>
      typeof text === 'string' &&
      (secrets.includes(text) || (isKeyed && !/^\$\{\w+\}$/.test(text))),
  );
}

function layerOf(file: string, textOf: TextOf): Layer | undefined {
  const text = textOf(file);
  if (text === undefined) return undefined;
  const { value, places } = parseYaml(text);
  return value === undefined ? undefined : { file, value, places };
}

/** A copy with the schema's defaults. */
function filled(schema: 'policy' | 'config', value: Json | undefined): JsonObject {
  const copy = structuredClone(value ?? {});
  violationsOf(schema, copy);
  return isJsonObject(copy) ? copy : {};
}
