import type { Settings } from '../domain/flow.ts';
import type { Json } from '../domain/json.ts';
import { isJsonObject } from '../domain/json.ts';
import type { Cause, FieldChange } from '../domain/plan.ts';
import type { Difference } from './compare-settings.ts';
import { isFulfilled } from './compare-settings.ts';
import { keysOf } from './json-pointer.ts';
import type { Place } from './settings-meaning.ts';
import { isSameValue, placeBelow, placeOf, valueBelow } from './settings-meaning.ts';

/**
 * Who moved, by field. `base` is what was last applied, or found in sync; undefined when that is not known.
 *
 * | desired against base | live against base | cause           |
 * |----------------------|-------------------|-----------------|
 * | same                 | differs           | live-changed    |
 * | differs              | same              | desired-changed |
 * | differs              | differs           | both-changed    |
 * | not declared in base, or no base at all  | desired-changed |
 */
export function withCauses(
  differences: readonly Difference[],
  base: Settings | undefined,
  orgId: string,
): readonly FieldChange[] {
  return differences.map((difference) => ({
    ...difference,
    cause: base === undefined ? 'desired-changed' : causeOf(difference, base, orgId),
  }));
}

/** The cause of a flow: that of all its fields, or `both-changed` when they are not of one mind. */
export function flowCause(fields: readonly FieldChange[]): Cause {
  const causes = new Set(fields.map(({ cause }) => cause));
  const [only = 'both-changed'] = causes;
  return causes.size === 1 ? only : 'both-changed';
}

function causeOf({ path, live, desired }: Difference, base: Settings, orgId: string): Cause {
  const keys = keysOf(path);
  const place = placeOf(keys);
  const before = baseValue(base, keys, orgId);
  if (before === undefined) return 'desired-changed';
  if (isSameValue(place, desired, before, orgId)) return 'live-changed';
  return isFulfilled(place, before, live, orgId) ? 'desired-changed' : 'both-changed';
}

/** What the base declared there: undefined for nothing, null for "absent". */
function baseValue(base: Settings, keys: readonly string[], orgId: string): Json | undefined {
  let place: Place = 'settings';
  let value: Json = base;
  for (const key of keys) {
    // where something else was declared, this field was absent
    if (!isJsonObject(value)) return null;
    const child = valueBelow(value, key, place, orgId);
    if (child === undefined) return undefined;
    place = placeBelow(place, key);
    value = child;
  }
  return value;
}
