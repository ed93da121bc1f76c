import { chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { isError } from '../../../../src/domain/errors.ts';
import { git, GitRepository } from '../../../support/git-repository.ts';
import { aGitSourceRig, filesOf, textOf } from '../../../support/git-source-rig.ts';
import type { GitSourceRig } from '../../../support/git-source-rig.ts';
import { spyOnGit } from '../../../support/git-spy.ts';

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

describe('how many git processes it takes', () => {
  const names = (calls: readonly string[]): (string | undefined)[] =>
    calls.map((call) => call.split(' ')[0]);

  test('a look at a branch that did not move is one ls-remote, also after a restart', async () => {
    const spy = await spyOnGit(repository.folder);
    await repository.commit({ [A]: 'a: 1\n' });
    const source = rig.source({}, spy);
    await source.pinHead(signal);
    expect(names(await spy.takeCalls())).toEqual([
      'init',
      'ls-remote',
      'cat-file',
      'fetch',
      'cat-file',
      'cat-file',
    ]);

    await source.pinHead(signal);
    expect(names(await spy.takeCalls())).toEqual(['ls-remote']);

    await rig.source({}, spy).pinHead(signal);
    expect(names(await spy.takeCalls())).toEqual(['ls-remote', 'cat-file', 'cat-file']);
  });

  test('files and blobs are one process each, however many', async () => {
    const spy = await spyOnGit(repository.folder);
    await repository.commit(
      Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`${A}${String(i)}`, String(i)])),
    );
    const source = rig.source({}, spy);
    const files = await filesOf(source);
    await spy.takeCalls();

    await source.files(await source.pinHead(signal), signal);
    for await (const { bytes } of source.blobs(
      files.map(({ blobId }) => blobId),
      signal,
    ))
      expect(bytes.length).toBeGreaterThan(0);

    expect(names(await spy.takeCalls())).toEqual(['ls-remote', 'ls-tree', 'cat-file']);
  });
});

describe('what a repository may hold', () => {
  test('links, submodules and what is too large are refused by name, beside good files', async () => {
    await repository.commit({
      [A]: 'a: 1\n',
      'desired-state/link.yaml': { symlink: '../../etc/passwd' },
      'desired-state/sub': { submodule: 'a'.repeat(40) },
      'desired-state/large.yaml': 'x'.repeat(256 * 1024 + 1),
      'desired-state/limit.yaml': 'x'.repeat(256 * 1024),
      'desired-state/run.sh': { executable: '#!/bin/sh\n' },
    });

    const files = await filesOf(rig.source());

    expect(files.map(({ path, refused }) => [path.replace('desired-state/', ''), refused])).toEqual(
      [
        ['acme/a.yaml', undefined],
        ['large.yaml', 'source.too-large'],
        ['limit.yaml', undefined],
        ['link.yaml', 'source.symlink'],
        ['run.sh', undefined],
        ['sub', 'source.submodule'],
      ],
    );
  });

  test('a tree with hostile names is listed, and the names refused', async () => {
    const blob = (await git(['-C', repository.path, 'hash-object', '-w', '--stdin'], 'x')).trim();
    const entry = (name: string | Buffer): Buffer =>
      Buffer.concat([
        Buffer.from('100644 '),
        Buffer.from(name),
        Buffer.from([0]),
        Buffer.from(blob, 'hex'),
      ]);
    const tree = async (entries: Buffer): Promise<string> =>
      (
        await git(
          ['-C', repository.path, 'hash-object', '-t', 'tree', '-w', '--literally', '--stdin'],
          entries,
        )
      ).trim();
    const desired = await tree(
      Buffer.concat([
        entry('..'),
        entry('.GIT'),
        entry('a\u001b[2Jb'),
        entry(Buffer.from([0x62, 0xff])),
        entry('c\\d'),
        entry('good.yaml'),
      ]),
    );
    const root = await tree(
      Buffer.concat([Buffer.from('40000 desired-state\0'), Buffer.from(desired, 'hex')]),
    );
    const commit = await git([
      '-C',
      repository.path,
      '-c',
      'user.name=x',
      '-c',
      'user.email=x',
      'commit-tree',
      '-m',
      'x',
      root,
    ]);
    await repository.run('update-ref', 'refs/heads/main', commit.trim());

    const files = await filesOf(rig.source());

    expect(files.filter(({ refused }) => refused === undefined).map(({ path }) => path)).toEqual([
      'desired-state/good.yaml',
    ]);
    expect(files.filter(({ refused }) => refused === 'source.bad-path')).toHaveLength(5);
  });

  test('content is given byte by byte', async () => {
    const bytes = Buffer.from([0, 0xff, 0x0a, 0x0d, 0xc3, 0x28]);
    await repository.commit({ [A]: bytes, 'desired-state/empty': '' });
    const source = rig.source();
    const read: Buffer[] = [];
    const ids = (await filesOf(source)).map(({ blobId }) => blobId);
    for await (const blob of source.blobs(ids, signal)) read.push(Buffer.from(blob.bytes));

    expect(read).toEqual([bytes, Buffer.alloc(0)]);
  });

  test.each([
    { name: 'a nested folder', directory: './deep/desired/', expected: ['deep/desired/a.yaml'] },
    { name: 'the root', directory: '.', expected: ['deep/desired/a.yaml', 'other.yaml'] },
    { name: 'a file', directory: 'other.yaml', expected: [] },
    { name: 'a folder that is not there', directory: 'none', expected: [] },
  ])('the directory may be $name', async ({ directory, expected }) => {
    await repository.commit({ 'deep/desired/a.yaml': 'a', 'other.yaml': 'b' });
    const files = await filesOf(rig.source({ directory }));
    expect(files.map(({ path }) => path)).toEqual(expected);
  });

  test('a directory that is a symbolic link is not followed, and warned of', async () => {
    await repository.commit({ 'real/a.yaml': 'a', 'desired-state': { symlink: 'real' } });

    const pinned = await rig.source().pinHead(signal);

    expect(pinned.treeId).toBeUndefined();
    expect(rig.log.messages('warn')).toEqual(['the desired-state directory is no folder']);
  });

  test('a repository of sha256 ids is read too', async () => {
    const other = await GitRepository.create({ objectFormat: 'sha256' });
    try {
      const head = await other.commit({ [A]: 'a: 1\n' });
      const source = rig.source({ repository: other.path });
      expect((await source.pinHead(signal)).revision).toBe(head);
      expect(await textOf(source, A)).toBe('a: 1\n');
    } finally {
      await other.remove();
    }
  });
});

