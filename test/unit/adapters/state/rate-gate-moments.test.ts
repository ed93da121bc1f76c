import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openSqliteRateGate } from '../../../../src/adapters/state/sqlite-rate-gate.ts';
import type { SqliteStateStore } from '../../../../src/adapters/state/sqlite-state-store.ts';
import type { RateGate, RateLimits } from '../../../../src/ports/rate-gate.ts';
import { FakeClock } from '../../../support/fakes/fake-clock.ts';
import { aSqliteStore } from '../../../support/sqlite-store.ts';
import type { TestStore } from '../../../support/sqlite-store.ts';

const never = new AbortController().signal;
const OFF = Number.POSITIVE_INFINITY;
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

describe('a silence that the service asked for', () => {
  test('holds everyone, also in other processes and those already waiting, exactly as long', async () => {
    const { clock, gates } = aWorld({ requestsPerMinute: 4, updatesPerMinute: 10 });
    const times: number[] = [];
    const start = clock.now();
    const ask = (gate: 0 | 1): void => {
      void gates[gate].admit('read', never).then(() => times.push(clock.now() - start));
    };
    ask(0);
    ask(0);
    await clock.advance(10_000);
    await gates[1].stall(start + 40_000);
    await gates[0].stall(start + 20_000);
    ask(1);
    await clock.advance(29_999);
    expect(times).toEqual([0]);
    await clock.advance(1);
    expect(times).toEqual([0, 40_000]);
    await clock.advance(15_000);
    expect(times).toEqual([0, 40_000, 55_000]);
  });

  test('outlives the process that was asked', async () => {
    const { clock, gates } = aWorld({ requestsPerMinute: 240, updatesPerMinute: 30 });
    await gates[0].stall(clock.now() + 5_000);
    let isIn = false;
    void gates[1].admit('write', never).then(() => (isIn = true));
    await clock.advance(4_999);
    expect(isIn).toBe(false);
    await clock.advance(1);
    expect(isIn).toBe(true);
  });
});

describe('a clock that is set back by an hour', () => {
  test.each([
    { name: 'requests', limits: { requestsPerMinute: 4, updatesPerMinute: 99 }, withinMs: 15_001 },
    { name: 'updates', limits: { requestsPerMinute: 99, updatesPerMinute: 1 }, withinMs: 62_000 },
  ])('does not make $name wait for the old time', async ({ limits, withinMs }) => {
    const { clock, gates } = aWorld(limits);
    await gates[0].admit('write', never);
    clock.jump(-3_600_000);
    let isIn = false;
    void gates[1].admit('write', never).then(() => (isIn = true));
    await clock.advance(withinMs);
    expect(isIn).toBe(true);
  });

  test('leaves a silence as long as was asked', async () => {
    const { clock, gates } = aWorld({ requestsPerMinute: 240, updatesPerMinute: 30 });
    await gates[0].stall(clock.now() + 30_000);
    clock.jump(-3_600_000);
    let isIn = false;
    void gates[1].admit('read', never).then(() => (isIn = true));
    await clock.advance(29_999);
    expect(isIn).toBe(false);
    await clock.advance(2);
    expect(isIn).toBe(true);
  });
});

describe('no limit', () => {
  test.each([OFF, 1_000_000])(
    '%p a minute admits at once and does not touch the state file',
    async (perMinute) => {
      const clock = new FakeClock();
      const touched: string[] = [];
      const relaxed = new Proxy(memory.store.database.relaxed, {
        get: (target, name) => {
          touched.push(String(name));
          return Reflect.get(target, name) as unknown;
        },
      });
      const store = { database: { ...memory.store.database, relaxed } };
      const gate = openSqliteRateGate({ store, client: 'off', clock });
      gate.configure({ requestsPerMinute: perMinute, updatesPerMinute: perMinute });
      for (let i = 0; i < 10_000; i += 1) await gate.admit(i % 2 ? 'read' : 'write', never);
      expect(touched).toEqual([]);
    },
  );

  test('is still silent when the service asks', async () => {
    const { clock, gates } = aWorld({ requestsPerMinute: OFF, updatesPerMinute: OFF });
    await gates[0].stall(clock.now() + 1_000);
    let isIn = false;
    void gates[0].admit('read', never).then(() => (isIn = true));
    await clock.advance(999);
    expect(isIn).toBe(false);
    await clock.advance(1);
    expect(isIn).toBe(true);
  });

  test('updates alone may be limited', async () => {
    const { clock, gates } = aWorld({ requestsPerMinute: OFF, updatesPerMinute: 1 });
    const admitted: string[] = [];
    for (const kind of ['write', 'write', 'read'] as const)
      void gates[0].admit(kind, never).then(() => admitted.push(kind));
    await clock.advance(0);
    expect(admitted).toEqual(['write', 'read']);
  });
});

describe('giving up', () => {
  test('rejects with the reason at once, leaves no timer and no reservation', async () => {
    const { clock, gates } = aWorld({ requestsPerMinute: 4, updatesPerMinute: 10 });
    await gates[0].admit('read', never);
    const giveUp = new AbortController();
    const reason = new Error('enough');
    const waiting = gates[0].admit('read', giveUp.signal);
    await clock.advance(1_000);
    giveUp.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    await clock.advance(0);
    expect(clock.sleepers).toBe(0);
    let isIn = false;
    void gates[0].admit('read', never).then(() => (isIn = true));
    await clock.advance(14_000);
    expect(isIn).toBe(true);
  });

  test('a new limit counts for those who already wait', async () => {
    const { clock, gates } = aWorld({ requestsPerMinute: 1, updatesPerMinute: 1 });
    await gates[0].admit('read', never);
    let isIn = false;
    void gates[0].admit('read', never).then(() => (isIn = true));
    await clock.advance(0);
    gates[0].configure({ requestsPerMinute: OFF, updatesPerMinute: OFF });
    await clock.advance(0);
    expect(isIn).toBe(true);
  });

  test('a state file that cannot be used fails the one who asks, with a typed error', async () => {
    const clock = new FakeClock();
    const store = await memory.another();
    const gate = openSqliteRateGate({ store, client: 'closed', clock });
    await store.close();
    await expect(gate.admit('read', never)).rejects.toMatchObject({ name: 'FlowkeeperError' });
    await expect(gate.admit('write', never)).rejects.toMatchObject({ name: 'FlowkeeperError' });
  });
});
