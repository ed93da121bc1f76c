import type { Settings } from '../domain/flow.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import { isJsonObject } from '../domain/json.ts';
import { keysOf, pointerOf } from './json-pointer.ts';
import { isAbsent, ownValue } from './settings-meaning.ts';

/**
 * What stood in fields before git first declared them, by JSON pointer under `settings`; null: nothing.
 *
 * Only declared fields are managed, so a revert that takes a declaration back would leave the field as the reverted
 * commit set it. Remembering what was there lets the revert restore it.
 */
export type Displaced = Readonly<Record<string, Json>>;

/**
 * What is to be remembered after `wanted` was applied over `before`.
 *
 * @param previous the settings that were declared until then; undefined: the flow was not managed
 * @param kept what was remembered until then; entries that are still declared stay
 */
export function displacedBy(input: {
  readonly before: Settings;
  readonly wanted: Settings;
  readonly previous: Settings | undefined;
  readonly kept: Displaced | undefined;
  /** The remote's id of the org. */
  readonly orgId: string;
}): Displaced {
  const { before, previous, kept, orgId } = input;
  const wanted = withScopeId(input.wanted, orgId);
  const entries = Object.entries(stillDeclared(kept, wanted, orgId));
  if (previous !== undefined) collectNew({ wanted, previous, before }, [], entries);
  return Object.fromEntries(entries);
}

/**
 * What of it counts once these are the desired settings. What stood in a field that is let go is no memory of what stands
 * in it when it is declared again.
 */
export function stillDeclared(
  displaced: Displaced | undefined,
  settings: Settings,
  orgId: string,
): Displaced {
  const wanted = withScopeId(settings, orgId);
  return Object.fromEntries(
    Object.entries(displaced ?? {}).filter(
      ([path]) => declaredAt(wanted, keysOf(path)) !== undefined,
    ),
  );
}

/** What a revert wants. */
export interface GivenBack {
  readonly settings: Settings;
  /** Objects that were not there before, by JSON pointer: when nothing is left in them, they go too. */
  readonly vanishing: readonly string[];
}

/**
 * The desired settings of a revert together with what it gives back: each remembered field that was declared in
 * `applied` and no longer is. Of an object that was not there, the declared fields go: what others put beside them
 * is theirs. Undefined when there is nothing to give back.
 */
export function withDisplaced(
  desired: Settings,
  last: { readonly applied: Settings; readonly displaced: Displaced; readonly orgId: string },
): GivenBack | undefined {
  const applied = withScopeId(last.applied, last.orgId);
  const vanishing: string[] = [];
  let settings = desired;
  for (const [path, value] of Object.entries(last.displaced)) {
    const keys = keysOf(path);
    const was = declaredAt(applied, keys);
    const back = givenBack(value, was, declaredAt(desired, keys));
    if (back === undefined) continue;
    const goes = back === null && isJsonObject(was) ? absentBelow(was, keys, vanishing) : back;
    settings = withValueAt(settings, keys, goes);
  }
  return settings === desired ? undefined : { settings, vanishing };
}

/** The same object with every value in it declared absent; notes each object that is to vanish. */
function absentBelow(object: JsonObject, keys: readonly string[], vanishing: string[]): JsonObject {
  vanishing.push(pointerOf(keys));
  const absent = Object.entries(object).map(([key, value]): [string, Json] => [
    key,
    isJsonObject(value) ? absentBelow(value, [...keys, key], vanishing) : null,
  ]);
  return Object.fromEntries(absent);
}

/** A scope of type `org` writes the org's id, whether it names one or not. */
function withScopeId(settings: Settings, orgId: string): Settings {
  const type = declaredAt(settings, ['routing', 'scope', 'type']);
  const id = declaredAt(settings, SCOPE_ID);
  return type === 'org' && isAbsent(id) ? withValueAt(settings, SCOPE_ID, orgId) : settings;
}

const SCOPE_ID = ['routing', 'scope', 'id'];

/** What a revert puts at a path; undefined: nothing but what it declares. */
function givenBack(
  value: Json,
  applied: Json | undefined,
  desired: Json | undefined,
): Json | undefined {
  if (applied === undefined) return undefined;
  if (desired === undefined) return value;
  // what was declared field by field had been replaced whole: the fields that nobody declared come back too
  const wasReplaced = isJsonObject(desired) && !isJsonObject(applied);
  return wasReplaced && isJsonObject(value) ? merged(value, desired) : undefined;
}

interface Sides {
  readonly wanted: JsonObject;
  readonly previous: JsonObject;
  readonly before: JsonObject;
}

type Entries = [path: string, value: Json][];

/** Walks what both declare, to the fields that only `wanted` declares. */
function collectNew(
  { wanted, previous, before }: Sides,
  keys: readonly string[],
  into: Entries,
): void {
  for (const [key, value] of Object.entries(wanted)) {
    const path = [...keys, key];
    const earlier = ownValue(previous, key);
    const stood = ownValue(before, key);
    if (earlier === undefined) collect(value, stood, path, into);
    else if (isJsonObject(value) && isJsonObject(earlier))
      collectNew({ wanted: value, previous: earlier, before: asObject(stood) }, path, into);
    else if (isJsonObject(earlier) && isJsonObject(stood)) into.push([pointerOf(path), stood]);
  }
}

/** Remembers what stood where a newly declared value goes: field by field, as far as there were fields. */
function collect(
  value: Json,
  stood: Json | undefined,
  path: readonly string[],
  into: Entries,
): void {
  if (isJsonObject(value) && isJsonObject(stood)) {
    for (const [key, below] of Object.entries(value))
      collect(below, ownValue(stood, key), [...path, key], into);
  } else {
    into.push([pointerOf(path), isAbsent(stood) ? null : stood]);
  }
}

/** What the settings say of a path, or what stands above it and decides it; undefined: they say nothing. */
function declaredAt(settings: Settings, keys: readonly string[]): Json | undefined {
  let at: Json = settings;
  for (const key of keys) {
    if (!isJsonObject(at)) return at;
    const below = ownValue(at, key);
    if (below === undefined) return undefined;
    at = below;
  }
  return at;
}

/** `over` laid over `under`, object by object. */
function merged(under: JsonObject, over: JsonObject): JsonObject {
  const below = Object.entries(under).filter(([key]) => !Object.hasOwn(over, key));
  const above = Object.entries(over).map(([key, value]): [string, Json] => {
    const stood = ownValue(under, key);
    return [key, isJsonObject(value) && isJsonObject(stood) ? merged(stood, value) : value];
  });
  return Object.fromEntries([...below, ...above]);
}

function withValueAt(object: JsonObject, keys: readonly string[], value: Json): JsonObject {
  const [key, ...rest] = keys;
  if (key === undefined) return object;
  const below =
    rest.length === 0 ? value : withValueAt(asObject(ownValue(object, key)), rest, value);
  // entries, not assignment: a key such as `__proto__` must stay a plain field
  return Object.fromEntries([
    ...Object.entries(object).filter(([name]) => name !== key),
    [key, below],
  ]);
}

function asObject(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
