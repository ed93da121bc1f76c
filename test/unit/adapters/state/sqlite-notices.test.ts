import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openSqliteNotices } from '../../../../src/adapters/state/sqlite-notices.ts';
import type { FlowStatus } from '../../../../src/domain/flow-status.ts';
import type { NewNotice, News, NoticeStore } from '../../../../src/ports/notice-store.ts';
import { aFlowId, aFlowRecord, aFlowStatus } from '../../../support/builders.ts';
import { aSqliteStore } from '../../../support/sqlite-store.ts';
import type { TestStore } from '../../../support/sqlite-store.ts';

const ORG = 'acme-prod';
const NOTHING = { notices: [], raised: [], cleared: [] };

let memory: TestStore;
let notices: NoticeStore;

beforeEach(async () => {
  memory = await aSqliteStore();
  // one fsync instead of one each
  memory.store.database.durable.exec('pragma synchronous = off');
  notices = openSqliteNotices(memory.store);
});
afterEach(() => memory.stop());

function save(n: number, status: Partial<FlowStatus>): Promise<void> {
  const flowId = aFlowId(n);
  return memory.store.flows.save(ORG, [
    aFlowRecord({ flowId, status: aFlowStatus({ flowId, org: ORG, ...status }) }),
  ]);
}

function aNotice(n: number, overrides: Partial<NewNotice> = {}): NewNotice {
  const noticeId = `ntc-${String(n)}`;
  return { noticeId, destination: 'ops', org: ORG, body: { n }, createdAt: 1_000, ...overrides };
}

async function put(...all: readonly NewNotice[]): Promise<void> {
  const nothing = { org: ORG, flows: [], alerts: [], gone: [] };
  expect(await notices.tell(nothing, { ...NOTHING, notices: all })).toBe(true);
}

function shown({ flows }: News): unknown {
  return flows.map(({ status, before, wasApplied }) => [status.state, before, wasApplied]);
}

describe('news', () => {
  test('is what changed since it was told, and nothing else', async () => {
    await save(1, { state: 'InSync' });
    await save(2, { state: 'Failed' });
    const first = await notices.news(ORG);
    // a flow that begins in sync is news to nobody
    expect(shown(first)).toEqual([['Failed', undefined, false]]);
    expect(await notices.tell(first, NOTHING)).toBe(true);
    expect(shown(await notices.news(ORG))).toEqual([]);

    await save(1, { state: 'InSync', liveVersion: 99 });
    await save(2, { state: 'InSync' });
    expect(shown(await notices.news(ORG))).toEqual([['InSync', 'Failed', false]]);
  });

  test('a write is news though the state stays', async () => {
    const outcome = { runId: 'run-1', latencyMs: 1, steps: {} };
    const at = (minute: number): string => `2026-11-24T08:0${String(minute)}:00.000Z`;
    await save(1, { state: 'InSync', lastOutcome: { ...outcome, status: 'applied', at: at(1) } });
    await notices.tell(await notices.news(ORG), NOTHING);
    await save(1, { state: 'InSync', lastOutcome: { ...outcome, status: 'applied', at: at(2) } });
    const news = await notices.news(ORG);
    expect(shown(news)).toEqual([['InSync', 'InSync', true]]);
    await notices.tell(news, NOTHING);
    await save(1, { state: 'Failed', lastOutcome: { ...outcome, status: 'failed', at: at(3) } });
    expect(shown(await notices.news(ORG))).toEqual([['Failed', 'InSync', false]]);
  });

  test('what changes again while it is being told stays news', async () => {
    await save(1, { state: 'Failed' });
    const news = await notices.news(ORG);
    await save(1, { state: 'Stuck' });
    expect(await notices.tell(news, NOTHING)).toBe(true);
    expect(shown(await notices.news(ORG))).toEqual([['Stuck', 'Failed', false]]);
  });

  test('of two processes that tell the same, one does', async () => {
    await save(1, { state: 'Failed' });
    const other = openSqliteNotices(await memory.another());
    const [mine, theirs] = [await notices.news(ORG), await other.news(ORG)];
    expect(await other.tell(theirs, { ...NOTHING, notices: [aNotice(1)] })).toBe(true);
    expect(await notices.tell(mine, { ...NOTHING, notices: [aNotice(2)] })).toBe(false);
    expect((await notices.counts())[0]).toMatchObject({ waiting: 1 });
  });

  test('alerts are kept until they are cleared, also of flows that are gone', async () => {
    await save(1, { state: 'Stuck' });
    const raised = [
      { destination: 'ops', flowId: aFlowId(1), state: 'Stuck' },
      { destination: 'ops', state: 'Held' },
    ];
    await notices.tell(await notices.news(ORG), { ...NOTHING, raised });
    expect((await notices.news(ORG)).alerts).toEqual(expect.arrayContaining(raised));
    expect((await notices.news(ORG)).gone).toEqual([]);
    await memory.store.flows.remove(ORG, [aFlowId(1)]);
    const news = await notices.news(ORG);
    expect(news.gone).toEqual([aFlowId(1)]);
    await notices.tell(news, { ...NOTHING, cleared: raised });
    expect(await notices.news(ORG)).toMatchObject({ alerts: [], gone: [] });
  });

  test('of the org, its state', async () => {
    const status = { org: ORG, since: '2026-11-24T08:00:00.000Z', unmanaged: [], faults: [] };
    await memory.store.flows.saveOrg({ ...status, state: 'Ready' });
    await notices.tell(await notices.news(ORG), NOTHING);
    expect((await notices.news(ORG)).orgNews).toBeUndefined();
    await memory.store.flows.saveOrg({ ...status, state: 'Held' });
    expect((await notices.news(ORG)).orgNews).toMatchObject({ before: 'Ready' });
  });

  test('flows of a revision are counted by state', async () => {
    const desiredRevision = 'a'.repeat(40);
    await save(1, { state: 'InSync', desiredRevision });
    await save(2, { state: 'Failed', desiredRevision });
    await save(3, { state: 'Failed', desiredRevision: 'b'.repeat(40) });
    expect(await notices.flowsOf(ORG, desiredRevision)).toEqual(
      new Map([
        ['Failed', 1],
        ['InSync', 1],
      ]),
    );
  });
});

