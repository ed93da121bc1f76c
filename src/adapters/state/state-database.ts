import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { translateStateError, unwritable } from './sqlite-errors.ts';

type Row = Readonly<Record<string, unknown>>;

/** Milliseconds that a statement waits for another process's transaction. */
const BUSY_TIMEOUT_MS = 10_000;

/** One open connection to the state file. Every error that leaves it is one of ours. */
export interface Connection {
  get(sql: string, ...values: readonly SQLInputValue[]): Row | undefined;
  all(sql: string, ...values: readonly SQLInputValue[]): readonly Row[];
  /** Rows as arrays: less than half the time of `all`, which tells from some ten thousand rows on. */
  tuples(sql: string, ...values: readonly SQLInputValue[]): readonly (readonly unknown[])[];
  /** Rows changed. Outside of `transaction` it is one of its own. */
  run(sql: string, ...values: readonly SQLInputValue[]): number;
  exec(sql: string): void;
  /**
   * All of `body` or nothing, alone among the writers of all processes. `body` must not await, so that
   * the connection can be shared by everyone in this process.
   */
  transaction<T>(body: () => T): T;
  /** All of `body` sees one state of the file; it must not write. */
  reading<T>(body: () => T): T;
  close(): void;
}

/** The state file with its two connections. */
export interface StateDatabase {
  readonly file: string;
  /** Each commit is on the disk (fsync) when the call returns. */
  readonly durable: Connection;
  /**
   * Commits without fsync, ten times as cheap, for what may be lost when the machine (not the process)
   * goes down: caches and spent rate budgets. In WAL mode such a commit is seen by all processes at once,
   * the file stays sound, and the next durable commit makes it durable too.
   */
  readonly relaxed: Connection;
  close(): void;
}

export function openConnection(file: string, synchronous: 'full' | 'normal'): Connection {
  return guarded(file, () => {
    const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
    try {
      database.exec(`pragma synchronous = ${synchronous}`);
      return makeConnection(database, file);
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

function makeConnection(database: DatabaseSync, file: string): Connection {
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  const inode = inodeOf(file);
  const between = <T>(begin: string, body: () => T): T =>
    guarded(file, () => {
      database.exec(begin);
      try {
        const result = body();
        database.exec('commit');
        return result;
      } catch (error) {
        rollBack(database);
        throw error;
      }
    });
  return {
    get: (sql, ...values) => guarded(file, () => prepared(sql).get(...values)),
    all: (sql, ...values) => guarded(file, () => prepared(sql).all(...values)),
    tuples: (sql, ...values) =>
      guarded(file, () => {
        const statement = database.prepare(sql, { returnArrays: true });
        return statement.all(...values) as unknown as unknown[][];
      }),
    run: (sql, ...values) =>
      guarded(file, () => {
        if (!database.isTransaction) checkStillThere(file, inode);
        return Number(prepared(sql).run(...values).changes);
      }),
    exec: (sql) => {
      guarded(file, () => {
        database.exec(sql);
      });
    },
    transaction: (body) => {
      checkStillThere(file, inode);
      return between('begin immediate', body);
    },
    reading: (body) => between('begin', body),
    close: () => {
      if (database.isOpen) database.close();
    },
  };
}

/** After some failures (full disk) SQLite has rolled back by itself; a second error would hide the first. */
function rollBack(database: DatabaseSync): void {
  try {
    if (database.isTransaction) database.exec('rollback');
  } catch {
    // the first error is the one that tells
  }
}

/**
 * SQLite goes on writing to a file that was moved away or deleted under it, and everything would be
 * lost at the end. A stat costs microseconds, a commit hundreds.
 */
function checkStillThere(file: string, inode: bigint | undefined): void {
  if (inodeOf(file) === inode) return;
  throw unwritable(file, 'the file was moved away, deleted or replaced while in use');
}

function inodeOf(file: string): bigint | undefined {
  return statSync(file, { bigint: true, throwIfNoEntry: false })?.ino;
}

function guarded<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translateStateError(error, file);
  }
}
