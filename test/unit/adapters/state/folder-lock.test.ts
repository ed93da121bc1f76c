import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ownFolder, shareFolder } from '../../../../src/adapters/state/folder-lock.ts';
import type { FolderLock } from '../../../../src/adapters/state/folder-lock.ts';
import { isError } from '../../../../src/domain/errors.ts';
import { aStateFolder } from '../../../support/state-folder.ts';

const JOURNALIST = fileURLToPath(
  new URL('../../../support/journal-until-killed.ts', import.meta.url),
);

let folder: string;
const held: FolderLock[] = [];

beforeEach(async () => {
  folder = await aStateFolder();
});
afterEach(() => {
  for (const lock of held.splice(0)) lock.release();
  rmSync(folder, { recursive: true, force: true });
});

const share = (): FolderLock => keep(shareFolder(folder, 0));
const own = (): FolderLock => keep(ownFolder(folder, 0));

function keep(lock: FolderLock): FolderLock {
  held.push(lock);
  return lock;
}

function isInUse(take: () => FolderLock): boolean {
  try {
    take();
    return false;
  } catch (error) {
    if (!isError(error, 'state.in-use')) throw error;
    expect(error.details.directory).toBe(folder);
    return true;
  }
}

describe('the lock of a state folder', () => {
  test('is shared by any number of processes', () => {
    share();
    expect(isInUse(share)).toBe(false);
  });

  test('is owned by one alone, while nobody shares it', () => {
    const first = share();
    const second = share();
    expect(isInUse(own)).toBe(true);
    first.release();
    expect(isInUse(own)).toBe(true);
    second.release();
    expect(isInUse(own)).toBe(false);
  });

  test('lets nobody in while somebody owns it, and everybody after that', () => {
    const owner = own();
    expect(isInUse(share)).toBe(true);
    expect(isInUse(own)).toBe(true);
    owner.release();
    owner.release();
    expect(isInUse(share)).toBe(false);
  });

  test('is a file for its owner alone', () => {
    share();
    expect(statSync(join(folder, 'state.lock')).mode & 0o777).toBe(0o600);
  });

  test('goes with the process that held it, however that ends', async () => {
    const child = spawn(process.execPath, [JOURNALIST, folder, 'p'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      // it has the state open as soon as it says something
      await once(child.stdout, 'data');
      expect(isInUse(own)).toBe(true);
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    expect(isInUse(own)).toBe(false);
  });
});