describe('what waits', () => {
  const claim = (now: number, destination = 'ops', count = 10): Promise<string[]> =>
    notices
      .claim(destination, { now, claimMs: 100, count })
      .then((all) => all.map(({ noticeId }) => noticeId));

  test('comes in order for each org, and one org does not wait for another', async () => {
    await put(
      aNotice(1),
      aNotice(2),
      aNotice(3, { org: 'other' }),
      aNotice(4, { destination: 'x' }),
    );
    expect(await claim(1_000)).toEqual(['ntc-1', 'ntc-3']);
    await notices.postponed('ntc-1', { dueAt: 5_000, trouble: 'away' });
    await notices.delivered('ntc-3');
    // the second waits for the first, however long that takes
    expect(await claim(4_999)).toEqual([]);
    expect(await notices.nextDueAt('ops')).toBe(5_000);
    expect(await claim(5_000)).toEqual(['ntc-1']);
    await notices.delivered('ntc-1');
    expect(await claim(5_000)).toEqual(['ntc-2']);
    expect(await notices.nextDueAt('x')).toBe(1_000);
  });

  test('is for one process at a time, until that must have died', async () => {
    await put(aNotice(1));
    const other = openSqliteNotices(await memory.another());
    expect(await claim(1_000)).toEqual(['ntc-1']);
    const limits = { claimMs: 100, count: 10 };
    expect(await other.claim('ops', { ...limits, now: 1_099 })).toEqual([]);
    expect(await other.nextDueAt('ops')).toBe(1_100);
    expect(await other.claim('ops', { ...limits, now: 1_100 })).toMatchObject([
      { noticeId: 'ntc-1', attempts: 0, body: { n: 1 } },
    ]);
  });

  test('what is given up lets the next one through, is kept to look at, and can be revived', async () => {
    await put(aNotice(1), aNotice(2));
    await claim(1_000);
    await notices.gaveUp('ntc-1', { at: 1_000, trouble: 'it answered 400' });
    expect(await notices.counts()).toEqual([
      { destination: 'ops', waiting: 1, dead: 1, trouble: 'it answered 400' },
    ]);
    expect(await claim(1_000)).toEqual(['ntc-2']);
    await notices.delivered('ntc-2');
    expect(await notices.nextDueAt('ops')).toBeUndefined();
    // at once: nobody is at work on it
    expect(await notices.revive('ops', 1_001)).toBe(1);
    expect(await claim(1_001)).toEqual(['ntc-1']);
  });

  test('of those that were given up the last hundred are kept', async () => {
    const all = Array.from({ length: 105 }, (_, i) => aNotice(i));
    await put(...all);
    for (const { noticeId } of all) await notices.gaveUp(noticeId, { at: 1, trouble: 'no' });
    expect((await notices.counts())[0]).toMatchObject({ dead: 100 });
    await notices.revive('ops', 2_000);
    expect(await claim(2_000)).toEqual(['ntc-5']);
  });
});

test('what waits for a destination that is no more is given up, and that of others is not', async () => {
  await put(aNotice(1), aNotice(2), aNotice(3, { destination: 'other' }));
  expect(await notices.abandon('ops', { at: 1, trouble: 'no such destination' })).toBe(2);
  expect(await notices.counts()).toEqual([
    { destination: 'ops', waiting: 0, dead: 2, trouble: 'no such destination' },
    { destination: 'other', waiting: 1, dead: 0 },
  ]);
});

describe('slots of a schedule', () => {
  test('each is done once, and none after a later one', async () => {
    expect(await notices.lastSlotAt(ORG)).toBeUndefined();
    expect(await notices.endSlot(ORG, 2_000, [aNotice(1)])).toBe(true);
    expect(await notices.endSlot(ORG, 2_000, [aNotice(2)])).toBe(false);
    expect(await notices.endSlot(ORG, 1_000, [aNotice(3)])).toBe(false);
    expect(await notices.lastSlotAt(ORG)).toBe(2_000);
    expect((await notices.counts())[0]).toMatchObject({ waiting: 1 });
  });
});

describe('what was told of a commit', () => {
  test('is the last thing', async () => {
    const told = { revision: 'a'.repeat(40), state: 'pending', text: 'a run has started' } as const;
    expect(await notices.toldCommit(ORG)).toBeUndefined();
    await notices.tellCommit(ORG, told, aNotice(1));
    await notices.tellCommit(ORG, { ...told, state: 'success' }, aNotice(2));
    expect(await notices.toldCommit(ORG)).toEqual({ ...told, state: 'success' });
    expect((await notices.counts())[0]).toMatchObject({ waiting: 2 });
  });
});
