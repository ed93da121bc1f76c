import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openSqliteRateGate } from '../../../../src/adapters/state/sqlite-rate-gate.ts';
import type { SqliteStateStore } from '../../../../src/adapters/state/sqlite-state-store.ts';
import type { RateGate, RateLimits, RequestPriority } from '../../../../src/ports/rate-gate.ts';
import { FakeClock } from '../../../support/fakes/fake-clock.ts';
import { aSqliteStore } from '../../../support/sqlite-store.ts';
import type { TestStore } from '../../../support/sqlite-store.ts';

const never = new AbortController().signal;
const MINUTE_MS = 60_000;
let memory: TestStore;
let other: SqliteStateStore;
let clients = 0;

beforeAll(async () => {
  memory = await aSqliteStore();
  other = await memory.another();
});
afterAll(() => memory.stop());

interface World {
  readonly clock: FakeClock;
  /** Two processes with one OAuth client that nobody else has. */
  readonly gates: readonly [RateGate, RateGate];
}

function aWorld(limits: RateLimits): World {
  const clock = new FakeClock();
  const client = `client-${String(++clients)}`;
  const gates = [
    openSqliteRateGate({ store: memory.store, client, clock }),
    openSqliteRateGate({ store: other, client, clock }),
  ] as const;
  for (const gate of gates) gate.configure(limits);
  return { clock, gates };
}

interface Admission {
  readonly kind: 'read' | 'write';
  readonly order: number;
  readonly gate: number;
  readonly priority: RequestPriority;
  readonly atMs: number;
}

/** The most that any span of a minute saw, its end not included. */
function busiestMinute(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Math.max(
    0,
    ...sorted.map((from) => sorted.filter((at) => at >= from && at < from + MINUTE_MS).length),
  );
}

function timesOf(admissions: readonly Admission[], kind?: 'write'): number[] {
  return admissions
    .filter((each) => kind === undefined || each.kind === kind)
    .map(({ atMs }) => atMs);
}

