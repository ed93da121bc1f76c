import type { IgnoreRule, Settings } from '../domain/flow.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import { isJsonObject } from '../domain/json.ts';
import type { IsIgnored } from './ignore-rules.ts';
import { ignoreTest } from './ignore-rules.ts';
import { pointerOf } from './json-pointer.ts';
import type { Place } from './settings-meaning.ts';
import { isAbsent, isSameValue, ownValue, placeBelow, scopeIdOf } from './settings-meaning.ts';

/** One field that differs. A side that is undefined does not have the field. */
export interface Difference {
  /** JSON pointer under `settings`. */
  readonly path: string;
  readonly live?: Json;
  readonly desired?: Json;
}

export interface CompareContext {
  /** The remote's id of the org: what a scope of type `org` means when it names no id. */
  readonly orgId: string;
  readonly ignore: readonly IgnoreRule[];
  /** Epoch ms, for the ends of ignore rules. */
  readonly now: number;
}

const NOTHING: JsonObject = {};

/**
 * What of the declared settings the live ones do not fulfil, one entry a field, sorted by path.
 *
 * | declared              | live                        |                                              |
 * |-----------------------|-----------------------------|----------------------------------------------|
 * | nothing               | anything                    | not managed                                  |
 * | `null`                | absent or null              | equal; any value differs                     |
 * | an object             | an object                   | field by field; live's other fields stay     |
 * | an object             | absent or null              | each declared value is a difference          |
 * | `{}`                  | absent, null or an object   | equal: it declares nothing                   |
 * | an object             | a list or a plain value     | one difference, at the object                |
 * | a list                | a list                      | equal when all items are, in order           |
 * | `scopeDirectives.applyTo` | a list                  | a set: order and duplicates mean nothing     |
 * | a scope of type `org` | the same                    | `id` means the org's own, on both sides      |
 *
 * Pure; the order of keys on either side changes nothing.
 */
export function compareSettings(
  desired: Settings,
  live: Settings,
  context: CompareContext,
): readonly Difference[] {
  const walk = startWalk(context.orgId, ignoreTest(context.ignore, context.now));
  compareObject(walk, 'settings', desired, live);
  if (walk.found.length === 0) return NO_DIFFERENCES;
  return walk.found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Shared, so that a hundred thousand flows in sync do not each hold an empty list. */
const NO_DIFFERENCES: readonly Difference[] = [];

/** True when `live` fulfils what is declared at this place. */
export function isFulfilled(
  place: Place,
  declared: Json,
  live: Json | undefined,
  orgId: string,
): boolean {
  const walk = startWalk(orgId, undefined);
  compareValue(walk, place, declared, live);
  return walk.found.length === 0;
}

/**
 * The id that a declared scope wants; undefined when it wants none in particular. A type that is
 * ignored decides nothing, so neither does the default that goes with it.
 *
 * @param keys the path of the scope
 */
export function declaredScopeId(
  scope: JsonObject,
  orgId: string,
  ignored: IsIgnored | undefined,
  keys: readonly string[],
): Json | undefined {
  if (isAbsent(ownValue(scope, 'id')) && ignored?.([...keys, 'type'])) return ownValue(scope, 'id');
  return scopeIdOf(scope, orgId) ?? ownValue(scope, 'id');
}

interface Walk {
  readonly orgId: string;
  readonly ignored: IsIgnored | undefined;
  /** Where the walk is; a pointer is made of it only for a difference. */
  readonly keys: string[];
  readonly found: Difference[];
}

function startWalk(orgId: string, ignored: IsIgnored | undefined): Walk {
  return { orgId, ignored, keys: [], found: [] };
}

function compareValue(walk: Walk, place: Place, desired: Json, live: Json | undefined): void {
  if (isJsonObject(desired)) compareObject(walk, place, desired, live);
  else if (!isSameValue(place, desired, live, walk.orgId)) report(walk, desired, live);
}

function compareObject(
  walk: Walk,
  place: Place,
  desired: JsonObject,
  live: Json | undefined,
): void {
  if (isAbsent(live)) compareFields(walk, place, desired, NOTHING);
  else if (isJsonObject(live)) compareFields(walk, place, desired, live);
  else if (wantsObject(walk, place, desired)) report(walk, desired, live);
}

function compareFields(walk: Walk, place: Place, desired: JsonObject, live: JsonObject): void {
  for (const key in desired) {
    if (place === 'scope' && key === 'id') continue;
    compareField(walk, placeBelow(place, key), key, [desired[key] ?? null, ownValue(live, key)]);
  }
  if (place !== 'scope') return;
  const id = declaredScopeId(desired, walk.orgId, walk.ignored, walk.keys);
  if (id === undefined) return;
  compareField(walk, 'scope-id', 'id', [id, liveScopeId(live, id, walk.orgId)]);
}

/** An org scope with the org's own id fulfils both: that id, and none at all. */
function liveScopeId(live: JsonObject, declared: Json, orgId: string): Json | undefined {
  const id = scopeIdOf(live, orgId);
  if (declared !== null) return id;
  const isDefault = ownValue(live, 'type') === 'org' && isSameValue('scope-id', id, orgId, orgId);
  return isDefault ? undefined : ownValue(live, 'id');
}

function compareField(
  walk: Walk,
  place: Place,
  key: string,
  [desired, live]: readonly [Json, Json | undefined],
): void {
  walk.keys.push(key);
  if (!walk.ignored?.(walk.keys)) compareValue(walk, place, desired, live);
  walk.keys.pop();
}

/** Whether an object must stand where live has something else: it is `{}`, or something in it is to be there. */
function wantsObject(walk: Walk, place: Place, desired: JsonObject): boolean {
  const inner: Walk = { ...walk, found: [] };
  compareFields(inner, place, desired, NOTHING);
  return inner.found.length > 0 || Object.keys(desired).length === 0;
}

function report(walk: Walk, desired: Json, live: Json | undefined): void {
  walk.found.push({
    path: pointerOf(walk.keys),
    ...(!isAbsent(live) && { live }),
    ...(desired !== null && { desired }),
  });
}
