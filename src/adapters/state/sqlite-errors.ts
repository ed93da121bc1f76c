import { FlowkeeperError } from '../../domain/errors.ts';

/** Primary result codes of SQLite (sqlite3.h); the extended ones have them in their low byte. */
const SQLITE = {
  ERROR: 1,
  PERM: 3,
  BUSY: 5,
  LOCKED: 6,
  NOMEM: 7,
  READONLY: 8,
  IOERR: 10,
  CORRUPT: 11,
  FULL: 13,
  CANTOPEN: 14,
  PROTOCOL: 15,
  NOTADB: 26,
} as const;

const UNWRITABLE = new Set<number>([
  SQLITE.PERM,
  SQLITE.BUSY,
  SQLITE.LOCKED,
  SQLITE.NOMEM,
  SQLITE.READONLY,
  SQLITE.IOERR,
  SQLITE.FULL,
  SQLITE.CANTOPEN,
  SQLITE.PROTOCOL,
]);
const CORRUPT = new Set<number>([SQLITE.CORRUPT, SQLITE.NOTADB]);

/** SQLITE_CONSTRAINT_UNIQUE: a row that a unique index forbids. */
export const SQLITE_CONSTRAINT_UNIQUE = 2067;

/** The extended result code of an error of node:sqlite; undefined for any other error. */
export function sqliteCodeOf(error: unknown): number | undefined {
  // by shape: an error of Node's core need not be an instance of this realm's Error (vm contexts)
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode : undefined;
}

/** True when another connection holds a lock that was waited for in vain. */
export function isBusyError(error: unknown): boolean {
  const code = sqliteCodeOf(error);
  const primary = code === undefined ? undefined : code & 0xff;
  return primary === SQLITE.BUSY || primary === SQLITE.LOCKED;
}

/** Any error met while using the state file, as one of ours; ours pass through. */
export function translateStateError(error: unknown, file: string): FlowkeeperError {
  if (error instanceof FlowkeeperError) return error as FlowkeeperError;
  const code = sqliteCodeOf(error);
  const reason = reasonOf(error);
  if (code === undefined) return translateOther(error, file, reason);
  const primary = code & 0xff;
  if (CORRUPT.has(primary) || isForeignSchema(primary, reason)) return corrupt(file, reason, error);
  if (UNWRITABLE.has(primary)) return unwritable(file, explain(primary, reason), error);
  return new FlowkeeperError(
    'bug.unexpected',
    `The state file ${file} refused a statement: ${reason} (SQLite ${String(code)})`,
    { reason },
    { cause: error },
  );
}

/** The file cannot be believed; nothing is changed in it. */
export function corrupt(file: string, reason: string, cause?: unknown): FlowkeeperError {
  const message = `The state file ${file} cannot be used: ${reason}`;
  return new FlowkeeperError('state.corrupt', message, { file, reason }, { cause });
}

export function unwritable(file: string, reason: string, cause?: unknown): FlowkeeperError {
  const message = `The state in ${file} cannot be written: ${reason}`;
  return new FlowkeeperError('state.unwritable', message, { file, reason }, { cause });
}

function translateOther(error: unknown, file: string, reason: string): FlowkeeperError {
  // errors of node:fs carry the name of the system's error
  if (typeof error === 'object' && error !== null && 'syscall' in error)
    return unwritable(file, reason, error);
  return new FlowkeeperError('bug.unexpected', reason, { reason }, { cause: error });
}

function reasonOf(error: unknown): string {
  const told = typeof error === 'object' && error !== null && 'message' in error;
  return String(told ? error.message : error);
}

/** A statement of ours that does not fit the tables: they are not the ones that we made. */
function isForeignSchema(primary: number, reason: string): boolean {
  return primary === SQLITE.ERROR && /^no such (table|column)|has no column/.test(reason);
}

function explain(primary: number, reason: string): string {
  return primary === SQLITE.BUSY || primary === SQLITE.LOCKED
    ? `another process keeps it locked (${reason})`
    : reason;
}
