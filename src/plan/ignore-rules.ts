import type { IgnoreRule, Settings } from '../domain/flow.ts';
import type { Json } from '../domain/json.ts';
import { isJsonObject } from '../domain/json.ts';
import { keysOf } from './json-pointer.ts';
import type { Place } from './settings-meaning.ts';
import { placeBelow, valueBelow } from './settings-meaning.ts';

/** True when the field with these keys is left to others. Asked from the top down, so that what is below is never reached. */
export type IsIgnored = (keys: readonly string[]) => boolean;

/** True until `untilAt`; at that instant the rule no longer holds. */
export function isActive(rule: { readonly untilAt?: number }, now: number): boolean {
  return rule.untilAt === undefined || now < rule.untilAt;
}

/** Undefined when no rule holds, which is the common case and costs nothing then. */
export function ignoreTest(rules: readonly IgnoreRule[], now: number): IsIgnored | undefined {
  if (rules.length === 0) return undefined;
  const paths = rules.filter((rule) => isActive(rule, now)).map(({ path }) => keysOf(path));
  if (paths.length === 0) return undefined;
  return (keys) =>
    paths.some((path) => path.length === keys.length && path.every((key, i) => key === keys[i]));
}

/**
 * The rules that hold and match no declared field. Lists are compared whole, so that a rule for one
 * of their items matches nothing either.
 */
export function unusedIgnores(
  desired: Settings,
  context: { readonly orgId: string; readonly ignore: readonly IgnoreRule[]; readonly now: number },
): readonly IgnoreRule[] {
  return context.ignore.filter(
    (rule) => isActive(rule, context.now) && !isDeclared(desired, keysOf(rule.path), context.orgId),
  );
}

function isDeclared(desired: Settings, keys: readonly string[], orgId: string): boolean {
  let place: Place = 'settings';
  let value: Json = desired;
  for (const key of keys) {
    if (!isJsonObject(value)) return false;
    const child = valueBelow(value, key, place, orgId);
    if (child === undefined) return false;
    place = placeBelow(place, key);
    value = child;
  }
  return true;
}
