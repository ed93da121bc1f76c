import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { isError } from '../../../../src/domain/errors.ts';
import { git, GitRepository } from '../../../support/git-repository.ts';
import { aGitSourceRig, filesOf, textOf } from '../../../support/git-source-rig.ts';
import type { GitSourceRig } from '../../../support/git-source-rig.ts';

const signal = new AbortController().signal;
const A = 'desired-state/acme/a.yaml';

let rig: GitSourceRig;
let repository: GitRepository;

beforeEach(async () => {
  rig = await aGitSourceRig();
  ({ repository } = rig);
});

afterEach(async () => {
  await repository.remove();
});

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('the mirror', () => {
  beforeEach(async () => {
    await repository.commit({ [A]: 'a: 1\n', 'desired-state/b.yaml': 'b' });
  });

  test('is used by two sources at once', async () => {
    const sources = [rig.source(), rig.source(), rig.source()];
    for (let i = 0; i < 3; i += 1) {
      const head = await repository.commit({ [A]: `a: ${String(i)}\n` });
      const pins = await Promise.all(sources.map((source) => source.pinHead(signal)));
      expect(pins.map(({ revision }) => revision)).toEqual([head, head, head]);
    }
    expect(await readdir(repository.beside('state'))).toEqual(['source.git']);
  });

  test.each<readonly [string, () => Promise<unknown>]>([
    ['an empty folder', () => mkdir(rig.mirror, { recursive: true })],
    [
      'a mirror of another repository',
      async () => {
        const other = await GitRepository.create();
        await other.commit({ x: 'x' });
        await rig.source({ repository: other.path, directory: '' }).pinHead(signal);
        await other.remove();
      },
    ],
    ['a mirror without its marker', () => broken((path) => rm(join(path, 'flowkeeper.gitconfig')))],
    [
      'a mirror without objects',
      () => broken((path) => rm(join(path, 'objects'), { recursive: true })),
    ],
    ['a mirror with a broken HEAD', () => broken((path) => writeFile(join(path, 'HEAD'), ''))],
    [
      'a mirror with a broken ref',
      () => broken((path) => writeFile(join(path, 'refs/flowkeeper/head'), '\0'.repeat(41))),
    ],
    ['a mirror with empty objects', () => broken(emptyObjects)],
    ['a mirror whose pack is cut', () => broken(cutPacks)],
  ])('%s is replaced by a good one', async (_name, prepare) => {
    await prepare();

    const source = rig.source();
    await repository.commit({ [A]: 'a: 2\n' });
    const text = await textOf(source, A).catch(() => textOf(source, A));

    expect(text).toBe('a: 2\n');
  });

  /** A mirror that was used, and damaged after. */
  async function broken(damage: (path: string) => Promise<unknown>): Promise<void> {
    await filesOf(rig.source());
    await damage(rig.mirror);
  }

  async function emptyObjects(path: string): Promise<void> {
    const names = await readdir(join(path, 'objects'), { recursive: true });
    for (const name of names.filter((found) => /^..\/[0-9a-f]{38}$/.test(found))) {
      await rm(join(path, 'objects', name));
      await writeFile(join(path, 'objects', name), '');
    }
  }

  async function cutPacks(path: string): Promise<void> {
    await git(['-C', path, 'repack', '-a', '-d', '-q']);
    const pack = join(path, 'objects', 'pack');
    for (const name of (await readdir(pack)).filter((found) => found.endsWith('.pack'))) {
      await rm(join(pack, name));
      await writeFile(join(pack, name), 'PACK');
    }
  }

  test('that lost a file content fails one read, and is made anew for the next, in any process', async () => {
    const files = await filesOf(rig.source());
    const ids = files.map(({ blobId }) => blobId);
    await rm(join(rig.mirror, 'objects', ids[0]!.slice(0, 2)), { recursive: true });

    expect(isError(await failure(textOf(rig.source(), A)), 'git.failed')).toBe(true);
    expect(await textOf(rig.source(), A)).toBe('a: 1\n');
  });

  test('that vanished while in use is made again', async () => {
    const source = rig.source();
    await filesOf(source);
    await rm(rig.mirror, { recursive: true });

    await failure(textOf(source, A));
    expect(await textOf(source, A)).toBe('a: 1\n');
  });

  test('is never put in the place of what somebody else keeps there', async () => {
    await mkdir(rig.mirror, { recursive: true });
    await writeFile(join(rig.mirror, 'precious.txt'), 'mine');

    await rig.source().pinHead(signal);

    const names = await readdir(repository.beside('state'));
    const kept = names.find((name) => name.startsWith('source.git.old-'));
    expect(await readdir(join(repository.beside('state'), kept!))).toEqual(['precious.txt']);
  });

  test('a lock that a dead process left long ago is removed, a young one is waited for', async () => {
    await rig.source().pinHead(signal);
    const lock = join(rig.mirror, 'refs/flowkeeper/head.lock');
    const head = await repository.commit({ [A]: 'a: 2\n' });

    await writeFile(lock, '');
    expect(isError(await failure(rig.source().pinHead(signal)), 'git.failed')).toBe(true);
    const source = rig.source();
    const waiting = source.pinHead(signal);
    setTimeout(() => void rm(lock), 150);
    expect((await waiting).revision).toBe(head);

    const later = await repository.commit({ [A]: 'a: 3\n' });
    await writeFile(lock, '');
    const longAgo = new Date(Date.now() - 3_600_000);
    await utimes(lock, longAgo, longAgo);
    expect((await source.pinHead(signal)).revision).toBe(later);
  });

  test('is packed once in a while, and goes on', async () => {
    const source = rig.source({}, { random: () => 0 });
    for (let i = 0; i < 3; i += 1) {
      await repository.commit({ [A]: `a: ${String(i)}\n` });
      expect(await textOf(source, A)).toBe(`a: ${String(i)}\n`);
    }
    expect(rig.log.messages('warn')).toEqual([]);
    const packs = await readdir(join(rig.mirror, 'objects', 'pack'));
    expect(packs.some((name) => name.endsWith('.pack'))).toBe(true);
  });
});
