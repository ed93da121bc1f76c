import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { translateStateError } from './sqlite-errors.ts';

/** A state file, and the two that SQLite keeps beside it, in the order in which they may go. */
const PARTS = ['-wal', '-shm', ''];

/** Where a new state file is built. Nothing reads it until it is whole. */
export function buildingPathOf(file: string): string {
  return `${file}.building`;
}

/** Where a new state file lies that is whole: from then on it counts, and whoever comes next puts it in its place. */
function builtPathOf(file: string): string {
  return `${file}.built`;
}

/** True when a state file was built and is not in its place yet. */
export function hasBuilt(file: string): boolean {
  return existsSync(builtPathOf(file));
}

/** Removes what an interrupted build left. */
export function discardBuilding(file: string): void {
  for (const part of PARTS) rmSync(`${buildingPathOf(file)}${part}`, { force: true });
}

/**
 * Lets a new state file count that was built beside the present one and closed: before this call returns the present
 * one counts, after it the new one, whenever the process or the machine dies.
 *
 * @throws state.unwritable
 */
export function commitBuilding(file: string): void {
  try {
    const building = buildingPathOf(file);
    sync(building);
    renameSync(building, builtPathOf(file));
    sync(dirname(file));
  } catch (error) {
    throw translateStateError(error, file);
  }
}

/**
 * Puts a state file that was built in its place, and the one that was there aside; goes on where a process that died
 * on it had stopped. To be called by who owns the folder.
 *
 * @returns where the old file is kept; undefined: there was none
 * @throws state.unwritable
 */
export function finishSwap(file: string): string | undefined {
  try {
    const built = builtPathOf(file);
    // the same name again for who goes on with it
    const stamp = statSync(built).mtime.toISOString().replaceAll(/[:.]/g, '-');
    const aside = `${file}.lost-${stamp}`;
    for (const part of PARTS)
      if (existsSync(`${file}${part}`)) renameSync(`${file}${part}`, `${aside}${part}`);
    renameSync(built, file);
    sync(dirname(file));
    return existsSync(aside) ? aside : undefined;
  } catch (error) {
    throw translateStateError(error, file);
  }
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
