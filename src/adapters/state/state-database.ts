import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { isBusyError, translateStateError, unwritable } from './sqlite-errors.ts';

type Row = Readonly<Record<string, unknown>>;

/**
 * How long statements wait for another process's transaction. SQLite waits inside the call, where no signal is heard: who has
 * waited in vain once hardly waits again until a write succeeds, so that a command that is told to end does.
 */
export interface Patience {
  readonly fullMs: number;
  readonly wornOutMs: number;
  /** Set while the last write waited in vain. */
  isWornOut: boolean;
}

export function freshPatience(fullMs = 10_000): Patience {
  return { fullMs, wornOutMs: Math.min(100, fullMs), isWornOut: false };
}

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

/** @param patience shared by the connections of one file */
export function openConnection(
  file: string,
  synchronous: 'full' | 'normal',
  patience: Patience,
): Connection {
  return guarded(file, () => {
    const database = new DatabaseSync(file, { timeout: patience.fullMs });
    try {
      database.exec(`pragma synchronous = ${synchronous}`);
      return makeConnection(database, file, patience);
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

function makeConnection(database: DatabaseSync, file: string, patience: Patience): Connection {
  const prepared = makePrepared(database);
  const inode = inodeOf(file);
  const writing = makeWriting(database, patience);
  const between = <T>(begin: string, body: () => T): T =>
    guarded(file, () => {
      if (begin === 'begin') database.exec(begin);
      else
        writing(() => {
          database.exec(begin);
        });
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
        return Number(writing(() => prepared(sql).run(...values)).changes);
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

/** Each statement is prepared once. */
function makePrepared(database: DatabaseSync): (sql: string) => StatementSync {
  const statements = new Map<string, StatementSync>();
  return (sql) => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
}

/** Does what may have to wait for another process, as long as there is patience. */
function makeWriting(database: DatabaseSync, patience: Patience): <T>(work: () => T) => T {
  let waitsMs = patience.fullMs;
  return (work) => {
    const mayWaitMs = patience.isWornOut ? patience.wornOutMs : patience.fullMs;
    if (mayWaitMs !== waitsMs) database.exec(`pragma busy_timeout = ${String(mayWaitMs)}`);
    waitsMs = mayWaitMs;
    try {
      const result = work();
      patience.isWornOut = false;
      return result;
    } catch (error) {
      if (isBusyError(error)) patience.isWornOut = true;
      throw error;
    }
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
