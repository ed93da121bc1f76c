import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { isError } from '../../../../src/domain/errors.ts';
import { git } from '../../../support/git-repository.ts';
import type { GitRepository } from '../../../support/git-repository.ts';
import { aGitSourceRig } from '../../../support/git-source-rig.ts';
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

describe('pinning another revision', () => {
  test('finds a commit that only a ref of the remote leads to', async () => {
    await repository.commit({ [A]: 'main' });
    const source = rig.source();
    await source.pinHead(signal);
    const pull = await repository.commit({ [A]: 'pull' }, { branch: 'pull' });
    await repository.run('update-ref', 'refs/pull/7/head', pull);
    await repository.run('update-ref', '-d', 'refs/heads/pull');

    expect((await source.pin('refs/pull/7/head', signal)).revision).toBe(pull);
    expect((await rig.source().pin(pull, signal)).revision).toBe(pull);
  });

  test('finds the beginning of a commit id on any branch', async () => {
    await repository.commit({ [A]: 'main' });
    const aside = await repository.commit({ [A]: 'aside' }, { branch: 'topic/x' });

    expect((await rig.source().pin(aside.slice(0, 10), signal)).revision).toBe(aside);
  });

  test('starts no git for what is no name of a revision', async () => {
    const spy = await spyOnGit(repository.folder);

    const error = await failure(rig.source({}, spy).pin('--upload-pack=touch /tmp/x', signal));

    expect(isError(error, 'git.no-revision')).toBe(true);
    expect(await spy.takeCalls()).toEqual([]);
  });

  test('follows an annotated tag to its commit', async () => {
    const first = await repository.commit({ [A]: '1' });
    await repository.commit({ [A]: '2' });
    await repository.run(
      '-c',
      'user.name=x',
      '-c',
      'user.email=x',
      'tag',
      '-a',
      '-m',
      'x',
      'v1',
      first,
    );

    expect((await rig.source().pin('v1', signal)).revision).toBe(first);
    expect((await rig.source().pin('HEAD', signal)).revision).toBe(await repository.head());
  });

  test('takes a branch before a tag of the same name, and a name before a commit id', async () => {
    const first = await repository.commit({ [A]: '1' });
    const second = await repository.commit({ [A]: '2' });
    await repository.run('tag', 'main', first);
    await repository.run('branch', first.slice(0, 7), second);

    expect((await rig.source().pin('main', signal)).revision).toBe(second);
    expect((await rig.source().pin(first.slice(0, 7), signal)).revision).toBe(second);
    expect((await rig.source().pin(first.slice(0, 8), signal)).revision).toBe(first);
  });

  test('needs no remote for a commit that is here', async () => {
    const first = await repository.commit({ [A]: '1' });
    await repository.commit({ [A]: '2' });
    const source = rig.source();
    await source.pinHead(signal);
    await rm(repository.path, { recursive: true });

    expect((await source.pin(first, signal)).revision).toBe(first);
    expect(isError(await failure(source.pinHead(signal)), 'git.unreachable')).toBe(true);
  });

  test('a tag of something that is no commit is git.no-revision', async () => {
    await repository.commit({ [A]: '1' });
    await repository.run('tag', 'tree', 'main^{tree}');
    expect(isError(await failure(rig.source().pin('tree', signal)), 'git.no-revision')).toBe(true);
  });
});

describe('two commits of a shallow clone', () => {
  test('have nothing in common, until the clone has their history', async () => {
    const first = await repository.commit({ [A]: '1' });
    await repository.commit({ [A]: 'change' }, { branch: 'change', parent: first });
    await repository.commit({ [A]: '2' });
    const shallow = repository.beside('shallow');
    const deep = `file://${repository.path}`;
    await git(['clone', '-q', '--bare', '--depth', '1', '--no-single-branch', deep, shallow]);
    const common = async (): Promise<string | undefined> => {
      const source = rig.source({ repository: shallow });
      const [main, change] = [await source.pin('main', signal), await source.pin('change', signal)];
      return (await source.mergeBase(main, change, signal))?.revision;
    };
    expect(await common()).toBeUndefined();

    await git(['-C', shallow, 'fetch', '-q', '--unshallow']);
    expect(await common()).toBe(first);
  });
});
