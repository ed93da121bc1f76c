import { describe, expect, test } from '@jest/globals';
import { hashOf } from '../../src/domain/hash.ts';
import type { FlowRecord } from '../../src/ports/state-store.ts';
import { aFlowId, aFlowRecord, aFlowStatus, aSnapshot } from '../support/builders.ts';
import { anOrgStatus, aRecord, ORG } from './state-store.words.ts';
import type { Given } from './state-store.words.ts';

/** Snapshots, records and the parse cache: what was put comes back. */
export function describeRecords(given: Given): void {
  describe('snapshots', () => {
    test(
      'what was put comes back, also in the next process',
      given(async (open) => {
        const first = await open();
        const settings = { routing: { 'ü\n"\u2028': [1, 1.5, true, null, {}, []] } };
        const snapshot = aSnapshot({ settings, hash: hashOf(settings) });
        await first.snapshots.put(snapshot);
        await first.close();

        const { snapshots } = await open();
        expect(await snapshots.get(ORG, aFlowId(), snapshot.version)).toEqual(snapshot);
      }),
    );

    test.each([
      ['another version', ORG, aFlowId(), 8],
      ['another flow', ORG, aFlowId(2), 7],
      ['another org', 'other', aFlowId(), 7],
    ])('%s has none', async (_, org, flowId, version) => {
      await given(async (open) => {
        const { snapshots } = await open();
        await snapshots.put(aSnapshot({ version: 7 }));
        expect(await snapshots.get(org, flowId, version)).toBeUndefined();
      })();
    });

    test(
      'putting a version again replaces it, and publishes it again',
      given(async (open) => {
        const { snapshots, outbox } = await open();
        await snapshots.put(aSnapshot({ version: 7 }));
        const given7 = await outbox.pending(ORG);
        const again = aSnapshot({ version: 7, settings: { routing: { maxWaitTime: 1 } } });
        await snapshots.put(again);
        await outbox.markPublished(given7);

        expect(await snapshots.get(ORG, aFlowId(), 7)).toEqual(again);
        expect((await outbox.pending(ORG)).snapshots).toEqual([again]);
      }),
    );

    test(
      'are pending in the order in which they were taken, until they are published',
      given(async (open) => {
        const { snapshots, outbox } = await open();
        for (const version of [9, 2, 5]) await snapshots.put(aSnapshot({ version }));
        const pending = await outbox.pending(ORG);
        expect(pending.snapshots.map(({ version }) => version)).toEqual([9, 2, 5]);

        await outbox.markPublished(pending);
        expect((await outbox.pending(ORG)).snapshots).toEqual([]);
        expect(await snapshots.get(ORG, aFlowId(), 2)).toBeDefined();
      }),
    );
  });

  describe('flow records', () => {
    test(
      'come back whole, with and without what is optional, also in the next process',
      given(async (open) => {
        const first = await open();
        const bare: FlowRecord = {
          flowId: aFlowId(1),
          status: aFlowStatus({ flowId: aFlowId(1) }),
          pastHashes: [],
        };
        const full: FlowRecord = {
          ...aFlowRecord({ flowId: aFlowId(2) }),
          pastHashes: ['a'.repeat(64), 'b'.repeat(64)],
          lastUpdateAt: 1_790_000_000_123,
          heldBack: { hash: 'c'.repeat(64), reason: 'rolled back' },
          fight: {
            hash: 'd'.repeat(64),
            corrections: [{ at: 1_790_000_000_000, by: 'Ann' }, { at: 1_790_000_000_123 }],
            breaker: { openedAt: 1_790_000_000_200, pauseMs: 60_000, probed: true, calmSince: 5 },
          },
        };
        await first.flows.save(ORG, [bare, full]);
        await first.close();

        const { flows } = await open();
        const found = await flows.load(ORG, [aFlowId(1), aFlowId(2), aFlowId(3)]);
        expect(new Map(found)).toEqual(
          new Map([
            [aFlowId(1), bare],
            [aFlowId(2), full],
          ]),
        );
      }),
    );

    test(
      'what is saved again is replaced whole',
      given(async (open) => {
        const { flows } = await open();
        const { flowId, status, pastHashes } = aRecord(1);
        const without = { flowId, status, pastHashes };
        await flows.save(ORG, [
          {
            ...aRecord(1),
            heldBack: { hash: 'x', reason: 'y' },
            fight: { hash: 'x', corrections: [] },
            lastUpdateAt: 5,
          },
        ]);
        await flows.save(ORG, [without]);
        expect((await flows.load(ORG, [aFlowId(1)])).get(aFlowId(1))).toEqual(without);
      }),
    );

    test(
      'the index follows every save and removal',
      given(async (open) => {
        const { flows } = await open();
        expect((await flows.index(ORG)).size).toBe(0);
        await flows.save(ORG, [aRecord(1), aRecord(2)]);
        await flows.save(ORG, [aRecord(1, { state: 'Drifted', liveVersion: 12 })]);
        await flows.remove(ORG, [aFlowId(2)]);

        const index = await flows.index(ORG);
        expect([...index.keys()]).toEqual([aFlowId(1)]);
        expect(index.get(aFlowId(1))).toMatchObject({ state: 'Drifted', liveVersion: 12 });
        expect((await flows.index('other')).size).toBe(0);
      }),
    );

    test(
      'an index that was given out does not change under its reader',
      given(async (open) => {
        const { flows } = await open();
        await flows.save(ORG, [aRecord(1), aRecord(2)]);
        const before = await flows.index(ORG);
        await flows.save(ORG, [aRecord(3)]);
        await flows.remove(ORG, [aFlowId(1)]);

        expect([...before.keys()].sort()).toEqual([aFlowId(1), aFlowId(2)]);
        expect([...(await flows.index(ORG)).keys()].sort()).toEqual([aFlowId(2), aFlowId(3)]);
      }),
    );

    test.each([
      { conditions: [], expected: false },
      { conditions: [{ type: 'Ready', status: true }], expected: false },
      { conditions: [{ type: 'Ready', status: false }], expected: true },
      {
        conditions: [
          { type: 'Ready', status: true },
          { type: 'ReloadPending', status: true },
        ],
        expected: true,
      },
    ] as const)('the index says whether a condition is listed: $expected', async (row) => {
      await given(async (open) => {
        const { flows } = await open();
        const conditions = row.conditions.map((condition) => ({
          ...condition,
          reason: 'x',
          since: '2026-11-24T09:30:00.000Z',
        }));
        await flows.save(ORG, [aRecord(1, { conditions })]);
        expect((await flows.index(ORG)).get(aFlowId(1))?.hasConditions).toBe(row.expected);
      })();
    });

    test(
      'many thousand ids are loaded at once',
      given(async (open) => {
        const { flows } = await open();
        const records = Array.from({ length: 3 }, (_, i) => aRecord(i + 1));
        await flows.save(ORG, records);
        const ids = Array.from({ length: 40_000 }, (_, i) => aFlowId(i + 1));
        expect((await flows.load(ORG, ids)).size).toBe(3);
        expect((await flows.load(ORG, [])).size).toBe(0);
      }),
    );

    test(
      'the status of the org comes back',
      given(async (open) => {
        const { flows } = await open();
        expect(await flows.loadOrg(ORG)).toBeUndefined();
        await flows.save(ORG, [aRecord(1)]);
        expect(await flows.loadOrg(ORG)).toBeUndefined();
        await flows.saveOrg(anOrgStatus({ state: 'Held', reason: 'mass change' }));
        expect(await flows.loadOrg(ORG)).toEqual(
          anOrgStatus({ state: 'Held', reason: 'mass change' }),
        );
      }),
    );
  });

  describe('parse cache', () => {
    test(
      'gives what was put, replaced by what was put later, and nothing else',
      given(async (open) => {
        const { parseCache } = await open();
        await parseCache.put(
          new Map([
            ['a', '1'],
            ['b', 'ü"\n'],
          ]),
        );
        await parseCache.put(new Map([['a', '2']]));
        expect(new Map(await parseCache.get(['a', 'b', 'c', "'; drop table x"]))).toEqual(
          new Map([
            ['a', '2'],
            ['b', 'ü"\n'],
          ]),
        );
        expect((await parseCache.get([])).size).toBe(0);
      }),
    );
  });
}
