import type { Json, JsonObject } from '../domain/json.ts';
import { isJsonObject } from '../domain/json.ts';

/**
 * Where in the settings a value stands, as far as that decides how values are compared: `applyTo` is a
 * set, and a scope of type `org` means the org's own id when it names none. All else is plain JSON.
 */
export type Place =
  'settings' | 'routing' | 'scope' | 'scope-id' | 'scope-directives' | 'set' | 'plain';

/** Maps, since keys come from files and answers: `constructor` must find nothing. */
const PLACES: Partial<Readonly<Record<Place, ReadonlyMap<string, Place>>>> = {
  settings: new Map([
    ['routing', 'routing'],
    ['scopeDirectives', 'scope-directives'],
  ]),
  routing: new Map([['scope', 'scope']]),
  scope: new Map([['id', 'scope-id']]),
  'scope-directives': new Map([['applyTo', 'set']]),
};

export function placeBelow(place: Place, key: string): Place {
  if (place === 'plain') return 'plain';
  return PLACES[place]?.get(key) ?? 'plain';
}

export function placeOf(keys: readonly string[]): Place {
  return keys.reduce<Place>(placeBelow, 'settings');
}

/** The object's own field: a key such as `constructor` or `__proto__` finds nothing inherited. */
export function ownValue(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The service does not tell null from absent; neither do we. */
export function isAbsent(value: Json | undefined): value is null | undefined {
  return value === undefined || value === null;
}

/** The id that a scope means; null when none can be told. */
export function scopeIdOf(scope: JsonObject, orgId: string): Json {
  const id = ownValue(scope, 'id');
  if (!isAbsent(id)) return id;
  return ownValue(scope, 'type') === 'org' ? orgId : null;
}

/** The value below an object; for the id of a scope the one that it means. */
export function valueBelow(
  object: JsonObject,
  key: string,
  place: Place,
  orgId: string,
): Json | undefined {
  const value = ownValue(object, key);
  if (place !== 'scope' || key !== 'id') return value;
  const id = scopeIdOf(object, orgId);
  return id === null ? value : id;
}

/** Equal as the place has it. Both sides may be absent. */
export function isSameValue(
  place: Place,
  a: Json | undefined,
  b: Json | undefined,
  orgId: string,
): boolean {
  const left = a ?? null;
  const right = b ?? null;
  if (left === right) return true;
  if (place === 'set' && Array.isArray(left) && Array.isArray(right)) return isSameSet(left, right);
  if (place === 'scope-id' && isOrgId(left, orgId) && isOrgId(right, orgId)) return true;
  return isSameJson(left, right);
}

/** An id is typed by hand in the config; UUIDs differ in case without being others. */
function isOrgId(id: Json, orgId: string): boolean {
  return typeof id === 'string' && id.toLowerCase() === orgId.toLowerCase();
}

/** Deep equality of JSON: key order means nothing, a field that is null is absent, −0 is 0. */
export function isSameJson(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) return Array.isArray(b) && isSameList(a as Json[], b as Json[]);
  return isJsonObject(a) && isJsonObject(b) && isSameObject(a, b);
}

function isSameObject(a: JsonObject, b: JsonObject): boolean {
  for (const key in a) {
    if (!isSameJson(a[key] ?? null, ownValue(b, key) ?? null)) return false;
  }
  for (const key in b) {
    if (!isAbsent(b[key]) && !Object.hasOwn(a, key)) return false;
  }
  return true;
}

function isSameList(a: readonly Json[], b: readonly Json[]): boolean {
  return a.length === b.length && a.every((item, i) => isSameJson(item, b[i] ?? null));
}

function isSameSet(a: readonly Json[], b: readonly Json[]): boolean {
  return isSubset(a, b) && isSubset(b, a);
}

function isSubset(a: readonly Json[], b: readonly Json[]): boolean {
  return a.every((item) => b.some((other) => isSameJson(item, other)));
}
