import { rm } from 'node:fs/promises';
import { openSqliteStateStore } from '../../src/adapters/state/sqlite-state-store.ts';
import type { SqliteStateStore } from '../../src/adapters/state/sqlite-state-store.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { FakeClock } from './fakes/fake-clock.ts';
import { MemoryLog } from './fakes/memory-log.ts';
import { aStateFolder } from './state-folder.ts';

export interface TestStore {
  readonly directory: string;
  readonly store: SqliteStateStore;
  /** The same file once more, as another process would open it. */
  readonly another: () => Promise<SqliteStateStore>;
  /** Closes all and removes the folder. */
  readonly stop: () => Promise<void>;
}

/** A state store in a folder of its own. */
export async function aSqliteStore({ clock }: { readonly clock?: Clock } = {}): Promise<TestStore> {
  const directory = await aStateFolder();
  const opened: SqliteStateStore[] = [];
  const another = async (): Promise<SqliteStateStore> => {
    const store = await openSqliteStateStore({
      directory,
      clock: clock ?? new FakeClock(),
      log: new MemoryLog(),
    });
    opened.push(store);
    return store;
  };
  return {
    directory,
    store: await another(),
    another,
    stop: async () => {
      for (const store of opened) await store.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
