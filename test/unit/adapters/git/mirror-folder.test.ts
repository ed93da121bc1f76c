import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseGitAddress } from '../../../../src/adapters/git/git-address.ts';
import {
  findMirror,
  formatOfId,
  markDamaged,
  replaceMirror,
  writeMarker,
} from '../../../../src/adapters/git/mirror-folder.ts';

const ADDRESS = parseGitAddress('https://git.example.com/a.git');

let folder: string;
let mirror: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flowkeeper-mirror-'));
  mirror = join(folder, 'm.git');
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Looks like a finished mirror. */
async function aMirror(path: string, name: string): Promise<void> {
  for (const part of ['objects', 'refs', name]) await mkdir(join(path, part), { recursive: true });
  await writeFile(join(path, 'HEAD'), 'ref: refs/heads/main');
  await writeMarker(path, ADDRESS, 'sha1');
}

const isGood = () => Promise.resolve(true);
const isBad = () => Promise.resolve(false);

describe('findMirror', () => {
  test('finds a whole mirror of this remote, and tells it from one that was there before', async () => {
    await aMirror(mirror, 'x');
    const first = await findMirror(mirror, ADDRESS);
    await aMirror(mirror, 'x');
    const second = await findMirror(mirror, ADDRESS);

    expect([first?.format, second?.format]).toEqual(['sha1', 'sha1']);
    expect(first?.id).not.toBe(second?.id);
  });

  test.each(['HEAD', 'objects', 'refs', 'flowkeeper.gitconfig', '.'])(
    'finds none where %s is missing',
    async (part) => {
      await aMirror(mirror, 'x');
      await rm(join(mirror, part), { recursive: true });
      expect(await findMirror(mirror, ADDRESS)).toBeUndefined();
    },
  );

  test('finds none that is damaged, or of another remote', async () => {
    await aMirror(mirror, 'x');
    expect(
      await findMirror(mirror, parseGitAddress('https://git.example.com/b.git')),
    ).toBeUndefined();
    await markDamaged(mirror);
    expect(await findMirror(mirror, ADDRESS)).toBeUndefined();
  });
});

describe('replaceMirror', () => {
  const fresh = (): string => join(folder, 'fresh');

  test('puts the new one where nothing is', async () => {
    await aMirror(fresh(), 'new');
    await replaceMirror(mirror, fresh(), isBad);

    expect(await readdir(folder)).toEqual(['m.git']);
    expect(await readdir(mirror)).toContain('new');
  });

  test('leaves a good one that another process has put there meanwhile', async () => {
    await aMirror(mirror, 'theirs');
    await aMirror(fresh(), 'new');
    await replaceMirror(mirror, fresh(), isGood);

    expect(await readdir(mirror)).toContain('theirs');
  });

  test('removes a bad one of ours, and keeps what is not ours under another name', async () => {
    await aMirror(mirror, 'damaged');
    await aMirror(fresh(), 'new');
    await replaceMirror(mirror, fresh(), isBad);
    expect(await readdir(folder)).toEqual(['m.git']);

    await rm(join(mirror, 'flowkeeper.gitconfig'));
    await aMirror(fresh(), 'newer');
    await replaceMirror(mirror, fresh(), isBad);
    expect(await readdir(mirror)).toContain('newer');
    expect((await readdir(folder)).filter((name) => name.startsWith('m.git.old-'))).toHaveLength(1);
  });
});

test('ids of 64 digits are sha256', () => {
  expect([formatOfId('a'.repeat(40)), formatOfId('a'.repeat(64))]).toEqual(['sha1', 'sha256']);
});
