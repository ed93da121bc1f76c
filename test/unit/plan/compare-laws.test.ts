import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Settings } from '../../../src/domain/flow.ts';
import type { Json } from '../../../src/domain/json.ts';
import { compareSettings } from '../../../src/plan/compare-settings.ts';
import { NOW } from '../../support/builders.ts';
import { ARBITRARY_ORG_ID, someArbitrarySettings } from '../../support/settings-arbitrary.ts';

describe('laws of compareSettings', () => {
  const context = { orgId: ARBITRARY_ORG_ID, ignore: [], now: NOW };

  test('settings do not differ from themselves', () => {
    fc.assert(
      fc.property(someArbitrarySettings, (settings) => {
        expect(compareSettings(settings, settings, context)).toEqual([]);
      }),
    );
  });

  test('the order of keys on either side changes nothing', () => {
    fc.assert(
      fc.property(someArbitrarySettings, someArbitrarySettings, (desired, live) => {
        expect(
          compareSettings(reversed(desired) as Settings, reversed(live) as Settings, context),
        ).toEqual(compareSettings(desired, live, context));
      }),
    );
  });

  test('paths are unique, sorted, and no side says null', () => {
    fc.assert(
      fc.property(someArbitrarySettings, someArbitrarySettings, (desired, live) => {
        const differences = compareSettings(desired, live, context);
        const paths = differences.map(({ path }) => path);
        expect(paths).toEqual([...new Set(paths)].sort());
        for (const side of differences.flatMap((d) => [d.live, d.desired])) {
          expect(side).not.toBeNull();
        }
      }),
    );
  });
});

/** The same object with its keys in the opposite order, at every level; lists stay. */
function reversed(value: Json): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, field]) => [key, reversed(field)]));
}
