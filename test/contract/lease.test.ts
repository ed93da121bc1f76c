import { openSqliteLease } from '../../src/adapters/state/sqlite-lease.ts';
import { FakeClock } from '../support/fakes/fake-clock.ts';
import { FakeLease } from '../support/fakes/fake-lease.ts';
import { MemoryLog } from '../support/fakes/memory-log.ts';
import { aSqliteStore } from '../support/sqlite-store.ts';
import { describeLease } from './lease.contract.ts';

describeLease('FakeLease', () =>
  Promise.resolve({ lease: new FakeLease(), stop: () => Promise.resolve() }),
);

describeLease('SQLite', async () => {
  const clock = new FakeClock();
  const { store, stop } = await aSqliteStore({ clock });
  return { lease: openSqliteLease({ store, clock, log: new MemoryLog() }), stop };
});
