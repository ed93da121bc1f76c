import { readdir, rename, rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { makeSimpleGitStatusBranch } from '../../../../src/adapters/git/simple-git-status-branch.ts';
import type { SimpleGitStatusBranchOptions } from '../../../../src/adapters/git/simple-git-status-branch.ts';
import { isError } from '../../../../src/domain/errors.ts';
import type { BranchCommit, BranchTip, StatusBranch } from '../../../../src/ports/status-branch.ts';
import { MemoryLog } from '../../../support/fakes/memory-log.ts';
import { git, GitRepository } from '../../../support/git-repository.ts';
import { spyOnGit } from '../../../support/git-spy.ts';
import { SkippingClock } from '../../../support/skipping-clock.ts';

const signal = new AbortController().signal;
const BRANCH = 'flowkeeper/status';

let repository: GitRepository;
let log: MemoryLog;
let clock: SkippingClock;

beforeEach(async () => {
  repository = await GitRepository.create();
  log = new MemoryLog();
  clock = new SkippingClock(Date.parse('2026-03-01T12:34:56.789Z'));
});

afterEach(async () => {
  await repository.remove();
});

function aStatusBranch(
  over: Partial<SimpleGitStatusBranchOptions> = {},
  deps: { env?: Readonly<Record<string, string>>; random?: () => number } = {},
): StatusBranch {
  return makeSimpleGitStatusBranch(
    {
      repository: repository.path,
      branch: BRANCH,
      mirrorDirectory: repository.beside('status.git'),
      author: { name: 'flowkeeper', email: 'flowkeeper@example.com' },
      pushAttempts: 3,
      ...over,
    },
    { log, clock, random: () => 0.5, ...deps },
  );
}

const aCommit = (
  files: Readonly<Record<string, string | null>>,
  over: Partial<BranchCommit> = {},
): BranchCommit => ({
  subject: 'flowkeeper(acme): 1 applied [skip ci]',
  trailers: [],
  files: new Map(Object.entries(files)),
  ...over,
});

const building =
  (...args: Parameters<typeof aCommit>) =>
  (): Promise<BranchCommit> =>
    Promise.resolve(aCommit(...args));

const increment = async (tip: BranchTip): Promise<BranchCommit> =>
  aCommit({ count: String(Number((await tip.read('count')) ?? '0') + 1) });

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a commit', () => {
  test('is made by the configured author at the time of the clock, with trailers that git reads', async () => {
    const message = {
      subject: 'flowkeeper(acme): 2 applied\n[skip ci]',
      body: 'First line.\n\nKey: not a trailer, but text\n\nLast line.\u0000\u001b',
      trailers: [
        { key: 'Flowkeeper-Run', value: 'run-1' },
        { key: 'Flowkeeper-Source', value: 'abc\ndef' },
      ],
    };
    await aStatusBranch().commit(building({ a: '1' }, message), signal);

    const [commit] = await repository.log(BRANCH);
    expect(commit).toMatchObject({
      author: 'flowkeeper <flowkeeper@example.com>',
      committer: 'flowkeeper <flowkeeper@example.com>',
      at: Date.parse('2026-03-01T12:34:56Z'),
      subject: 'flowkeeper(acme): 2 applied [skip ci]',
    });
    const trailers = await git(['interpret-trailers', '--parse'], commit!.message);
    expect(trailers).toBe('Flowkeeper-Run: run-1\nFlowkeeper-Source: abc def\n');
    expect(commit!.message).toContain(
      '\n\nFirst line.\n\nKey: not a trailer, but text\n\nLast line.',
    );
  });

  test('with the same time, content and parent is the same commit wherever it is made', async () => {
    const made = await aStatusBranch().commit(building({ a: '1' }), signal);
    await repository.run('update-ref', '-d', `refs/heads/${BRANCH}`);
    const other = aStatusBranch({ mirrorDirectory: repository.beside('other.git') });

    expect(await other.commit(building({ a: '1' }), signal)).toEqual(made);
  });

  test('carries any text under any other name', async () => {
    const files = {
      'with space/ü.yaml': 'ü\r\n\u0000',
      '"quoted".yaml': 'data 5\nM 100644 inline x\n',
      empty: '',
      '-dash': '\n',
      'no newline': 'x',
    };
    await aStatusBranch().commit(building(files), signal);

    expect(Object.fromEntries(await repository.files(BRANCH))).toEqual(files);
  });

  test('turns a file into a folder and back', async () => {
    const branch = aStatusBranch();
    await branch.commit(building({ a: 'file' }), signal);
    await branch.commit(building({ 'a/b': 'below', a: null }), signal);
    expect(Object.fromEntries(await repository.files(BRANCH))).toEqual({ 'a/b': 'below' });
    await branch.commit(building({ a: 'file', 'a/b': null }), signal);
    expect(Object.fromEntries(await repository.files(BRANCH))).toEqual({ a: 'file' });
  });

  test('may leave the branch empty', async () => {
    const branch = aStatusBranch();
    await branch.commit(building({ a: '1' }), signal);

    expect((await branch.commit(building({ a: null }), signal)).kind).toBe('pushed');
    expect(await repository.files(BRANCH)).toEqual(new Map());
  });
});

