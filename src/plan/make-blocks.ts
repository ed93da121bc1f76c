import type { Settings } from '../domain/flow.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import { isJsonObject } from '../domain/json.ts';
import { withoutNulls } from '../domain/without-nulls.ts';
import type { CompareContext } from './compare-settings.ts';
import { compareSettings, declaredScopeId } from './compare-settings.ts';
import type { IsIgnored } from './ignore-rules.ts';
import { ignoreTest } from './ignore-rules.ts';
import { keysOf } from './json-pointer.ts';
import type { Place } from './settings-meaning.ts';
import { isAbsent, isSameJson, isSameValue, ownValue, placeBelow } from './settings-meaning.ts';

/**
 * The settings of the PATCH that makes live as declared. Every block with a difference, and no other, is
 * named; since the service replaces a named block whole, each is live ⊕ desired: what is not declared or
 * is ignored stays as live has it, what is declared `null` is left out, the id that a scope of type `org`
 * means is written out. A block that is declared `null` as a whole is `null`.
 *
 * Empty when nothing differs. Pure; what is given is not changed.
 */
export function makeBlocks(desired: Settings, live: Settings, context: CompareContext): Settings {
  const differing = new Set(
    compareSettings(desired, live, context).map(({ path }) => keysOf(path)[0] ?? ''),
  );
  const merge: Merge = {
    orgId: context.orgId,
    ignored: ignoreTest(context.ignore, context.now),
    keys: [],
  };
  const blocks = Object.keys(desired)
    .filter((name) => differing.has(name))
    .map((name): [string, Json] => {
      const pair: Pair = [desired[name] ?? null, ownValue(live, name)];
      return [name, mergeField(merge, placeBelow('settings', name), name, pair) ?? null];
    });
  return Object.fromEntries(blocks);
}

/** The same blocks without those of the objects (by JSON pointer) in which nothing is left; a block goes as `null`. */
export function withoutEmptied(blocks: Settings, vanishing: readonly string[]): Settings {
  // the innermost first, so that what held nothing but them is empty, too
  const paths = vanishing.map(keysOf).toSorted((a, b) => b.length - a.length);
  return paths.reduce((settings, keys) => withoutEmpty(settings, keys, [null]), blocks);
}

/** @param instead what stands for the object when it is empty; nothing: there is no such field */
function withoutEmpty(
  object: JsonObject,
  [key = '', ...rest]: readonly string[],
  instead: readonly Json[] = [],
): JsonObject {
  const value = ownValue(object, key);
  if (!isJsonObject(value)) return object;
  const isEmpty = rest.length === 0 && Object.keys(value).length === 0;
  const left = isEmpty ? instead : [rest.length > 0 ? withoutEmpty(value, rest) : value];
  const others = Object.entries(object).filter(([name]) => name !== key);
  return Object.fromEntries([...others, ...left.map((field): [string, Json] => [key, field])]);
}

/** What the live settings are after a PATCH of these blocks: each replaces its block, `null` removes it. */
export function applyBlocks(live: Settings, blocks: Settings): Settings {
  const after = new Map(Object.entries(live));
  for (const [name, block] of Object.entries(blocks)) {
    if (block === null) after.delete(name);
    else after.set(name, block);
  }
  return Object.fromEntries(after);
}

/**
 * The settings of the PATCH that brings live back to the snapshot, whatever happened in between: every block
 * of the snapshot, and `null` for each block that it did not have.
 */
export function restoreBlocks(snapshot: Settings, live: Settings): Settings {
  const added = Object.keys(live).filter(
    (name) => !isAbsent(live[name]) && !Object.hasOwn(snapshot, name),
  );
  return Object.fromEntries([
    ...Object.entries(snapshot),
    ...added.map((name): [string, Json] => [name, null]),
  ]);
}

/** True when both say the same in every field, declared or not; null is absent, `applyTo` is a set. */
export function sameSettings(a: Settings, b: Settings): boolean {
  return isSameJson(withoutSet(a), withoutSet(b)) && isSameValue('set', setOf(a), setOf(b), '');
}

function setOf(settings: Settings): Json | undefined {
  const directives = ownValue(settings, 'scopeDirectives');
  return isJsonObject(directives) ? ownValue(directives, 'applyTo') : undefined;
}

function withoutSet(settings: Settings): Settings {
  const directives = ownValue(settings, 'scopeDirectives');
  if (!isJsonObject(directives)) return settings;
  return { ...settings, scopeDirectives: { ...directives, applyTo: null } };
}

interface Merge {
  readonly orgId: string;
  readonly ignored: IsIgnored | undefined;
  readonly keys: string[];
}

/** Desired, live. */
type Pair = readonly [Json, Json | undefined];

function mergeField(
  merge: Merge,
  place: Place,
  key: string,
  [desired, live]: Pair,
): Json | undefined {
  merge.keys.push(key);
  const value = merge.ignored?.(merge.keys) ? live : mergeValue(merge, place, desired, live);
  merge.keys.pop();
  return value;
}

function mergeValue(
  merge: Merge,
  place: Place,
  desired: Json,
  live: Json | undefined,
): Json | undefined {
  if (desired === null) return undefined;
  // what is declared null inside a list's items is absent there too
  if (!isJsonObject(desired)) return withoutNulls(desired);
  const fields = mergeFields(merge, place, desired, isJsonObject(live) ? live : {});
  return isNothing(fields, desired, live) ? live : Object.fromEntries(fields);
}

function mergeFields(
  merge: Merge,
  place: Place,
  desired: JsonObject,
  base: JsonObject,
): ReadonlyMap<string, Json> {
  const fields = new Map(Object.entries(base));
  const set = (key: string, wanted: Json): void => {
    const value = mergeField(merge, placeBelow(place, key), key, [wanted, ownValue(base, key)]);
    if (value === undefined) fields.delete(key);
    else fields.set(key, value);
  };
  for (const key in desired) {
    if (place !== 'scope' || key !== 'id') set(key, desired[key] ?? null);
  }
  if (place !== 'scope') return fields;
  const id = declaredScopeId(desired, merge.orgId, merge.ignored, merge.keys);
  if (id !== undefined) set('id', id);
  return fields;
}

/** Fields that are all declared absent, or ignored, do not bring an object into being. */
function isNothing(
  fields: ReadonlyMap<string, Json>,
  desired: JsonObject,
  live: Json | undefined,
): boolean {
  return fields.size === 0 && !isJsonObject(live) && Object.keys(desired).length > 0;
}
