import fc from 'fast-check';
import type { IgnoreRule, Settings } from '../../src/domain/flow.ts';
import type { Json, JsonObject } from '../../src/domain/json.ts';
import { pointerOf } from '../../src/plan/json-pointer.ts';

/** Few keys, so that two values often have the same ones; some that a careless program trips over. */
const KEYS = ['a', 'b', 'id', 'type', 'x/y', 'x~1', '', 'constructor', '__proto__', 'toString'];
const aKey = fc.constantFrom(...KEYS);
const aScalar: fc.Arbitrary<Json> = fc.constantFrom<Json[]>(
  null,
  true,
  false,
  0,
  -0,
  1,
  600,
  '',
  'org',
  'é',
);

const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { arbitrary: aScalar, weight: 4 },
    { arbitrary: fc.array(tie('value'), { maxLength: 3 }), weight: 1 },
    { arbitrary: asObject(aKey, tie('value')), weight: 2 },
  ),
}));

/** Own fields whatever the key: `__proto__` too. */
function asObject(key: fc.Arbitrary<string>, field: fc.Arbitrary<Json>): fc.Arbitrary<JsonObject> {
  return fc
    .array(fc.tuple(key, field), { maxLength: 4 })
    .map((entries): JsonObject => Object.fromEntries(entries));
}

const aScope = fc.oneof(
  fc.record(
    {
      type: fc.constantFrom<Json[]>('org', 'team', null),
      id: fc.constantFrom<Json[]>('org-1', 'ORG-1', 'team-1', null),
      a: aScalar,
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Json>,
  aScalar,
);

const routing = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: aScalar, scope: aScope }, { requiredKeys: [] }) },
  { weight: 1, arbitrary: value },
) as fc.Arbitrary<Json>;

const scopeDirectives = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record(
      {
        applyTo: fc.oneof(
          fc.array(fc.constantFrom<Json[]>('queue', 'user', 'team'), { maxLength: 4 }),
          aScalar,
        ),
        enforceHierarchy: aScalar,
      },
      { requiredKeys: [] },
    ),
  },
  { weight: 1, arbitrary: value },
) as fc.Arbitrary<Json>;

/** Settings of any shape, with the blocks whose meaning is special in most of them. The org's id is `org-1`. */
export const someArbitrarySettings: fc.Arbitrary<Settings> = fc
  .tuple(
    fc.option(routing, { nil: undefined }),
    fc.option(scopeDirectives, { nil: undefined }),
    asObject(aKey, value),
  )
  .map(([first, second, rest]): Settings => ({
    ...(first !== undefined && { routing: first }),
    ...rest,
    ...(second !== undefined && { scopeDirectives: second }),
  }));

/** Ignore rules that often meet a field of `someArbitrarySettings`. */
export const someIgnores: fc.Arbitrary<readonly IgnoreRule[]> = fc.array(
  fc
    .oneof(
      fc.array(aKey, { minLength: 1, maxLength: 3 }),
      fc.constantFrom(
        ['routing'],
        ['routing', 'scope'],
        ['routing', 'scope', 'type'],
        ['routing', 'scope', 'id'],
        ['scopeDirectives', 'applyTo'],
      ),
    )
    .map((keys) => ({ path: pointerOf(keys) })),
  { maxLength: 3 },
);

export const ARBITRARY_ORG_ID = 'org-1';
