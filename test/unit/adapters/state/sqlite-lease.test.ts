import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type {
  ProcessIdentity,
  ProcessTable,
} from '../../../../src/adapters/state/process-table.ts';
import { openSqliteLease } from '../../../../src/adapters/state/sqlite-lease.ts';
import { isError } from '../../../../src/domain/errors.ts';
import type { Lease } from '../../../../src/ports/lease.ts';
import { FakeClock } from '../../../support/fakes/fake-clock.ts';
import { MemoryLog } from '../../../support/fakes/memory-log.ts';
import { aSqliteStore } from '../../../support/sqlite-store.ts';
import type { TestStore } from '../../../support/sqlite-store.ts';

const TTL_MS = 30_000;
const signal = new AbortController().signal;
let clock: FakeClock;
let log: MemoryLog;
let memory: TestStore;
/** Numbers of the processes that have ended. */
let ended: Set<number>;

beforeEach(async () => {
  clock = new FakeClock();
  log = new MemoryLog();
  ended = new Set();
  memory = await aSqliteStore({ clock });
});
afterEach(() => memory.stop());

/** The lease as process `pid` of `machine` sees it, through its own connection to the same file. */
async function leaseOf(pid: number, machine = 'here'): Promise<Lease> {
  const self: ProcessIdentity = { host: `host-${machine}`, machine, pid, startedAt: String(pid) };
  const processes: ProcessTable = {
    self,
    isGone: (other) => other.machine === machine && ended.has(other.pid),
  };
  return openSqliteLease({ store: await memory.another(), clock, log, ttlMs: TTL_MS, processes });
}

describe('a holder that is gone', () => {
  test('is replaced at once when its process has ended on this machine', async () => {
    const first = await (await leaseOf(1)).acquire('acme', signal);
    const second = await leaseOf(2);
    await expect(second.acquire('acme', signal)).rejects.toMatchObject({ code: 'state.busy' });
    ended.add(1);
    const held = await second.acquire('acme', signal);
    expect(held.fencingToken).toBeGreaterThan(first.fencingToken);
    expect(log.messages('warn')).toHaveLength(1);
  });

  test('is replaced when its time has run out where its process cannot be seen', async () => {
    // a holder in another container, whose heart stopped right after it acquired
    await (await leaseOf(1, 'there')).acquire('acme', signal);
    memory.store.database.durable.run('update leases set ttl_ms = ?', TTL_MS);
    ended.add(1);
    const second = await leaseOf(2);
    clock.jump(TTL_MS - 1);
    await expect(second.acquire('acme', signal)).rejects.toMatchObject({ code: 'state.busy' });
    clock.jump(1);
    await second.acquire('acme', signal);
  });

  test('a clock that was set back does not make a lease last', async () => {
    await (await leaseOf(1, 'there')).acquire('acme', signal);
    clock.jump(-3_600_000);
    await (await leaseOf(2)).acquire('acme', signal);
  });
});

describe('a holder that lives', () => {
  test('keeps its lease for as long as its heart beats', async () => {
    const first = await (await leaseOf(1)).acquire('acme', signal);
    const second = await leaseOf(2);
    for (let i = 0; i < 10; i += 1) {
      await clock.advance(TTL_MS / 2);
      await expect(second.acquire('acme', signal)).rejects.toMatchObject({ code: 'state.busy' });
    }
    expect(first.lost.aborted).toBe(false);
    await first.release();
    expect(clock.sleepers).toBe(0);
  });

  test('is named with host, process and since when', async () => {
    await (await leaseOf(4711)).acquire('acme', signal);
    const error: unknown = await (
      await leaseOf(2)
    )
      .acquire('acme', signal)
      .catch((reason: unknown) => reason);
    if (!isError(error, 'state.busy')) throw error;
    expect(error.details).toEqual({
      org: 'acme',
      holder: 'host host-here, process 4711, since 2026-11-24T09:30:00.000Z',
    });
    expect(error.message).toContain(error.details.holder);
  });

  test('learns that another took its lease while it slept', async () => {
    const first = await (await leaseOf(1)).acquire('acme', signal);
    clock.jump(TTL_MS);
    await (await leaseOf(2)).acquire('acme', signal);
    expect(first.lost.aborted).toBe(false);
    await clock.advance(TTL_MS / 3);
    expect(first.lost.reason).toMatchObject({ code: 'state.busy' });
    // and its release takes nothing from the new holder
    await first.release();
    await expect((await leaseOf(3)).acquire('acme', signal)).rejects.toMatchObject({
      code: 'state.busy',
    });
  });

  test('learns that its lease was taken and released again', async () => {
    const first = await (await leaseOf(1)).acquire('acme', signal);
    clock.jump(TTL_MS);
    await (await (await leaseOf(2)).acquire('acme', signal)).release();
    await clock.advance(TTL_MS / 3);
    expect(first.lost.reason).toMatchObject({ code: 'state.busy' });
  });

  test('has lost its lease before its time runs out when it cannot renew', async () => {
    const store = await memory.another();
    const lease = openSqliteLease({ store, clock, log, ttlMs: TTL_MS });
    const held = await lease.acquire('acme', signal);
    await store.close();
    await clock.advance(TTL_MS / 3);
    expect(held.lost.aborted).toBe(false);
    await clock.advance(TTL_MS / 3);
    expect(held.lost.aborted).toBe(true);
    expect(clock.monotonicMs()).toBeLessThan(TTL_MS);
    await expect(held.release()).resolves.toBeUndefined();
  });

  test('gets over one heartbeat that failed', async () => {
    const store = await memory.another();
    const held = await openSqliteLease({ store, clock, log, ttlMs: TTL_MS }).acquire(
      'acme',
      signal,
    );
    store.database.durable.exec('alter table leases rename to hidden');
    await clock.advance(TTL_MS / 3);
    store.database.durable.exec('alter table hidden rename to leases');
    await clock.advance(3 * TTL_MS);
    expect(held.lost.aborted).toBe(false);
    expect(log.messages('warn')).toEqual(['the lease could not be renewed']);
    await held.release();
  });
});

test('what stops the acquiring process later is not the signal that it acquired with', async () => {
  const controller = new AbortController();
  const held = await (await leaseOf(1)).acquire('acme', controller.signal);
  controller.abort();
  await clock.advance(TTL_MS * 2);
  await expect((await leaseOf(2)).acquire('acme', signal)).rejects.toMatchObject({
    code: 'state.busy',
  });
  await held.release();
});
