import { accessSync, closeSync, constants, mkdirSync, openSync, statfsSync } from 'node:fs';
import { translateStateError, unwritable } from './sqlite-errors.ts';

/** `statfs` type numbers of Linux (linux/magic.h) of file systems whose locks and shared memory do not reach across hosts. */
const NETWORK_FILE_SYSTEMS: Readonly<Record<number, string>> = {
  0x6969: 'NFS',
  0x517b: 'SMB',
  0xff534d42: 'CIFS',
  0xfe534d42: 'SMB2',
  0x564c: 'NCP',
  0x5346414f: 'AFS',
  0x73757245: 'Coda',
  0x00c36400: 'Ceph',
};

/** The number that names the kind of file system a folder is on; undefined where the system does not tell. */
function fileSystemTypeOf(directory: string): number | undefined {
  if (process.platform !== 'linux') return undefined;
  return statfsSync(directory).type;
}

/**
 * Makes the folder (0700) where it is missing, and proves that files can be made in it.
 * @throws state.unwritable, also for a network file system
 */
export function prepareStateFolder(
  directory: string,
  typeOf: (directory: string) => number | undefined = fileSystemTypeOf,
): void {
  let type: number | undefined;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
    type = typeOf(directory);
  } catch (error) {
    throw translateStateError(error, directory);
  }
  const network = type === undefined ? undefined : NETWORK_FILE_SYSTEMS[type >>> 0];
  if (network !== undefined)
    throw unwritable(
      directory,
      `the folder is on a network file system (${network}), where locks are not kept; it must be on a local disk`,
    );
}

/** Makes an empty file (0600) where it is missing, and proves that it may be written. @throws state.unwritable */
export function prepareStateFile(file: string): void {
  try {
    closeSync(openSync(file, 'a', 0o600));
  } catch (error) {
    throw translateStateError(error, file);
  }
}

/** Bytes that this user may still write to the disk of a folder; undefined where the system does not tell. */
export function freeBytesOf(directory: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