describe('how many git processes it takes', () => {
  test('three, and one for each read of build; never forced, nothing secret', async () => {
    const spy = await spyOnGit(repository.folder);
    const branch = aStatusBranch({}, spy);
    await branch.commit(increment, signal);
    await spy.takeCalls();

    await branch.commit(increment, signal);

    const calls = await spy.takeCalls();
    expect(calls.map((call) => call.split(' ')[0])).toEqual([
      'ls-remote',
      'cat-file',
      'fast-import',
      'push',
    ]);
    expect(calls.join(' ')).not.toMatch(/force|-f\b|\+/);
  });

  test('one look that finds nothing to do', async () => {
    const spy = await spyOnGit(repository.folder);
    const branch = aStatusBranch({}, spy);
    await branch.commit(increment, signal);
    await spy.takeCalls();

    await branch.commit(() => Promise.resolve(undefined), signal);

    expect(await spy.takeCalls()).toHaveLength(1);
  });
});

describe('a rejected push', () => {
  test.each(['pre-receive', 'update'] as const)(
    'by a %s hook is git.push-rejected at once, with its words',
    async (hook) => {
      await repository.installHook(hook, 'echo "Only bots may push here"; exit 1');
      let builds = 0;

      const error = await failure(
        aStatusBranch().commit(() => {
          builds += 1;
          return building({ a: '1' })();
        }, signal),
      );

      if (!isError(error, 'git.push-rejected')) throw error;
      expect(error.details).toEqual({ remote: repository.path, branch: BRANCH, attempts: 1 });
      expect(error.message).toMatch(/hook declined.*Only bots may push here/);
      expect(builds).toBe(1);
      expect(clock.waits).toEqual([]);
    },
  );

  test('since a branch stands in the way of its name is git.push-rejected at once', async () => {
    await repository.commit({ a: '1' }, { branch: 'flowkeeper' });

    const error = await failure(aStatusBranch().commit(building({ a: '1' }), signal));

    expect(isError(error, 'git.push-rejected') && error.details.attempts).toBe(1);
  });

  test('of a lost race is tried again after a random wait that grows', async () => {
    let rivals = 0;
    const branch = aStatusBranch({ pushAttempts: 4 });
    await branch.commit(async () => {
      rivals += 1;
      if (rivals <= 3) await repository.commit({ rival: String(rivals) }, { branch: BRANCH });
      return aCommit({ ours: '1' });
    }, signal);

    expect(clock.waits).toEqual([100, 200, 400]);
    expect(Object.fromEntries(await repository.files(BRANCH))).toEqual({ ours: '1', rival: '3' });
  });

  test('that was cancelled while waiting ends with the reason', async () => {
    const cancel = new AbortController();
    const reason = new Error('shutting down');
    const committing = aStatusBranch().commit(async () => {
      await repository.commit({ rival: String(Math.random()) }, { branch: BRANCH });
      queueMicrotask(() => {
        cancel.abort(reason);
      });
      return aCommit({ ours: '1' });
    }, cancel.signal);

    expect(await failure(committing)).toBe(reason);
  });
});

