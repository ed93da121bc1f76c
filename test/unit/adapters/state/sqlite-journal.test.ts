import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { aFlowId, aFlowRecord, anAuditDraft } from '../../../support/builders.ts';
import { aSqliteStore } from '../../../support/sqlite-store.ts';
import type { TestStore } from '../../../support/sqlite-store.ts';

const ORG = 'acme-prod';
let memory: TestStore;

beforeEach(async () => {
  memory = await aSqliteStore();
});
afterEach(() => memory.stop());

test.each(['journal_entries', 'audits', 'flow_bodies', 'orgs'])(
  'an end that fails half-way (at %s) leaves nothing of it, and can be repeated',
  async (table) => {
    const { journal, flows, outbox, database } = memory.store;
    const start = { attemptId: 'att-1', org: ORG, flowId: aFlowId(), runId: 'run-1', startedAt: 1 };
    const entry = { from: 'verify', event: 'match', to: 'end:applied', at: 2 };
    const result = { record: aFlowRecord(), audit: anAuditDraft({ attemptId: 'att-1' }) };
    await journal.open({ ...start, data: {} });
    expect((await flows.index(ORG)).size).toBe(0);

    database.durable.exec(
      `create trigger broken before insert on ${table} begin select raise(abort, 'broken'); end`,
    );
    await expect(journal.close('att-1', entry, result)).rejects.toMatchObject({
      name: 'FlowkeeperError',
    });
    database.durable.exec('drop trigger broken');

    expect(await journal.unfinished(ORG)).toEqual([{ ...start, data: {}, entries: [] }]);
    expect((await flows.index(ORG)).size).toBe(0);
    expect(await outbox.pending(ORG)).toMatchObject({ statuses: [], audits: [] });

    await journal.close('att-1', entry, result);
    expect((await flows.index(ORG)).size).toBe(1);
    expect((await outbox.pending(ORG)).audits).toHaveLength(1);
  },
);

test('only one of two processes opens an attempt on a flow', async () => {
  const { journal: ours } = memory.store;
  const { journal: theirs } = await memory.another();
  const start = { org: ORG, flowId: aFlowId(), runId: 'run-1', startedAt: 1, data: {} };
  await theirs.open({ ...start, attemptId: 'att-theirs' });
  await expect(ours.open({ ...start, attemptId: 'att-ours' })).rejects.toMatchObject({
    code: 'state.attempt-open',
    details: { openAttemptId: 'att-theirs' },
  });
});
