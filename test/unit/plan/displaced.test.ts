import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareSettings } from '../../../src/plan/compare-settings.ts';
import { displacedBy, withDisplaced } from '../../../src/plan/displaced.ts';
import { applyBlocks, makeBlocks } from '../../../src/plan/make-blocks.ts';
import type { Settings } from '../../../src/domain/flow.ts';
import { isJsonObject } from '../../../src/domain/json.ts';
import type { Json } from '../../../src/domain/json.ts';
import { someArbitrarySettings } from '../../support/settings-arbitrary.ts';

const LIVE: Settings = {
  routing: { type: 'longestAvailable', maxWaitTime: 300 },
  prompts: { language: 'en-us' },
};

function haveOneShape(a: Json, b: Json): boolean {
  if (a === null || b === null) return true;
  if (!isJsonObject(a) || !isJsonObject(b)) return isJsonObject(a) === isJsonObject(b);
  return Object.keys(a).every((key) => haveOneShape(a[key] ?? null, b[key] ?? null));
}

describe('displacedBy', () => {
  test.each([
    {
      name: 'a newly declared field remembers what stood there',
      previous: { routing: { type: 'x' } },
      wanted: { routing: { type: 'x', maxWaitTime: 600 } },
      expected: { '/routing/maxWaitTime': 300 },
    },
    {
      name: 'a newly declared field that was absent remembers that',
      previous: { routing: {} },
      wanted: { routing: { skill: 'a' } },
      expected: { '/routing/skill': null },
    },
    {
      name: 'a newly declared block remembers its declared fields only',
      previous: {},
      wanted: { prompts: { language: 'de-de' } },
      expected: { '/prompts/language': 'en-us' },
    },
    {
      name: 'a block that was absent is remembered as a whole',
      previous: {},
      wanted: { scopeDirectives: { applyTo: ['queue'], enforceHierarchy: true } },
      expected: { '/scopeDirectives': null },
    },
    {
      name: 'a changed value of a declared field is not remembered',
      previous: { routing: { maxWaitTime: 300 } },
      wanted: { routing: { maxWaitTime: 600 } },
      expected: {},
    },
    {
      name: 'a flow that was not managed remembers nothing',
      previous: undefined,
      wanted: { routing: { maxWaitTime: 600 } },
      expected: {},
    },
  ])('$name', ({ previous, wanted, expected }) => {
    expect(
      displacedBy({ before: LIVE, wanted, previous, kept: undefined, orgId: 'org-1' }),
    ).toEqual(expected);
  });

  test('what is still declared stays remembered, what is not is forgotten', () => {
    const kept = { '/routing/maxWaitTime': 300, '/prompts/language': 'en-us' };
    const wanted = { routing: { maxWaitTime: 900 } };
    const displaced = displacedBy({ before: LIVE, wanted, previous: wanted, kept, orgId: 'org-1' });
    expect(displaced).toEqual({ '/routing/maxWaitTime': 300 });
  });
});

describe('withDisplaced', () => {
  test('gives back only what was declared and no longer is', () => {
    const applied = { routing: { type: 'x', maxWaitTime: 600 } };
    const displaced = { '/routing/maxWaitTime': 300, '/prompts/language': 'en-us' };
    expect(
      withDisplaced({ routing: { type: 'x' } }, { applied, displaced, orgId: 'org-1' }),
    ).toEqual({ settings: { routing: { type: 'x', maxWaitTime: 300 } }, vanishing: [] });
  });

  test('of an object that was not there it takes away what was declared, and no more', () => {
    const applied = {
      routing: { scope: { type: 'team' } },
      surveys: { at: { end: true }, max: 3 },
    };
    const displaced = { '/routing/scope': null, '/surveys': null };
    expect(withDisplaced({}, { applied, displaced, orgId: 'org-1' })).toEqual({
      settings: {
        routing: { scope: { type: null } },
        surveys: { at: { end: null }, max: null },
      },
      vanishing: ['/routing/scope', '/surveys', '/surveys/at'],
    });
  });

  test('there may be nothing to give back', () => {
    const desired = { routing: { type: 'x' } };
    expect(
      withDisplaced(desired, { applied: desired, displaced: { '/routing/type': 'y' }, orgId: 'o' }),
    ).toBeUndefined();
  });

  test('a key such as __proto__ stays a field', () => {
    const displaced = JSON.parse('{"/__proto__/a":1}') as Record<string, number>;
    const applied = JSON.parse('{"__proto__":{"a":2}}') as Settings;
    const given = withDisplaced({}, { applied, displaced, orgId: 'org-1' });
    expect(JSON.stringify(given?.settings)).toBe('{"__proto__":{"a":1}}');
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });

  test('law: applying a change and then its revert brings live back to what it was', () => {
    const context = { orgId: 'org-1', ignore: [], now: 0 };
    const write = (desired: Settings, live: Settings): Settings =>
      applyBlocks(live, makeBlocks(desired, live, context));
    fc.assert(
      fc.property(
        someArbitrarySettings,
        someArbitrarySettings,
        someArbitrarySettings,
        (start, first, second) => {
          // a field that is an object in one and plain in the other is no settings that the schema lets through
          fc.pre(!JSON.stringify(start).includes('null'));
          // nor is there an org scope that means another org
          fc.pre(!JSON.stringify(start).includes('"type":"org","id":"team-1"'));
          fc.pre(
            haveOneShape(first, second) &&
              haveOneShape(start, first) &&
              haveOneShape(start, second),
          );
          // the flow is in sync with `first` before the change to `second`
          const before = write(first, start);
          const displaced = displacedBy({
            before,
            wanted: second,
            previous: first,
            kept: undefined,
            orgId: 'org-1',
          });
          const after = write(second, before);
          const given = withDisplaced(first, { applied: second, displaced, orgId: 'org-1' });
          const back = write(given?.settings ?? first, after);
          expect(compareSettings(first, back, context)).toEqual([]);
          // each says all that the other does, as the comparison understands settings
          expect(compareSettings(before, back, context)).toEqual([]);
          expect(compareSettings(back, before, context)).toEqual([]);
        },
      ),
    );
  });
});
