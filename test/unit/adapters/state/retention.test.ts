import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { makeSqliteParseCache } from '../../../../src/adapters/state/sqlite-parse-cache.ts';
import { aFlowId, anAuditDraft, aSnapshot } from '../../../support/builders.ts';
import { FakeClock } from '../../../support/fakes/fake-clock.ts';
import { aSqliteStore } from '../../../support/sqlite-store.ts';
import type { TestStore } from '../../../support/sqlite-store.ts';

const DAY_MS = 86_400_000;
const ORG = 'acme-prod';
let memory: TestStore;

beforeEach(async () => {
  memory = await aSqliteStore();
});
afterEach(() => memory.stop());

function countOf(table: string): number {
  const row = memory.store.database.durable.get(`select count(*) as n from ${table}`);
  return Number(row?.['n']);
}

describe('the journal', () => {
  /** Ends so many attempts, and publishes their audits if asked. */
  async function endAttempts(count: number, at: number, publish: boolean): Promise<void> {
    const { journal, outbox, database } = memory.store;
    const first = countOf('attempts') + Math.round(at);
    // one fsync instead of one each
    database.durable.exec('pragma synchronous = off');
    for (let i = 0; i < count; i += 1) {
      const attemptId = `att-${String(first + i)}`;
      const start = { attemptId, org: ORG, flowId: aFlowId(i), runId: 'run-1' };
      await journal.open({ ...start, startedAt: at, data: {} });
      await journal.close(
        attemptId,
        { from: 'gate', event: 'allow', to: 'end', at },
        { audit: anAuditDraft({ attemptId }) },
      );
    }
    if (publish) await outbox.markPublished(await outbox.pending(ORG));
  }

  test('forgets ended attempts after 30 days, with their entries, and never an open one', async () => {
    await memory.store.journal.open({
      attemptId: 'open',
      org: ORG,
      flowId: 'x',
      runId: 'run-0',
      startedAt: 0,
      data: {},
    });
    await endAttempts(150, 0, true);
    await endAttempts(49, 30 * DAY_MS, true);
    expect(countOf('attempts')).toBe(200);
    await endAttempts(1, 30 * DAY_MS, true);
    expect(countOf('attempts')).toBe(201);
    await endAttempts(100, 31 * DAY_MS, true);
    expect(countOf('attempts')).toBe(151);
    expect(countOf('journal_entries')).toBe(150);
    expect(await memory.store.journal.unfinished(ORG)).toHaveLength(1);
  });
});

describe('snapshots', () => {
  async function take(version: number): Promise<void> {
    await memory.store.snapshots.put(aSnapshot({ version }));
  }
  async function publish(): Promise<void> {
    const { outbox } = memory.store;
    await outbox.markPublished(await outbox.pending(ORG));
  }

  test('the 20 taken last of a flow are kept, whatever their versions', async () => {
    for (let version = 101; version <= 120; version += 1) await take(version);
    await publish();
    expect(countOf('snapshots')).toBe(20);
    // the flow was made anew, and its versions begin again
    await take(1);
    await publish();
    expect(countOf('snapshots')).toBe(20);
    const { snapshots } = memory.store;
    expect(await snapshots.get(ORG, aFlowId(), 1)).toBeDefined();
    expect(await snapshots.get(ORG, aFlowId(), 101)).toBeUndefined();
  });

  test('one that is not published is kept, however many came after it', async () => {
    for (let version = 1; version <= 60; version += 1) await take(version);
    expect(countOf('snapshots')).toBe(60);
    const { outbox } = memory.store;
    const pending = await outbox.pending(ORG);
    await outbox.markPublished({ ...pending, snapshots: pending.snapshots.slice(-30) });
    expect((await outbox.pending(ORG)).snapshots).toHaveLength(30);
    await publish();
    expect(countOf('snapshots')).toBe(20);
  });
});

describe('the parse cache', () => {
  const keys = (from: number, count: number): string[] =>
    Array.from({ length: count }, (_, i) => `key-${String(from + i)}`);
  const texts = (wanted: readonly string[], text = 'x'): Map<string, string> =>
    new Map(wanted.map((key) => [key, text]));

  test('keeps what was used last when there are too many', async () => {
    const clock = new FakeClock();
    const cache = makeSqliteParseCache(memory.store.database, clock, {
      maxEntries: 100,
      maxSize: 1e9,
    });
    await cache.put(texts(keys(0, 60)));
    await clock.advance(DAY_MS);
    expect((await cache.get(keys(0, 10))).size).toBe(10);
    await cache.put(texts(keys(100, 60)));
    // down to nine tenths: the 60 new ones, the 10 used today, and 20 of those not used since yesterday
    expect(countOf('parse_cache')).toBe(90);
    expect((await cache.get(keys(100, 60))).size).toBe(60);
    expect((await cache.get(keys(0, 10))).size).toBe(10);
    expect((await cache.get(keys(10, 50))).size).toBe(20);
  });

  test('keeps within its size', async () => {
    const clock = new FakeClock();
    const bounds = { maxEntries: 10, maxSize: 1000 };
    const cache = makeSqliteParseCache(memory.store.database, clock, bounds);
    await cache.put(texts(keys(0, 10), 'y'.repeat(200)));
    expect(countOf('parse_cache')).toBe(4);
    expect((await cache.get(keys(6, 4))).size).toBe(4);
  });

  test('a use is noted once a day', async () => {
    const clock = new FakeClock();
    const cache = makeSqliteParseCache(memory.store.database, clock);
    await cache.put(texts(keys(0, 1)));
    const usedOn = (): unknown =>
      memory.store.database.durable.get('select used_on from parse_cache')?.['used_on'];
    const before = Number(usedOn());
    await cache.get(keys(0, 1));
    expect(usedOn()).toBe(before);
    await clock.advance(DAY_MS);
    await cache.get(keys(0, 1));
    expect(usedOn()).toBe(before + 1);
  });
});
