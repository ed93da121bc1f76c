/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** True for `{…}`: neither null nor an array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value, or undefined where the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * JSON merge patch (RFC 7396): objects are merged, `null` removes a key, anything else replaces.
 * Builds from entries, so that a key called `__proto__` is a key like any other.
 */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const merged = new Map<string, Json>(isObject(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, mergePatch(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}

/**
 * A copy of `target` with the value at a JSON pointer replaced, or removed where `value` is undefined.
 * Parents that are missing are made as objects; `''` means the whole and is not allowed.
 */
export function withPointer(target: JsonObject, pointer: string, value: Json | undefined): Json {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  return setAt(target, keys, value);
}

function setAt(target: Json | undefined, keys: readonly string[], value: Json | undefined): Json {
  const [key, ...rest] = keys;
  if (key === undefined) return value ?? null;
  if (Array.isArray(target)) {
    const copy = [...(target as readonly Json[])];
    copy.splice(Number(key), 1, ...nextAt(copy[Number(key)], rest, value));
    return copy;
  }
  const copy = new Map<string, Json>(isObject(target) ? Object.entries(target) : []);
  const [next] = nextAt(copy.get(key), rest, value);
  if (next === undefined) copy.delete(key);
  else copy.set(key, next);
  return Object.fromEntries(copy);
}

function nextAt(
  old: Json | undefined,
  rest: readonly string[],
  value: Json | undefined,
): readonly Json[] {
  if (rest.length > 0) return [setAt(old, rest, value)];
  return value === undefined ? [] : [value];
}
