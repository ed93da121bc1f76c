import type { Settings } from '../../src/domain/flow.ts';
import { canonicalText } from '../../src/domain/hash.ts';
import type { Json, JsonObject } from '../../src/domain/json.ts';

/** Values by JSON pointer under `settings`; null: the field is absent. Lists are values. */
export type Leaves = Readonly<Record<string, Json>>;

export const APPLY_TO = '/scopeDirectives/applyTo';

/** What people of the model declare, or set by hand, and to what. Null is "absent". */
export const FIELDS: Readonly<Record<string, readonly Json[]>> = {
  '/routing/maxWaitTime': [300, 400, null],
  '/routing/type': ['skills', 'bullseye'],
  '/recording/enabled': [true, null],
  '/recording/days': [1, 2, null],
  '/scopeDirectives/enforceHierarchy': [true, false],
  [APPLY_TO]: [['queue'], ['user', 'queue'], ['team']],
};

/** What nobody declares, beside what people may. */
export const HAND_FIELDS: typeof FIELDS = { ...FIELDS, '/routing/priority': [1, 2] };

const keysOf = (path: string): string[] => path.split('/').slice(1);

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Each value that is there, at or below a path. */
export function leavesOf(settings: Json, at = ''): Map<string, Json> {
  const leaves = new Map<string, Json>();
  const walk = (value: Json, path: string): void => {
    if (isObject(value))
      for (const [key, below] of Object.entries(value)) walk(below, `${path}/${key}`);
    else if (value !== null) leaves.set(path, value);
  };
  walk(settings, at);
  return leaves;
}

/** The settings with these leaves put over theirs. */
export function withLeaves(settings: Settings, leaves: Leaves): Settings {
  const result: Record<string, Json> = structuredClone(settings);
  for (const [path, value] of Object.entries(leaves)) {
    const keys = keysOf(path);
    const last = keys.pop() ?? '';
    let at = result;
    for (const key of keys) {
      if (!isObject(at[key])) at[key] = {};
      at = at[key];
    }
    if (value === null) Reflect.deleteProperty(at, last);
    else at[last] = value;
  }
  return result;
}

/** As the flow file spells it: null stays, since it declares that a field is absent. */
export function asDeclared(leaves: Leaves): Settings {
  const absent = Object.entries(leaves).filter(([, value]) => value === null);
  const marks = Object.fromEntries(absent.map(([path]) => [path, MARK]));
  const marked = withLeaves({}, { ...leaves, ...marks });
  return JSON.parse(JSON.stringify(marked).replaceAll(JSON.stringify(MARK), 'null')) as Settings;
}

const MARK = 'absent-by-declaration';

/** Whether a field has this value; absent is null. */
export function isSameLeaf(path: string, a: Json | undefined, b: Json | undefined): boolean {
  const sorted = (value: Json): Json =>
    path === APPLY_TO && Array.isArray(value) ? [...new Set(value as Json[])].sort() : value;
  return canonicalText(sorted(a ?? null)) === canonicalText(sorted(b ?? null));
}

/** Paths at which two settings, or what stands at a path, differ, sorted. */
export function changedLeaves(a: Json, b: Json, at = ''): string[] {
  const [left, right] = [leavesOf(a, at), leavesOf(b, at)];
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((path) => !isSameLeaf(path, left.get(path), right.get(path)))
    .sort();
}
