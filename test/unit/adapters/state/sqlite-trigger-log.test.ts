import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openSqliteTriggerLog } from '../../../../src/adapters/state/sqlite-trigger-log.ts';
import { aRunEntry } from '../../../support/run-entries.ts';
import { aSqliteStore } from '../../../support/sqlite-store.ts';
import type { TestStore } from '../../../support/sqlite-store.ts';

let memory: TestStore;

beforeEach(async () => {
  memory = await aSqliteStore();
  // one fsync instead of one each
  memory.store.database.durable.exec('pragma synchronous = off');
});
afterEach(() => memory.stop());

function countOf(table: string, where = 'true'): number {
  const row = memory.store.database.durable.get(
    `select count(*) as n from ${table} where ${where}`,
  );
  return Number(row?.['n']);
}

test('runs that did nothing push no run out that did something, and both are bounded', async () => {
  const log = openSqliteTriggerLog(memory.store);
  for (let i = 0; i < 510; i += 1)
    await log.runEnded(aRunEntry({ runId: `busy-${String(i)}`, outcomes: { applied: 1 } }), i);
  for (let i = 0; i < 150; i += 1)
    await log.runEnded(aRunEntry({ runId: `calm-${String(i)}` }), undefined);
  expect([countOf('runs', 'is_calm = 0'), countOf('runs', 'is_calm = 1')]).toEqual([500, 100]);
  const runs = await log.runs('acme-prod', 1000);
  expect(runs[0]?.runId).toBe('calm-149');
  expect(runs.at(-1)?.runId).toBe('busy-10');
});

test('answered triggers are forgotten in time, waiting ones never, and numbers go on', async () => {
  const log = openSqliteTriggerLog(memory.store);
  const many = Array.from({ length: 300 }, () => ({
    org: 'acme-prod',
    reason: 'push' as const,
    at: 1,
  }));
  const numbers = await log.accept(many);
  expect(countOf('triggers')).toBe(300);
  await log.runEnded(aRunEntry({ runId: 'run-1' }), numbers[279]);
  expect(countOf('triggers', 'answered_by is not null')).toBe(200);
  expect(await log.pending('acme-prod')).toHaveLength(20);
  await log.runEnded(aRunEntry({ runId: 'run-2' }), numbers.at(-1));
  const [next] = await log.accept([{ org: 'acme-prod', reason: 'start', at: 2 }]);
  expect(next).toBe(301);
});
