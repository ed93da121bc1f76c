import { describe, expect, test } from '@jest/globals';
import { aFlowId, anAuditDraft } from '../support/builders.ts';
import { anAttempt, anEntry, anOrgStatus, aRecord, idsOf, ORG } from './state-store.words.ts';
import type { Given } from './state-store.words.ts';

/** Outbox: what the status branch does not have yet, exactly. */
export function describeOutbox(given: Given): void {
  describe('outbox', () => {
    test(
      'a new status waits, a published one does not, nor one saved again unchanged',
      given(async (open) => {
        const { flows, outbox } = await open();
        await flows.save(ORG, [aRecord(2), aRecord(1)]);
        expect(idsOf(await outbox.pending(ORG))).toEqual([aFlowId(1), aFlowId(2)]);
        await outbox.markPublished(await outbox.pending(ORG));
        await flows.save(ORG, [{ ...aRecord(1), lastUpdateAt: 77 }]);
        expect(idsOf(await outbox.pending(ORG))).toEqual([]);
      }),
    );

    test(
      'the order of keys is no change',
      given(async (open) => {
        const { flows, outbox } = await open();
        await flows.save(ORG, [aRecord(1)]);
        await outbox.markPublished(await outbox.pending(ORG));
        const { status } = aRecord(1);
        const turned = Object.fromEntries(Object.entries(status).reverse()) as typeof status &
          Record<string, never>;
        await flows.save(ORG, [{ ...aRecord(1), status: turned }]);
        expect(idsOf(await outbox.pending(ORG))).toEqual([]);
      }),
    );

    test(
      'a status that changed since it was given stays pending, and so does one that came back',
      given(async (open) => {
        const { flows, outbox } = await open();
        await flows.save(ORG, [aRecord(1, { state: 'InSync' })]);
        await outbox.markPublished(await outbox.pending(ORG));
        await flows.save(ORG, [aRecord(1, { state: 'Drifted' })]);
        const drifted = await outbox.pending(ORG);
        await flows.save(ORG, [aRecord(1, { state: 'Stuck' })]);
        await outbox.markPublished(drifted);
        expect((await outbox.pending(ORG)).statuses[0]?.state).toBe('Stuck');

        // the branch has Drifted now: what was published before that counts no more
        await flows.save(ORG, [aRecord(1, { state: 'InSync' })]);
        expect((await outbox.pending(ORG)).statuses[0]?.state).toBe('InSync');
        await flows.save(ORG, [aRecord(1, { state: 'Drifted' })]);
        expect(idsOf(await outbox.pending(ORG))).toEqual([]);
      }),
    );

    test(
      'a status of which it is not known whether it was pushed stays pending, even when it is again what was published before',
      given(async (open) => {
        const { flows, outbox } = await open();
        const save = async (state: 'InSync' | 'Drifted'): Promise<void> => {
          await flows.save(ORG, [aRecord(1, { state }), aRecord(2)]);
          await flows.saveOrg(anOrgStatus({ state: state === 'InSync' ? 'Ready' : 'Held' }));
        };
        await save('InSync');
        await outbox.markPublished(await outbox.begin(ORG));
        await save('Drifted');
        const pushed = await outbox.begin(ORG);
        expect(pushed).toEqual(await outbox.pending(ORG));

        await save('InSync');
        const pending = await outbox.pending(ORG);
        expect([idsOf(pending), pending.orgStatus]).toEqual([[aFlowId(1)], anOrgStatus()]);
        await outbox.markPublished(pending);
        expect(await outbox.pending(ORG)).toMatchObject({ statuses: [] });
        expect((await outbox.pending(ORG)).orgStatus).toBeUndefined();
      }),
    );

    test(
      'a removed flow is told once, and not when it came back',
      given(async (open) => {
        const { flows, outbox } = await open();
        await flows.save(ORG, [aRecord(1), aRecord(2)]);
        await outbox.markPublished(await outbox.pending(ORG));
        await flows.remove(ORG, [aFlowId(2), aFlowId(1)]);
        expect((await outbox.pending(ORG)).removed).toEqual([aFlowId(1), aFlowId(2)]);

        await flows.save(ORG, [aRecord(1)]);
        const pending = await outbox.pending(ORG);
        expect([idsOf(pending), pending.removed]).toEqual([[aFlowId(1)], [aFlowId(2)]]);
        await outbox.markPublished(pending);
        expect(await outbox.pending(ORG)).toEqual({
          org: ORG,
          statuses: [],
          removed: [],
          audits: [],
          snapshots: [],
        });
      }),
    );

    test(
      'a flow removed while its status was being published is still to be removed',
      given(async (open) => {
        const { flows, outbox } = await open();
        await flows.save(ORG, [aRecord(1)]);
        const pending = await outbox.pending(ORG);
        await flows.remove(ORG, [aFlowId(1)]);
        await outbox.markPublished(pending);
        expect(await outbox.pending(ORG)).toMatchObject({ statuses: [], removed: [aFlowId(1)] });
      }),
    );

    test(
      'audit drafts come in the order in which they happened, each until it is published',
      given(async (open) => {
        const { journal, outbox } = await open();
        const end = async (n: number): Promise<void> => {
          const attemptId = `att-${String(n)}`;
          await journal.open(anAttempt({ attemptId, flowId: aFlowId(n) }));
          await journal.close(attemptId, anEntry(), { audit: anAuditDraft({ attemptId }) });
        };
        for (const n of [3, 1, 2]) await end(n);
        const pending = await outbox.pending(ORG);
        expect(pending.audits.map(({ attemptId }) => attemptId)).toEqual([
          'att-3',
          'att-1',
          'att-2',
        ]);
        await end(4);
        await outbox.markPublished(pending);
        expect((await outbox.pending(ORG)).audits.map(({ attemptId }) => attemptId)).toEqual([
          'att-4',
        ]);
        expect((await outbox.pending('other')).audits).toEqual([]);
      }),
    );

    test(
      'audit records of what was no attempt come with the records they are about, and once',
      given(async (open) => {
        const { flows, journal, outbox } = await open();
        await journal.open(anAttempt());
        await journal.close('att-1', anEntry(), { audit: anAuditDraft({ attemptId: 'att-1' }) });
        const event = anAuditDraft({ attemptId: 'evt-1', event: 'flow.fighting' });
        await flows.save(ORG, [aRecord(1)], [event]);
        await flows.save(ORG, [], [anAuditDraft({ attemptId: 'evt-2' })]);

        const pending = await outbox.pending(ORG);
        expect(pending.audits.map(({ attemptId }) => attemptId)).toEqual([
          'att-1',
          'evt-1',
          'evt-2',
        ]);
        expect(pending.audits[1]).toEqual(event);
        expect(idsOf(pending)).toEqual([aFlowId(1)]);
        await outbox.markPublished(pending);
        expect((await outbox.pending(ORG)).audits).toEqual([]);
      }),
    );

    test(
      'the status of the org waits while it differs from what was published',
      given(async (open) => {
        const { flows, outbox } = await open();
        await flows.saveOrg(anOrgStatus());
        const pending = await outbox.pending(ORG);
        expect(pending.orgStatus).toEqual(anOrgStatus());
        await flows.saveOrg(anOrgStatus({ state: 'Held' }));
        await outbox.markPublished(pending);
        expect((await outbox.pending(ORG)).orgStatus).toEqual(anOrgStatus({ state: 'Held' }));
        await outbox.markPublished(await outbox.pending(ORG));
        expect((await outbox.pending(ORG)).orgStatus).toBeUndefined();
      }),
    );

    test(
      'is still there in the next process',
      given(async (open) => {
        const first = await open();
        await first.flows.save(ORG, [aRecord(1)]);
        await first.journal.open(anAttempt());
        await first.journal.close('att-1', anEntry(), { audit: anAuditDraft() });
        const before = await first.outbox.pending(ORG);
        await first.close();
        expect(await (await open()).outbox.pending(ORG)).toEqual(before);
      }),
    );
  });
}
