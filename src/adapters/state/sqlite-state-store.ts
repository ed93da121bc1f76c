import { join } from 'node:path';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { StateStore } from '../../ports/state-store.ts';
import { asPromise } from './as-promise.ts';
import { prepareStateFile, prepareStateFolder } from './file-system.ts';
import { ownFolder, shareFolder } from './folder-lock.ts';
import type { FolderLock } from './folder-lock.ts';
import { openStateDatabase } from './open-state-database.ts';
import { makeSqliteFlowRecords } from './sqlite-flow-records.ts';
import { makeSqliteJournal } from './sqlite-journal.ts';
import { makeSqliteOutbox } from './sqlite-outbox.ts';
import { makeSqliteParseCache } from './sqlite-parse-cache.ts';
import { makeSqliteSnapshots } from './sqlite-snapshots.ts';
import type { StateDatabase } from './state-database.ts';
import { finishSwap, hasBuilt } from './state-swap.ts';

/** A state store that shares its file with the lease and the rate gate. */
export interface SqliteStateStore extends StateStore {
  readonly database: StateDatabase;
}

export interface SqliteStateStoreOptions {
  /** Made when it is missing; holds `state.db` and SQLite's two files beside it. */
  readonly directory: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  /** The `statfs` type of a folder, for tests. */
  readonly fileSystemTypeOf?: (directory: string) => number | undefined;
}

/** The name of the state file in its folder. */
export const STATE_FILE = 'state.db';

/**
 * Opens the controller's memory. Several processes may have it open at once, unless one rebuilds it.
 * @throws state.corrupt, state.unwritable, state.newer, state.in-use
 */
export function openSqliteStateStore(options: SqliteStateStoreOptions): Promise<SqliteStateStore> {
  return asPromise(() => {
    const { directory, clock, log, fileSystemTypeOf } = options;
    const file = join(directory, STATE_FILE);
    prepareStateFolder(directory, fileSystemTypeOf);
    const lock = enter(directory, file, log);
    try {
      prepareStateFile(file);
      const database = openStateDatabase(file, clock.now());
      log.debug('state opened', { file });
      return makeStore(database, clock, () => {
        lock.release();
      });
    } catch (error) {
      lock.release();
      throw error;
    }
  });
}

/** A store in a file that nobody else knows of. @throws as `openSqliteStateStore` */
export function openStoreInFile(file: string, clock: Pick<Clock, 'now'>): SqliteStateStore {
  prepareStateFile(file);
  return makeStore(openStateDatabase(file, clock.now()), clock);
}

/** Takes part in the folder's use; a state file that was built and is not in its place yet is put there first. */
function enter(directory: string, file: string, log: Log): FolderLock {
  for (;;) {
    const lock = shareFolder(directory);
    if (!hasBuilt(file)) return lock;
    lock.release();
    const own = ownFolder(directory);
    try {
      if (hasBuilt(file)) log.warn('the state was rebuilt', { keptAside: finishSwap(file) });
    } finally {
      own.release();
    }
  }
}

function makeStore(
  database: StateDatabase,
  clock: Pick<Clock, 'now'>,
  onClose?: () => void,
): SqliteStateStore {
  const flows = makeSqliteFlowRecords(database);
  return {
    database,
    journal: makeSqliteJournal(database, flows.saveInside),
    snapshots: makeSqliteSnapshots(database),
    flows: flows.store,
    outbox: makeSqliteOutbox(database),
    parseCache: makeSqliteParseCache(database, clock),
    close: () =>
      asPromise(() => {
        database.close();
        onClose?.();
      }),
  };
}