describe('several controllers', () => {
  test('with one mirror lose nothing and double nothing', async () => {
    const random = (): number => Math.random() * 0.98 + 0.02;
    const branches = [1, 2, 3].map(() => aStatusBranch({ pushAttempts: 30 }, { random }));
    await Promise.all(
      [...branches, ...branches].map((branch, run) =>
        branch.commit(
          async (tip) => ({
            ...(await increment(tip)),
            trailers: [{ key: 'Flowkeeper-Run', value: String(run) }],
          }),
          signal,
        ),
      ),
    );

    expect(Object.fromEntries(await repository.files(BRANCH))).toEqual({ count: '6' });
    expect(await repository.log(BRANCH)).toHaveLength(6);
    await repository.run('fsck', '--strict');
  });

  test('with mirrors of their own see each other', async () => {
    const one = aStatusBranch();
    const two = aStatusBranch({ mirrorDirectory: repository.beside('two.git') });
    for (let i = 0; i < 3; i += 1) {
      await one.commit(increment, signal);
      await two.commit(increment, signal);
    }
    expect(Object.fromEntries(await repository.files(BRANCH))).toEqual({ count: '6' });
  });
});

describe('the branch', () => {
  test('may be the watched one: only the named paths are touched', async () => {
    const revision = await repository.commit({
      'desired-state/a.yaml': 'a',
      'bin/run': { executable: '#!' },
      link: { symlink: 'bin' },
    });
    const branch = aStatusBranch({ branch: 'main' });
    await branch.commit(building({ 'status/a': '1' }), signal);

    const [commit] = await repository.log('main');
    const changed = await repository.run('diff', '--name-status', revision, commit!.revision);
    expect(changed).toBe('A\tstatus/a\n');
    const tip = await branch.tip(signal);
    expect(await tip.list('')).toEqual(['bin/run', 'desired-state/a.yaml', 'status/a']);
  });

  test('that was moved back by force is built on as it is now', async () => {
    const branch = aStatusBranch();
    await branch.commit(building({ a: '1' }), signal);
    const first = await repository.head(BRANCH);
    await branch.commit(building({ b: '2' }), signal);
    await repository.run('update-ref', `refs/heads/${BRANCH}`, first!);

    await branch.commit(building({ c: '3' }), signal);

    expect([...(await repository.files(BRANCH)).keys()]).toEqual(['a', 'c']);
  });

  test('that was removed is made again from nothing', async () => {
    const branch = aStatusBranch();
    await branch.commit(building({ a: '1' }), signal);
    await repository.run('update-ref', '-d', `refs/heads/${BRANCH}`);

    await branch.commit(building({ b: '2' }), signal);

    expect([...(await repository.files(BRANCH)).keys()]).toEqual(['b']);
    expect(await repository.log(BRANCH)).toHaveLength(1);
  });

  test('of a sha256 repository is written too, also when it is the first', async () => {
    const other = await GitRepository.create({ objectFormat: 'sha256' });
    try {
      await other.commit({ a: '1' });
      const branch = aStatusBranch({ repository: other.path });
      await branch.commit(increment, signal);
      await branch.commit(increment, signal);
      expect(Object.fromEntries(await other.files(BRANCH))).toEqual({ count: '2' });
    } finally {
      await other.remove();
    }
  });

  test('goes on with a mirror that was lost or packed meanwhile', async () => {
    const branch = aStatusBranch({}, { random: () => 0 });
    await branch.commit(increment, signal);
    await branch.commit(increment, signal);
    await rm(repository.beside('status.git'), { recursive: true });
    await branch.commit(increment, signal);
    await aStatusBranch().commit(increment, signal);

    expect(Object.fromEntries(await repository.files(BRANCH))).toEqual({ count: '4' });
    expect(log.messages('warn')).toEqual([]);
  });

  test('needs no fetching of what we pushed ourselves, and leaves no refs behind', async () => {
    const spy = await spyOnGit(repository.folder);
    const branch = aStatusBranch({}, spy);
    for (let i = 0; i < 3; i += 1) await branch.commit(increment, signal);

    expect((await spy.takeCalls()).filter((call) => call.startsWith('fetch'))).toEqual([]);
    const mirror = repository.beside('status.git');
    expect(await git(['-C', mirror, 'for-each-ref'])).toBe('');
    expect((await readdir(mirror)).filter((name) => name.startsWith('fast_import_crash'))).toEqual(
      [],
    );
  });

  test('that cannot be reached is git.unreachable, and works when it is back', async () => {
    const branch = aStatusBranch();
    await branch.commit(increment, signal);
    const away = repository.beside('away.git');
    await rename(repository.path, away);
    expect(isError(await failure(branch.commit(increment, signal)), 'git.unreachable')).toBe(true);
    await rename(away, repository.path);
    await branch.commit(increment, signal);

    expect(Object.fromEntries(await repository.files(BRANCH))).toEqual({ count: '2' });
  });
});
