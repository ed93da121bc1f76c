import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { IgnoreRule, Settings } from '../../../src/domain/flow.ts';
import type { Json, JsonObject } from '../../../src/domain/json.ts';
import { isJsonObject } from '../../../src/domain/json.ts';
import { compareSettings } from '../../../src/plan/compare-settings.ts';
import { keysOf } from '../../../src/plan/json-pointer.ts';
import {
  applyBlocks,
  makeBlocks,
  restoreBlocks,
  sameSettings,
} from '../../../src/plan/make-blocks.ts';
import { NOW, ORG_ID } from '../../support/builders.ts';
import {
  ARBITRARY_ORG_ID,
  someArbitrarySettings,
  someIgnores,
} from '../../support/settings-arbitrary.ts';

const blocksOf = (desired: Settings, live: Settings, ignore: readonly IgnoreRule[] = []) =>
  makeBlocks(desired, live, { orgId: ORG_ID, ignore, now: NOW });

describe('makeBlocks', () => {
  test.each<{
    name: string;
    desired: Settings;
    live: Settings;
    ignore?: readonly IgnoreRule[];
    blocks: Settings;
  }>([
    {
      name: 'is empty when nothing differs',
      desired: { r: { a: 1 } },
      live: { r: { a: 1 } },
      blocks: {},
    },
    {
      name: 'keeps what live has and git does not declare, at every level',
      desired: { r: { a: 1, s: { b: 2 } } },
      live: { r: { a: 0, x: 9, s: { b: 0, y: 8 } } },
      blocks: { r: { a: 1, x: 9, s: { b: 2, y: 8 } } },
    },
    {
      name: 'names no block without a difference, declared or not',
      desired: { r: { a: 1 }, q: { b: 2 } },
      live: { r: { a: 0 }, q: { b: 2 }, p: { c: 3 } },
      blocks: { r: { a: 1 } },
    },
    {
      name: 'leaves out what is declared null',
      desired: { r: { a: null, b: { c: null } } },
      live: { r: { a: 1, b: { c: 2, d: 3 }, e: 4 } },
      blocks: { r: { b: { d: 3 }, e: 4 } },
    },
    {
      name: 'is null for a block that is declared null',
      desired: { r: null },
      live: { r: { a: 1 } },
      blocks: { r: null },
    },
    {
      name: 'makes a block that live lacks',
      desired: { r: { a: 1, b: { c: null }, d: {} } },
      live: {},
      blocks: { r: { a: 1, d: {} } },
    },
    {
      name: 'replaces what is not an object by the declared one',
      desired: { r: { a: { b: 1 } } },
      live: { r: { a: 5, c: 6 } },
      blocks: { r: { a: { b: 1 }, c: 6 } },
    },
    {
      name: 'keeps the live value of an ignored field',
      desired: { r: { a: 1, b: 2 } },
      live: { r: { a: 7, b: 0 } },
      ignore: [{ path: '/r/a' }],
      blocks: { r: { a: 7, b: 2 } },
    },
    {
      name: 'does not bring an ignored field into being',
      desired: { r: { a: 1, b: 2, c: { d: 3 } } },
      live: {},
      ignore: [{ path: '/r/a' }, { path: '/r/c/d' }],
      blocks: { r: { b: 2 } },
    },
    {
      name: 'writes a field whose ignore rule ran out',
      desired: { r: { a: 1 } },
      live: { r: { a: 7 } },
      ignore: [{ path: '/r/a', untilAt: NOW }],
      blocks: { r: { a: 1 } },
    },
    {
      name: "writes out the org's id that a scope means",
      desired: { routing: { scope: { type: 'org' } } },
      live: { routing: { type: 't', scope: { type: 'team', id: 't-1', extra: true } } },
      blocks: { routing: { type: 't', scope: { type: 'org', id: ORG_ID, extra: true } } },
    },
    {
      name: "leaves a scope's id alone where its type is ignored",
      desired: { routing: { maxWaitTime: 1, scope: { type: 'org' } } },
      live: { routing: { maxWaitTime: 0, scope: { type: 'team', id: 't-1' } } },
      ignore: [{ path: '/routing/scope/type' }],
      blocks: { routing: { maxWaitTime: 1, scope: { type: 'team', id: 't-1' } } },
    },
    {
      name: 'writes a set in the declared order',
      desired: { scopeDirectives: { applyTo: ['user', 'queue'] } },
      live: { scopeDirectives: { applyTo: ['queue'], enforceHierarchy: true } },
      blocks: { scopeDirectives: { applyTo: ['user', 'queue'], enforceHierarchy: true } },
    },
    {
      name: 'writes no null inside the items of a list',
      desired: { r: { a: [{ b: null, c: [null, { d: null }] }] } },
      live: { r: {} },
      blocks: { r: { a: [{ c: [null, {}] }] } },
    },
  ])('$name', ({ desired, live, ignore = [], blocks }) => {
    expect(blocksOf(desired, live, ignore)).toEqual(blocks);
  });

  test('keys such as __proto__ stay plain fields', () => {
    const desired = JSON.parse('{"r":{"__proto__":{"a":1}}}') as Settings;

    const { r } = blocksOf(desired, { r: { b: 2 } });

    expect(JSON.stringify(r)).toBe('{"b":2,"__proto__":{"a":1}}');
    expect(Object.getPrototypeOf(r)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });
});

describe('applyBlocks', () => {
  test('replaces the named blocks whole, removes those that are null, keeps the rest', () => {
    const live = { a: { x: 1, y: 2 }, b: { z: 3 }, c: { w: 4 } };
    expect(applyBlocks(live, { a: { x: 9 }, b: null, d: { v: 5 } })).toEqual({
      a: { x: 9 },
      c: { w: 4 },
      d: { v: 5 },
    });
  });
});

describe('restoreBlocks', () => {
  test('has every block of the snapshot, and null for those that it did not have', () => {
    const snapshot = { a: { x: 1 }, b: { y: 2 } };
    expect(restoreBlocks(snapshot, { a: { x: 9 }, c: { z: 3 }, d: null })).toEqual({
      a: { x: 1 },
      b: { y: 2 },
      c: null,
    });
  });
});

describe('sameSettings', () => {
  const a = { r: { x: 1, y: null }, scopeDirectives: { applyTo: ['queue', 'user'], e: true } };

  test.each<{ name: string; b: Settings; same: boolean }>([
    {
      name: 'null as absent, key order and set order as nothing',
      b: { scopeDirectives: { e: true, applyTo: ['user', 'queue'] }, r: { x: 1 }, s: null },
      same: true,
    },
    { name: 'one field more', b: { ...a, r: { x: 1, z: 2 } }, same: false },
    { name: 'one field less', b: { ...a, r: {} }, same: false },
    { name: 'one block more', b: { ...a, s: {} }, same: false },
    { name: 'one block less', b: { r: a.r }, same: false },
    {
      name: 'another set',
      b: { ...a, scopeDirectives: { applyTo: ['queue'], e: true } },
      same: false,
    },
    {
      name: 'no set for an empty one',
      b: { ...a, scopeDirectives: { e: true } },
      same: false,
    },
  ])('takes $name: $same', ({ b, same }) => {
    expect(sameSettings(a, b)).toBe(same);
    expect(sameSettings(b, a)).toBe(same);
  });
});

describe('laws of writing', () => {
  const context = (ignore: readonly IgnoreRule[]) => ({
    orgId: ARBITRARY_ORG_ID,
    ignore,
    now: NOW,
  });

  test('after the blocks were written nothing differs', () => {
    fc.assert(
      fc.property(
        someArbitrarySettings,
        someArbitrarySettings,
        someIgnores,
        (desired, live, ignore) => {
          const after = applyBlocks(live, makeBlocks(desired, live, context(ignore)));
          expect(compareSettings(desired, after, context(ignore))).toEqual([]);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('what is not declared, and what is ignored, is as before', () => {
    fc.assert(
      fc.property(
        someArbitrarySettings,
        someArbitrarySettings,
        someIgnores,
        (desired, live, ignore) => {
          const after = applyBlocks(live, makeBlocks(desired, live, context(ignore)));
          expect(undeclared(after, desired)).toEqual(undeclared(live, desired));
          for (const keys of ignore.map(({ path }) => keysOf(path))) {
            // a rule below a declared value or null is one for nothing, and is told as unused
            if (isBelowValue(desired, keys)) continue;
            expect(valueAt(after, keys)).toEqual(valueAt(live, keys));
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('the blocks are those with a difference, and no other', () => {
    fc.assert(
      fc.property(someArbitrarySettings, someArbitrarySettings, (desired, live) => {
        const differing = compareSettings(desired, live, context([])).map(
          ({ path }) => keysOf(path)[0],
        );
        const blocks = makeBlocks(desired, live, context([]));
        expect(Object.keys(blocks).sort()).toEqual([...new Set(differing)].sort());
      }),
    );
  });

  test('restoring brings the snapshot back whole, whatever was written in between', () => {
    fc.assert(
      fc.property(someArbitrarySettings, someArbitrarySettings, (snapshot, live) => {
        const restored = applyBlocks(live, restoreBlocks(snapshot, live));
        expect(sameSettings(restored, snapshot)).toBe(true);
      }),
    );
  });

  test('what is given is not changed', () => {
    fc.assert(
      fc.property(
        someArbitrarySettings,
        someArbitrarySettings,
        someIgnores,
        (desired, live, ignore) => {
          const before = JSON.stringify([desired, live]);
          const blocks = makeBlocks(desired, live, context(ignore));
          applyBlocks(live, blocks);
          restoreBlocks(live, desired);
          expect(JSON.stringify([desired, live])).toBe(before);
        },
      ),
    );
  });
});

/** What of `live` no declaration covers; a declared scope covers the id that it means. */
function undeclared(live: Settings, desired: Settings): Json {
  return withoutDeclared(live, desired, '') ?? {};
}

function withoutDeclared(live: Json, desired: Json, path: string): Json | undefined {
  if (!isJsonObject(desired)) return undefined;
  // a plain value that had to make way for an object was not a field of its own
  if (!isJsonObject(live)) return undefined;
  const covered: JsonObject = path === '/routing/scope' ? { id: null, ...desired } : desired;
  const kept = Object.entries(live).flatMap(([key, value]): [string, Json][] => {
    if (!Object.hasOwn(covered, key)) return [[key, value]];
    const inner = withoutDeclared(value, covered[key] ?? null, `${path}/${key}`);
    return inner === undefined ? [] : [[key, inner]];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function isBelowValue(desired: Settings, keys: readonly string[]): boolean {
  return keys.some((_, depth) => {
    const above = valueAt(desired, keys.slice(0, depth));
    return above !== undefined && !isJsonObject(above);
  });
}

function valueAt(settings: Settings, keys: readonly string[]): Json | undefined {
  let value: Json | undefined = settings;
  for (const key of keys) {
    if (!isJsonObject(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}