describe('the budget of one client in several processes', () => {
  const arrivals = fc.array(
    fc.record({
      kind: fc.constantFrom<'read' | 'write'>('read', 'read', 'write'),
      gate: fc.constantFrom<0 | 1>(0, 1),
      priority: fc.constantFrom<RequestPriority>('people', 'routine'),
      afterMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5_000 })),
      givesUpAfterMs: fc.option(fc.integer({ min: 1, max: 20_000 }), { freq: 6 }),
    }),
    { minLength: 1, maxLength: 60 },
  );
  const limits = fc.record({
    requestsPerMinute: fc.integer({ min: 4, max: 80 }),
    updatesPerMinute: fc.integer({ min: 1, max: 20 }),
  });

  test('no minute sees more than 1.25 times the requests, nor more updates than said; all come through, in turn', async () => {
    await fc.assert(
      fc.asyncProperty(limits, arrivals, async (limit, wanted) => {
        const { clock, gates } = aWorld(limit);
        const admitted: Admission[] = [];
        const gaveUp: Promise<unknown>[] = [];
        let expected = 0;
        for (const [order, { kind, gate, priority, afterMs, givesUpAfterMs }] of wanted.entries()) {
          await clock.advance(afterMs);
          const giveUp = new AbortController();
          const admission = gates[gate].admit(kind, giveUp.signal, priority).then(() => {
            admitted.push({ kind, order, gate, priority, atMs: clock.now() });
          });
          if (givesUpAfterMs === null) {
            expected += 1;
            gaveUp.push(admission);
          } else {
            gaveUp.push(admission.catch(() => undefined));
            void clock.sleep(givesUpAfterMs, never).then(() => {
              giveUp.abort(new Error('gave up'));
            });
          }
        }
        const { requestsPerMinute, updatesPerMinute } = limit;
        // enough for the slowest: everything one after the other, from an empty budget
        const minutes = wanted.length / requestsPerMinute + wanted.length / updatesPerMinute + 2;
        await clock.advance(minutes * MINUTE_MS);
        await Promise.all(gaveUp);

        const burst = Math.max(1, Math.floor(requestsPerMinute / 4));
        expect(admitted.length).toBeGreaterThanOrEqual(expected);
        expect(busiestMinute(timesOf(admitted))).toBeLessThanOrEqual(requestsPerMinute + burst);
        expect(busiestMinute(timesOf(admitted, 'write'))).toBeLessThanOrEqual(updatesPerMinute);
        for (const gate of [0, 1])
          for (const part of ['read people', 'read routine', 'write people', 'write routine']) {
            const orders = admitted.filter(
              (a) => a.gate === gate && `${a.kind} ${a.priority}` === part,
            );
            expect(orders.map(({ order }) => order)).toEqual(
              orders.map(({ order }) => order).toSorted((a, b) => a - b),
            );
          }
        expect(clock.sleepers).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  test('waiting is exact: a full line goes as fast as the limit allows, to the millisecond', async () => {
    const { clock, gates } = aWorld({ requestsPerMinute: 240, updatesPerMinute: 1000 });
    const times: number[] = [];
    const start = clock.now();
    for (let i = 0; i < 120; i += 1)
      void gates[i % 2 === 0 ? 0 : 1]
        .admit('read', never)
        .then(() => times.push(clock.now() - start));
    await clock.advance(MINUTE_MS);
    expect(times.filter((at) => at === 0)).toHaveLength(60);
    expect(times.slice(60)).toEqual(Array.from({ length: 60 }, (_, i) => (i + 1) * 250));
  });

  test('what two processes want is through when the limit allows it', async () => {
    const { clock, gates } = aWorld({ requestsPerMinute: 60, updatesPerMinute: 1000 });
    let admitted = 0;
    for (let i = 0; i < 100; i += 1)
      for (const gate of gates) void gate.admit('read', never).then(() => (admitted += 1));
    await clock.advance(184_999);
    expect(admitted).toBe(199);
    await clock.advance(1);
    expect(admitted).toBe(200);
  });
});

describe('updates', () => {
  test('all of a minute may go at once, the next when the first is a minute old', async () => {
    const { clock, gates } = aWorld({ requestsPerMinute: 1000, updatesPerMinute: 3 });
    const times: number[] = [];
    const start = clock.now();
    for (let i = 0; i < 5; i += 1) {
      void gates[0].admit('write', never).then(() => times.push(clock.now() - start));
      await clock.advance(1_000);
    }
    await clock.advance(2 * MINUTE_MS);
    expect(times).toEqual([0, 1_000, 2_000, 60_000, 61_000]);
  });

  test('reads go past a write that waits for the update budget, and nobody else does', async () => {
    const { clock, gates } = aWorld({ requestsPerMinute: 1000, updatesPerMinute: 1 });
    const order: string[] = [];
    const ask = (name: string, kind: 'read' | 'write'): void => {
      void gates[0].admit(kind, never).then(() => order.push(name));
    };
    ask('first write', 'write');
    ask('second write', 'write');
    ask('third write', 'write');
    ask('read', 'read');
    await clock.advance(0);
    ask('late read', 'read');
    await clock.advance(0);
    expect(order).toEqual(['first write', 'read', 'late read']);
    await clock.advance(2 * MINUTE_MS);
    expect(order.slice(3)).toEqual(['second write', 'third write']);
  });

  test('a write takes from both budgets or from neither', async () => {
    const { clock, gates } = aWorld({ requestsPerMinute: 4, updatesPerMinute: 1 });
    await gates[0].admit('write', never);
    let reads = 0;
    void gates[0].admit('write', never);
    for (let i = 0; i < 3; i += 1) void gates[1].admit('read', never).then(() => (reads += 1));
    // the waiting write has not taken a request: one each 15 seconds still goes to the reads
    await clock.advance(45_000);
    expect(reads).toBe(3);
  });
});

describe('the last fifth of each budget', () => {
  /** Routine floods both processes until it has to wait. */
  const flood = (gates: World['gates'], kind: 'read' | 'write', count: number): number[] => {
    const admitted: number[] = [];
    for (let i = 0; i < count; i += 1)
      for (const gate of gates)
        void gate.admit(kind, never, 'routine').then(() => admitted.push(admitted.length));
    return admitted;
  };

  test('of requests is there at once for people, however much routine there is, at any time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 10_000 }),
        async (fives, afterMs) => {
          // a burst of 5, 10, 15, …
          const burst = fives * 5;
          const { clock, gates } = aWorld({ requestsPerMinute: burst * 4, updatesPerMinute: 9999 });
          flood(gates, 'read', burst);
          await clock.advance(afterMs);
          let people = 0;
          for (let i = 0; i < burst; i += 1)
            void gates[i % 2 === 0 ? 0 : 1].admit('read', never).then(() => (people += 1));
          await clock.advance(0);
          expect(people).toBeGreaterThanOrEqual(burst / 5);
        },
      ),
      { numRuns: 15 },
    );
  });

  test.each([
    { requestsPerMinute: 240, burst: 60, routine: 48 },
    { requestsPerMinute: 20, burst: 5, routine: 4 },
    // too small to be shared
    { requestsPerMinute: 16, burst: 4, routine: 4 },
    { requestsPerMinute: 4, burst: 1, routine: 1 },
  ])('of a burst of $burst requests leaves $routine to routine', async (row) => {
    const { requestsPerMinute, burst, routine } = row;
    const { clock, gates } = aWorld({ requestsPerMinute, updatesPerMinute: 9999 });
    const admitted = flood(gates, 'read', 100);
    await clock.advance(0);
    expect(admitted).toHaveLength(routine);
    let people = 0;
    for (let i = 0; i < 100; i += 1) void gates[1].admit('read', never).then(() => (people += 1));
    await clock.advance(0);
    expect(people).toBe(burst - routine);
  });

  test.each([
    { updatesPerMinute: 30, routine: 24 },
    { updatesPerMinute: 5, routine: 4 },
    { updatesPerMinute: 4, routine: 4 },
    { updatesPerMinute: 1, routine: 1 },
  ])('of $updatesPerMinute updates leaves $routine a minute to routine', async (row) => {
    const { updatesPerMinute, routine } = row;
    const { clock, gates } = aWorld({ requestsPerMinute: 9999, updatesPerMinute });
    const admitted = flood(gates, 'write', 50);
    await clock.advance(MINUTE_MS - 1);
    expect(admitted).toHaveLength(routine);
    let people = 0;
    for (let i = 0; i < 50; i += 1) void gates[0].admit('write', never).then(() => (people += 1));
    await clock.advance(0);
    expect(people).toBe(updatesPerMinute - routine);
  });

  test('people go first in line, and routine goes on when they are through', async () => {
    const { clock, gates } = aWorld({ requestsPerMinute: 60, updatesPerMinute: 1000 });
    const order: string[] = [];
    const ask = (count: number, priority: RequestPriority): void => {
      for (let i = 0; i < count; i += 1)
        void gates[0].admit('read', never, priority).then(() => order.push(priority));
    };
    ask(14, 'routine');
    await clock.advance(0);
    expect(order).toHaveLength(12);
    ask(5, 'people');
    await clock.advance(0);
    expect(order.slice(12)).toEqual(['people', 'people', 'people']);
    await clock.advance(2_000);
    expect(order.slice(15)).toEqual(['people', 'people']);
    await clock.advance(20_000);
    expect(order.slice(17)).toEqual(['routine', 'routine']);
  });

  test('does not let routine write past a waiting write of people, but lets it read', async () => {
    const { clock, gates } = aWorld({ requestsPerMinute: 1000, updatesPerMinute: 1 });
    const order: string[] = [];
    const ask = (kind: 'read' | 'write', priority: RequestPriority): void => {
      void gates[0].admit(kind, never, priority).then(() => order.push(`${priority} ${kind}`));
    };
    ask('write', 'people');
    ask('write', 'routine');
    ask('write', 'people');
    ask('read', 'routine');
    await clock.advance(0);
    expect(order).toEqual(['people write', 'routine read']);
    await clock.advance(2 * MINUTE_MS);
    expect(order.slice(2)).toEqual(['people write', 'routine write']);
  });
});

test('the time in which somebody waited is counted once, however many wait, and while they do', async () => {
  const { clock, gates } = aWorld({ requestsPerMinute: 4, updatesPerMinute: 10 });
  await gates[0].admit('read', never);
  expect(gates[0].waitedMs).toBe(0);
  for (let i = 0; i < 3; i += 1) void gates[0].admit('read', never);
  await clock.advance(10_000);
  expect(gates[0].waitedMs).toBe(10_000);
  await clock.advance(MINUTE_MS);
  expect(gates[0].waitedMs).toBe(45_000);
  expect(gates[1].waitedMs).toBe(0);
});
