import { join } from 'node:path';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { StateStore } from '../../ports/state-store.ts';
import { asPromise } from './as-promise.ts';
import { prepareStateFile } from './file-system.ts';
import { openStateDatabase } from './open-state-database.ts';
import { makeSqliteFlowRecords } from './sqlite-flow-records.ts';
import { makeSqliteJournal } from './sqlite-journal.ts';
import { makeSqliteOutbox } from './sqlite-outbox.ts';
import { makeSqliteParseCache } from './sqlite-parse-cache.ts';
import { makeSqliteSnapshots } from './sqlite-snapshots.ts';
import type { StateDatabase } from './state-database.ts';

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

/**
 * Opens the controller's memory. Several processes may have it open at once.
 * @throws state.corrupt, state.unwritable, state.newer
 */
export function openSqliteStateStore(options: SqliteStateStoreOptions): Promise<SqliteStateStore> {
  return asPromise(() => {
    const { directory, clock, log, fileSystemTypeOf } = options;
    const file = join(directory, 'state.db');
    prepareStateFile(file, fileSystemTypeOf);
    const database = openStateDatabase(file, clock.now());
    log.debug('state opened', { file });
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
        }),
    };
  });
}