describe('the branch', () => {
  test('is not mistaken for another whose name merely ends alike', async () => {
    const wanted = await repository.commit({ [A]: 'right' });
    await repository.commit({ [A]: 'wrong' }, { branch: 'refs/heads/main' });
    await repository.commit({ [A]: 'wrong' }, { branch: 'topic/main' });
    await repository.run('symbolic-ref', 'HEAD', 'refs/heads/topic/main');
    const spy = await spyOnGit(repository.folder);
    const source = rig.source({}, spy);

    expect((await source.pinHead(signal)).revision).toBe(wanted);
    await spy.takeCalls();
    await source.pinHead(signal);
    expect(await spy.takeCalls()).toHaveLength(1);
  });

  test('that is not there is told beside some that are', async () => {
    for (let i = 0; i < 10; i += 1)
      await repository.commit({ [A]: '1' }, { branch: `b${String(i)}` });

    const error = await failure(rig.source({ branch: 'mian' }).pinHead(signal));

    expect(isError(error, 'git.no-branch') && error.message).toBe(
      `${repository.path} has no branch mian: it has b0, b1, b2, b3, b4, b5, b6, b7 and 2 more`,
    );
  });

  test('of an empty repository is told as such', async () => {
    const error = await failure(rig.source().pinHead(signal));
    expect(isError(error, 'git.no-branch') && error.message).toMatch(/no branches at all/);
  });

  test('that was rewritten without a common commit is followed', async () => {
    await repository.commit({ [A]: 'old' });
    const source = rig.source();
    await source.pinHead(signal);
    await repository.commit({ [A]: 'new' }, { parent: null });

    expect(await textOf(source, A)).toBe('new');
  });
});

describe('local repositories', () => {
  test('a working tree gives what is committed, not what lies in the folder', async () => {
    const tree = repository.beside('tree');
    await git(['init', '-q', '-b', 'main', tree]);
    await mkdir(join(tree, 'desired-state'));
    await writeFile(join(tree, 'desired-state', 'a.yaml'), 'committed');
    const person = ['-C', tree, '-c', 'user.name=x', '-c', 'user.email=x'];
    await git(['-C', tree, 'add', '.']);
    await git([...person, 'commit', '-q', '-m', 'x']);
    await writeFile(join(tree, 'desired-state', 'a.yaml'), 'edited');

    expect(await textOf(rig.source({ repository: tree }), 'desired-state/a.yaml')).toBe(
      'committed',
    );
  });

  test('a file:// address with a space in it is read', async () => {
    const path = repository.beside('with space.git');
    await repository.commit({ [A]: '1' });
    await git(['clone', '-q', '--bare', repository.path, path]);

    const source = rig.source({ repository: pathToFileURL(path).href });

    expect(await textOf(source, A)).toBe('1');
  });

  // only root can give a folder away
  const whenRoot = process.getuid?.() === 0 ? test : test.skip;
  whenRoot('a repository of another user is read, since the config names it', async () => {
    await repository.commit({ [A]: '1' });
    await chown(repository.path, 4711, 4711);

    expect(await textOf(rig.source(), A)).toBe('1');
  });

  test('a path without a repository is git.unreachable', async () => {
    const error = await failure(
      rig.source({ repository: repository.beside('none') }).pinHead(signal),
    );
    expect(isError(error, 'git.unreachable') && error.details.remote).toBe(
      repository.beside('none'),
    );
  });
});

test('the last change names author and subject as they are', async () => {
  const author = { name: 'Zoë "Z" Ünal', email: 'zoe@example.com' };
  const revision = await repository.commit(
    { [A]: '1' },
    { author, message: 'Raise — "limit"\n\nbody' },
  );
  const source = rig.source();

  expect(await source.lastChange(await source.pinHead(signal), A, signal)).toEqual({
    revision,
    author: 'Zoë "Z" Ünal <zoe@example.com>',
    subject: 'Raise — "limit"',
  });
});
