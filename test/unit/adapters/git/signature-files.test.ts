import { appendFile, chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readSignatureGround } from '../../../../src/adapters/git/signature-files.ts';

let folder: string;
let allowedSigners: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flowkeeper-signers-'));
  allowedSigners = join(folder, 'allowed');
  await writeFile(allowedSigners, 'ada');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function reasonOf(file: string, watched: readonly string[] = []): Promise<string> {
  const ground = await readSignatureGround({ allowedSigners: file }, watched);
  return ground.kind === 'unusable' ? ground.reason : 'usable';
}

async function idOf(files: Parameters<typeof readSignatureGround>[0]): Promise<string> {
  const ground = await readSignatureGround(files, []);
  return ground.kind === 'usable' ? ground.id : ground.reason;
}

describe('a file lets nobody in, and says so,', () => {
  test('where it lies in the watched repository, by whatever way it is reached', async () => {
    const repository = join(folder, 'repository');
    await mkdir(repository);
    const inside = join(repository, 'allowed');
    await writeFile(inside, 'eve');
    const file = join(folder, 'link-to-file');
    await symlink(inside, file);
    const way = join(folder, 'link-to-folder');
    await symlink(repository, way);
    for (const path of [inside, file, join(way, 'allowed')])
      for (const watched of [repository, way])
        expect(await reasonOf(path, [watched])).toContain('lies in the watched repository');
    expect(await reasonOf(allowedSigners, [repository])).toBe('usable');
  });

  test('where it cannot be read', async () => {
    expect(await reasonOf('/nowhere/allowed')).toBe(
      '`source.verify.allowedSigners`: /nowhere/allowed cannot be read (ENOENT)',
    );
  });

  test('where everybody may write it', async () => {
    await chmod(allowedSigners, 0o664);
    expect(await reasonOf(allowedSigners)).toBe('usable');
    await chmod(allowedSigners, 0o666);
    expect(await reasonOf(allowedSigners)).toContain('everybody on this machine may write');
  });
});

test('the ground changes with what a file says and what it is for, and with nothing else', async () => {
  const before = await idOf({ allowedSigners });
  expect(await idOf({ allowedSigners })).toBe(before);
  expect(await idOf({ openpgpKeys: allowedSigners })).not.toBe(before);
  expect(await idOf({ allowedSigners, revokedKeys: allowedSigners })).not.toBe(before);
  await appendFile(allowedSigners, 'eve');
  expect(await idOf({ allowedSigners })).not.toBe(before);
});
