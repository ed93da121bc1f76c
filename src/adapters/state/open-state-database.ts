import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { FlowkeeperError } from '../../domain/errors.ts';
import { APPLICATION_ID, MIGRATIONS } from './migrations.ts';
import { freshPatience, openConnection } from './state-database.ts';
import type { Connection, Patience, StateDatabase } from './state-database.ts';
import { corrupt, translateStateError } from './sqlite-errors.ts';

/** A file up to this size is checked at every opening (some 30 ms); a larger one once a day. */
const ALWAYS_CHECKED_BYTES = 32 * 1024 * 1024;
const DAY_MS = 86_400_000;
/** The write-ahead file is cut back to this size after a checkpoint. */
const KEPT_WAL_BYTES = 16 * 1024 * 1024;
const SQLITE_MAGIC = 'SQLite format 3\0';

/**
 * Opens the file, brings it to the newest schema, and checks that it is whole. A file that is
 * not ours, newer than us or damaged is left as it is.
 * @throws state.corrupt, state.unwritable, state.newer
 */
export function openStateDatabase(
  file: string,
  now: number,
  patience: Patience = freshPatience(),
): StateDatabase {
  refuseForeignFile(file);
  const durable = openConnection(file, 'full', patience);
  try {
    refuseForeignDatabase(durable, file);
    durable.exec('pragma journal_mode = wal');
    durable.exec(`pragma journal_size_limit = ${String(KEPT_WAL_BYTES)}`);
    durable.exec('pragma foreign_keys = on');
    migrate(durable, file);
    checkIntegrity(durable, file, now);
    const relaxed = openConnection(file, 'normal', patience);
    return {
      file,
      durable,
      relaxed,
      close: () => {
        close(durable, relaxed);
      },
    };
  } catch (error) {
    durable.close();
    throw error;
  }
}

/** Before SQLite touches it: opening a file in WAL mode may already write to it. */
function refuseForeignFile(file: string): void {
  const head = headOf(file);
  if (head !== '' && head !== SQLITE_MAGIC) throw corrupt(file, 'it is not a SQLite database');
}

function headOf(file: string): string {
  let handle: number | undefined;
  try {
    handle = openSync(file, 'r');
    const bytes = Buffer.alloc(SQLITE_MAGIC.length);
    return bytes.toString('latin1', 0, readSync(handle, bytes, 0, bytes.length, 0));
  } catch (error) {
    throw translateStateError(error, file);
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

function refuseForeignDatabase(connection: Connection, file: string): void {
  const version = pragma(connection, 'user_version');
  const application = pragma(connection, 'application_id');
  const tables = connection.get('select count(*) as n from sqlite_schema')?.['n'];
  if (application !== APPLICATION_ID && (version !== 0 || tables !== 0))
    throw corrupt(file, 'it is the database of another program');
  refuseNewer(version, file);
}

function refuseNewer(found: number, file: string): void {
  const known = MIGRATIONS.length;
  if (found <= known) return;
  throw new FlowkeeperError(
    'state.newer',
    `The state file ${file} has format ${String(found)}; this flowkeeper knows up to ${String(known)}`,
    { file, found, known },
  );
}

function migrate(connection: Connection, file: string): void {
  if (pragma(connection, 'user_version') === MIGRATIONS.length) return;
  connection.transaction(() => {
    // read again: another process may have been quicker
    const found = pragma(connection, 'user_version');
    refuseNewer(found, file);
    for (const step of MIGRATIONS.slice(found)) connection.exec(step);
    connection.exec(`pragma application_id = ${String(APPLICATION_ID)}`);
    connection.exec(`pragma user_version = ${String(MIGRATIONS.length)}`);
  });
}

function checkIntegrity(connection: Connection, file: string, now: number): void {
  if (statSync(file).size > ALWAYS_CHECKED_BYTES && wasCheckedToday(connection, now)) return;
  const verdict = connection.get('pragma quick_check(1)')?.['quick_check'];
  if (verdict !== 'ok') throw corrupt(file, `its integrity check says: ${String(verdict)}`);
  if (statSync(file).size <= ALWAYS_CHECKED_BYTES) return;
  connection.run(
    `insert into meta values ('checked-at', ?) on conflict do update set value = excluded.value`,
    String(now),
  );
}

function wasCheckedToday(connection: Connection, now: number): boolean {
  const row = connection.get(`select value from meta where name = 'checked-at'`);
  return row !== undefined && Math.abs(now - Number(row['value'])) < DAY_MS;
}

function pragma(connection: Connection, name: 'user_version' | 'application_id'): number {
  return Number(connection.get(`pragma ${name}`)?.[name]);
}

function close(durable: Connection, relaxed: Connection): void {
  relaxed.close();
  try {
    // passive: whoever else has the file open is not waited for
    durable.exec('pragma wal_checkpoint(passive)');
  } catch {
    // what is committed is safe in the WAL, and the next process takes it from there
  } finally {
    durable.close();
  }
}
