import { describe, expect, test } from '@jest/globals';
import { isError } from '../../src/domain/errors.ts';
import type { StateStore } from '../../src/ports/state-store.ts';
import { aFlowId, anAuditDraft } from '../support/builders.ts';
import { anAttempt, anEntry, aRecord, codeOf, ORG } from './state-store.words.ts';
import type { Given } from './state-store.words.ts';

/** Journal: what a later process can rely on. */
export function describeJournal(given: Given): void {
  describe('journal', () => {
    test(
      'an attempt without an end is found by the next process, with its entries in order',
      given(async (open) => {
        const first = await open();
        await first.journal.open(anAttempt());
        await first.journal.append('att-1', anEntry());
        await first.journal.append('att-1', anEntry({ from: 'snapshot', data: { version: 8 } }));
        await first.close();

        const second = await open();
        const entries = [anEntry(), anEntry({ from: 'snapshot', data: { version: 8 } })];
        expect(await second.journal.unfinished(ORG)).toEqual([
          { ...anAttempt(), data: { ...anAttempt().data, version: 8 }, entries },
        ]);
      }),
    );

    test(
      'data of later entries goes over that of earlier ones, key by key',
      given(async (open) => {
        const { journal } = await open();
        await journal.open(anAttempt({ data: { a: 1, b: 1, c: 1 } }));
        await journal.append('att-1', anEntry({ data: { b: 2, c: 2 } }));
        await journal.append('att-1', anEntry({ data: { c: { deep: 3 } } }));

        const [found] = await journal.unfinished(ORG);
        expect(found?.data).toEqual({ a: 1, b: 2, c: { deep: 3 } });
      }),
    );

    test(
      'an ended attempt is finished, and one of another org is that org’s',
      given(async (open) => {
        const { journal } = await open();
        await journal.open(anAttempt());
        await journal.open(anAttempt({ attemptId: 'att-2', org: 'other' }));
        await journal.close('att-1', anEntry({ to: 'end:applied' }), {});

        expect(await journal.unfinished(ORG)).toEqual([]);
        expect(await journal.unfinished('other')).toHaveLength(1);
        expect(await journal.unfinished('nobody')).toEqual([]);
      }),
    );

    test(
      'one flow has one open attempt; the error names the one in the way',
      given(async (open) => {
        const { journal } = await open();
        await journal.open(anAttempt());
        const error: unknown = await journal
          .open(anAttempt({ attemptId: 'att-2' }))
          .catch((reason: unknown) => reason);

        if (!isError(error, 'state.attempt-open')) throw error;
        expect(error.details).toEqual({ org: ORG, flowId: aFlowId(), openAttemptId: 'att-1' });
      }),
    );

    test(
      'the same flow may be tried again after the end, other flows and orgs at once',
      given(async (open) => {
        const { journal } = await open();
        await journal.open(anAttempt());
        await journal.open(anAttempt({ attemptId: 'att-2', flowId: aFlowId(2) }));
        await journal.open(anAttempt({ attemptId: 'att-3', org: 'other' }));
        await journal.close('att-1', anEntry(), {});
        await journal.open(anAttempt({ attemptId: 'att-4' }));

        const open4 = await journal.unfinished(ORG);
        expect(open4.map(({ attemptId }) => attemptId).sort()).toEqual(['att-2', 'att-4']);
      }),
    );

    test.each([
      ['append', async ({ journal }: StateStore) => journal.append('att-1', anEntry())],
      ['close', async ({ journal }: StateStore) => journal.close('att-1', anEntry(), {})],
      ['open', async ({ journal }: StateStore) => journal.open(anAttempt())],
    ])('an ended attempt takes no %s: another process has concluded it', async (_, again) => {
      await given(async (open) => {
        const store = await open();
        await store.journal.open(anAttempt());
        await store.journal.close('att-1', anEntry(), { audit: anAuditDraft() });

        expect(await codeOf(again(store))).toBe('state.attempt-closed');
        expect((await store.outbox.pending(ORG)).audits).toHaveLength(1);
      })();
    });

    test(
      'an attempt that was never begun takes no entry',
      given(async (open) => {
        const { journal } = await open();
        expect(await codeOf(journal.append('att-9', anEntry()))).toBe('state.attempt-closed');
      }),
    );

    test(
      'the end brings the record and the audit draft with it',
      given(async (open) => {
        const { journal, flows, outbox } = await open();
        await flows.index(ORG);
        await journal.open(anAttempt());
        const record = aRecord(1, { state: 'InSync', liveVersion: 8 });
        await journal.close('att-1', anEntry(), { record, audit: anAuditDraft() });

        expect((await flows.load(ORG, [aFlowId()])).get(aFlowId())).toEqual(record);
        expect((await flows.index(ORG)).get(aFlowId())?.liveVersion).toBe(8);
        expect(await outbox.pending(ORG)).toMatchObject({
          statuses: [record.status],
          audits: [anAuditDraft()],
        });
      }),
    );
  });
}
