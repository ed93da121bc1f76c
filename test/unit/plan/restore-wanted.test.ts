import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Settings } from '../../../src/domain/flow.ts';
import { compareSettings } from '../../../src/plan/compare-settings.ts';
import { applyBlocks, makeBlocks } from '../../../src/plan/make-blocks.ts';
import { restoreWanted } from '../../../src/plan/restore-wanted.ts';
import { ARBITRARY_ORG_ID, someArbitrarySettings } from '../../support/settings-arbitrary.ts';

const CONTEXT = { orgId: ARBITRARY_ORG_ID, ignore: [], now: 0 };

describe('restoreWanted', () => {
  test.each<readonly [string, Settings, Settings, Settings]>([
    [
      'what live has too stays as the snapshot says',
      { a: { b: 1 } },
      { a: { b: 2 } },
      { a: { b: 1 } },
    ],
    [
      'a field that live has beyond it is absent',
      { a: { b: 1 } },
      { a: { b: 1, c: 2 } },
      { a: { b: 1, c: null } },
    ],
    [
      'a block that live has beyond it is absent',
      { a: {} },
      { a: {}, d: { e: 1 } },
      { a: {}, d: null },
    ],
    ['what live has as null needs no word', { a: 1 }, { a: 1, b: null }, { a: 1 }],
    ['a list is taken whole', { a: [{ b: 1 }] }, { a: [{ b: 1, c: 2 }] }, { a: [{ b: 1 }] }],
    ['another kind of value is taken whole', { a: 1 }, { a: { b: 1 } }, { a: 1 }],
    [
      "an org scope without an id means the org's own",
      { routing: { scope: { type: 'org' } } },
      { routing: { scope: { type: 'org', id: 'org-1' } } },
      { routing: { scope: { type: 'org' } } },
    ],
    [
      'another scope without an id has none',
      { routing: { scope: { type: 'none' } } },
      { routing: { scope: { type: 'none', id: 'x' } } },
      { routing: { scope: { type: 'none', id: null } } },
    ],
  ])('%s', (_name, snapshot, live, wanted) => {
    expect(restoreWanted(snapshot, live)).toEqual(wanted);
  });

  test('what is written for it brings live to the snapshot, and nothing beyond', () => {
    fc.assert(
      fc.property(someArbitrarySettings, someArbitrarySettings, (snapshot, live) => {
        const blocks = makeBlocks(restoreWanted(snapshot, live), live, CONTEXT);
        const after = applyBlocks(live, blocks);
        expect(compareSettings(snapshot, after, CONTEXT)).toEqual([]);
        expect(compareSettings(restoreWanted(snapshot, after), after, CONTEXT)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
