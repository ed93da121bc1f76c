import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { FlowkeeperError } from '../../domain/errors.ts';
import { prepareStateFile } from './file-system.ts';
import { isBusyError, translateStateError } from './sqlite-errors.ts';

/** How long somebody who only finishes something is waited for. */
const PATIENCE_MS = 2000;

/** A hold on the state folder, for as long as this process lives or until it is given up. */
export interface FolderLock {
  release(): void;
}

/**
 * Says that this process uses the state file. Any number of processes may; none while another owns the folder.
 *
 * It is the lock of an SQLite file of its own, beside the state file: the system keeps it, and takes it from a process
 * that dies. The state file cannot serve for it, since it may be damaged, or be exchanged for another.
 *
 * @throws state.in-use, state.unwritable
 */
export function shareFolder(directory: string, patienceMs = PATIENCE_MS): FolderLock {
  return lock(directory, 'begin; select count(*) from sqlite_schema', patienceMs);
}

/** Has the folder alone: nobody else uses its state file, or can begin to. @throws state.in-use, state.unwritable */
export function ownFolder(directory: string, patienceMs = PATIENCE_MS): FolderLock {
  return lock(directory, 'begin exclusive', patienceMs);
}

function lock(directory: string, sql: string, patienceMs: number): FolderLock {
  const file = join(directory, 'state.lock');
  prepareStateFile(file);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: patienceMs });
    database.exec(sql);
  } catch (error) {
    database?.close();
    throw isBusyError(error) ? inUse(directory, error) : translateStateError(error, file);
  }
  const held = database;
  return {
    release: () => {
      if (held.isOpen) held.close();
    },
  };
}

function inUse(directory: string, cause: unknown): FlowkeeperError {
  const message = `Another flowkeeper process has the state folder ${directory} open, or rebuilds it`;
  return new FlowkeeperError('state.in-use', message, { directory }, { cause });
}
