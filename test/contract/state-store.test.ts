import { rm } from 'node:fs/promises';
import { openSqliteStateStore } from '../../src/adapters/state/sqlite-state-store.ts';
import type { StateStore } from '../../src/ports/state-store.ts';
import { FakeClock } from '../support/fakes/fake-clock.ts';
import { FakeStateStore } from '../support/fakes/fake-state-store.ts';
import { MemoryLog } from '../support/fakes/memory-log.ts';
import { aStateFolder } from '../support/state-folder.ts';
import { describeStateStore } from './state-store.contract.ts';

describeStateStore('FakeStateStore', () => {
  const store = new FakeStateStore();
  return Promise.resolve({
    open: () => Promise.resolve(store),
    stop: () => Promise.resolve(),
  });
});

describeStateStore('SQLite', async () => {
  const directory = await aStateFolder();
  const opened: StateStore[] = [];
  return {
    open: async () => {
      const store = await openSqliteStateStore({
        directory,
        clock: new FakeClock(),
        log: new MemoryLog(),
      });
      opened.push(store);
      return store;
    },
    stop: async () => {
      for (const store of opened) await store.close();
      await rm(directory, { recursive: true });
    },
  };
});
