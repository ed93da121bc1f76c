import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openSqliteRateGate } from '../../../../src/adapters/state/sqlite-rate-gate.ts';
import type { SqliteStateStore } from '../../../../src/adapters/state/sqlite-state-store.ts';
import type { RateGate } from '../../../../src/ports/rate-gate.ts';
import { FakeClock } from '../../../support/fakes/fake-clock.ts';
import { aSqliteStore } from '../../../support/sqlite-store.ts';
import type { TestStore } from '../../../support/sqlite-store.ts';

const MINUTE_MS = 60_000;
const never = new AbortController().signal;
let memory: TestStore;
let other: SqliteStateStore;
let clients = 0;

beforeAll(async () => {
  memory = await aSqliteStore();
  other = await memory.another();
});
afterAll(() => memory.stop());

/** Two processes with one OAuth client that nobody else has. */
function aWorld(): { readonly clock: FakeClock; readonly gates: readonly [RateGate, RateGate] } {
  const clock = new FakeClock();
  const client = `client-${String(++clients)}`;
  const gates = [
    openSqliteRateGate({ store: memory.store, client, clock }),
    openSqliteRateGate({ store: other, client, clock }),
  ] as const;
  for (const gate of gates) gate.configure({ requestsPerMinute: 60, updatesPerMinute: 30 });
  return { clock, gates };
}

describe('what is spent', () => {
  test('is nothing at first, and then told alike to every process', async () => {
    const { clock, gates } = aWorld();
    const [first, second] = gates;
    const at = clock.now();
    expect(await first.spent()).toMatchObject({ at, requestsTat: 0, updatesAt: [] });
    await first.admit('write', never);
    await second.admit('read', never);
    await clock.advance(500);
    await second.admit('write', never);
    const told = await first.spent();
    expect(told).toEqual(await second.spent());
    expect(told).toMatchObject({
      at: at + 500,
      requestsTat: at + 3000,
      updatesAt: [at, at + 500],
    });
    await clock.advance(MINUTE_MS - 500);
    expect((await first.spent()).updatesAt).toEqual([at + 500]);
  });

  test('tells the silence that the service asked for, and one of this process alone', async () => {
    const { clock, gates } = aWorld();
    await gates[0].stall(clock.now() + 9000);
    for (const gate of gates) expect((await gate.spent()).stalledUntil).toBe(clock.now() + 9000);
  });

  test('is not spoilt by a clock that was set back', async () => {
    const { clock, gates } = aWorld();
    await gates[0].admit('write', never);
    clock.jump(-3_600_000);
    expect((await gates[0].spent()).updatesAt).toEqual([clock.now()]);
  });
});
