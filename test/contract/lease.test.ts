import { openSqliteLease } from '../../src/adapters/state/sqlite-lease.ts';
import type { ProcessTable } from '../../src/adapters/state/process-table.ts';
import { FakeClock } from '../support/fakes/fake-clock.ts';
import { FakeLease } from '../support/fakes/fake-lease.ts';
import { FakeStateStore } from '../support/fakes/fake-state-store.ts';
import { MemoryLog } from '../support/fakes/memory-log.ts';
import { aSqliteStore } from '../support/sqlite-store.ts';
import { describeLease } from './lease.contract.ts';

describeLease('FakeLease', () => {
  const store = new FakeStateStore();
  const lease = new FakeLease((org, token) => {
    store.noteToken(org, token);
  });
  return Promise.resolve({
    lease,
    journal: store.journal,
    flows: store.flows,
    takeOver: (org: string) => {
      lease.takenUnseenBy(org, 'host there, process 2');
    },
    stop: () => Promise.resolve(),
  });
});

/** To whom every holder is gone: how a paused process looks from another container once its time is over. */
const ALONE: ProcessTable = {
  self: { host: 'there', machine: 'there', pid: 2, startedAt: '2' },
  isGone: () => true,
};

describeLease('SQLite, two processes on one file', async () => {
  const clock = new FakeClock();
  const log = new MemoryLog();
  const { store, another, stop } = await aSqliteStore({ clock });
  const theirs = await another();
  return {
    lease: openSqliteLease({ store, clock, log }),
    journal: store.journal,
    flows: store.flows,
    takeOver: async (org) =>
      openSqliteLease({ store: theirs, clock, log, processes: ALONE }).acquire(
        org,
        new AbortController().signal,
      ),
    stop,
  };
});
