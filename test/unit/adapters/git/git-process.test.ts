import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { simpleGit } from 'simple-git';
import { runGitProcess } from '../../../../src/adapters/git/git-process.ts';
import type { GitExit } from '../../../../src/adapters/git/git-process.ts';
import { isError } from '../../../../src/domain/errors.ts';
import { git } from '../../../support/git-repository.ts';

const PATH = process.env['PATH'] ?? '';
const signal = new AbortController().signal;

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'flowkeeper-process-'));
  await git(['init', '-q', '--bare', '-b', 'main', directory]);
  const stream = 'commit refs/heads/main\ncommitter A <a@b> 1 +0000\ndata 2\nhi\n';
  await git(['-C', directory, 'fast-import', '--quiet'], stream);
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

interface Options {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: Uint8Array | string;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

function run(args: readonly string[], options: Options = {}): Promise<GitExit> {
  const { env = {}, timeoutMs = 5000, input } = options;
  const call = { args, directory, timeoutMs, env: { PATH, ...env } };
  return runGitProcess(
    { ...call, ...(input !== undefined && { input }) },
    options.signal ?? signal,
  );
}

/** A folder for the PATH, in which `git` is this script. */
async function insteadOfGit(script: string): Promise<{ readonly PATH: string }> {
  const file = join(directory, 'bin-git', 'git');
  await git(['init', '-q', join(directory, 'bin-git')]);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return { PATH: `${join(directory, 'bin-git')}:${PATH}` };
}

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('what simple-git alone takes for success', () => {
  const plain = () => simpleGit({ baseDir: directory });

  test.each([
    { name: 'an unsigned commit that was to be verified', args: ['verify-commit', 'main'] },
    { name: 'a quiet question for a missing revision', args: ['rev-parse', '--verify', '-q', 'x'] },
  ])('$name is no success here', async ({ args }) => {
    // the trap: simple-git resolves, since nothing is on stderr
    await expect(plain().raw(args)).resolves.toBe('');

    expect((await run(args)).exitCode).toBe(1);
  });

  test('a git that was killed is no success', async () => {
    const env = await insteadOfGit('kill -9 $$');
    expect((await run(['version'], { env })).exitCode).toBe(-1);
  });
});

describe('runGitProcess', () => {
  test('gives output as bytes, errors as text, and the exit code', async () => {
    const bytes = Buffer.from([0, 0xff, 0xfe, 0x0a, 0x80]);
    const id = (await git(['-C', directory, 'hash-object', '-w', '--stdin'], bytes)).trim();

    expect((await run(['cat-file', 'blob', id])).stdout).toEqual(bytes);
    expect(await run(['cat-file', 'blob', 'nothing'])).toMatchObject({
      exitCode: 128,
      stderr: expect.stringContaining('Not a valid object name'),
    });
  });

  test('feeds bytes to stdin, and closes it when there are none', async () => {
    const input = Buffer.from([0, 0xff, 0x0a]);
    const id = (await run(['hash-object', '-w', '--stdin'], { input })).stdout.toString().trim();

    expect((await run(['cat-file', 'blob', id])).stdout).toEqual(input);
    expect((await run(['cat-file', '--batch'])).exitCode).toBe(0);
  });

  test('loses nothing of a large output', async () => {
    const content = Buffer.alloc(5_000_000, 'x');
    const id = (await run(['hash-object', '-w', '--stdin'], { input: content })).stdout.toString();

    expect((await run(['cat-file', 'blob', id.trim()])).stdout.equals(content)).toBe(true);
  });

  test('passes on its own environment and nothing else', async () => {
    process.env['GIT_TRACE'] = '1';
    process.env['FLOWKEEPER_TEST_SECRET'] = 'x';
    try {
      const env = await insteadOfGit('env');
      const { stdout, stderr } = await run(['version'], {
        env: { ...env, GIT_CONFIG_COUNT: '0', GIT_SSH_COMMAND: 'ssh', HOME: '/nowhere' },
      });

      const names = stdout
        .toString()
        .split('\n')
        .map((line) => line.split('=')[0]);
      const shells = ['', 'PWD', 'OLDPWD', 'SHLVL', '_'];
      expect(
        names.filter((name) => name !== undefined && !shells.includes(name)).toSorted(),
      ).toEqual([
        'GIT_CONFIG_COUNT',
        'GIT_SSH_COMMAND',
        'GIT_TEST_DISALLOW_ABBREVIATED_OPTIONS',
        'HOME',
        'PATH',
      ]);
      expect(stderr).toBe('');
    } finally {
      delete process.env['GIT_TRACE'];
      delete process.env['FLOWKEEPER_TEST_SECRET'];
    }
  });

  test('accepts a configuration key whose host looks like something dangerous', async () => {
    const env = {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'http.https://alias.pager.example.com/.extraHeader',
      GIT_CONFIG_VALUE_0: 'x',
    };
    expect((await run(['version'], { env })).exitCode).toBe(0);
  });

  test('at the deadline git is stopped and git.timeout thrown, even when a grandchild holds the pipe', async () => {
    const pidFile = join(directory, 'pid');
    const env = await insteadOfGit(`sleep 20 & echo $! > ${pidFile}; wait`);
    const startedAt = performance.now();

    const error = await failure(run(['fetch', 'x'], { env, timeoutMs: 100 }));

    expect(isError(error, 'git.timeout') && error.details).toEqual({
      command: 'git fetch',
      afterMs: 100,
    });
    expect(performance.now() - startedAt).toBeLessThan(1000);
    await run(['kill', pidFile], { env: await insteadOfGit(`kill $(cat ${pidFile})`) });
  });

  test('a git that does not heed the signal is left behind after a grace', async () => {
    const env = await insteadOfGit(`trap '' INT; exec sleep 1.3`);
    const startedAt = performance.now();

    const error = await failure(run(['fetch'], { env, timeoutMs: 50 }));

    expect(isError(error, 'git.timeout')).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(1800);
  });

  test('an abort stops git and rejects with its reason', async () => {
    const env = await insteadOfGit('exec sleep 20');
    const cancel = new AbortController();
    const reason = new Error('enough');
    const running = failure(run(['fetch'], { env, signal: cancel.signal }));
    setTimeout(() => {
      cancel.abort(reason);
    }, 50);

    expect(await running).toBe(reason);
  });

  test('after an abort git has removed its locks', async () => {
    const cancel = new AbortController();
    const running = failure(
      run(['update-ref', '--stdin'], { input: 'start\n', signal: cancel.signal }),
    );
    cancel.abort(new Error('enough'));
    await running;

    expect((await run(['update-ref', 'refs/heads/other', 'main'])).exitCode).toBe(0);
  });

  test('a folder or a git that is not there is told in words', async () => {
    const gone = await runGitProcess(
      { args: ['version'], directory: join(directory, 'none'), env: { PATH }, timeoutMs: 1000 },
      signal,
    );
    const noGit = await run(['version'], { env: { PATH: '/nowhere' } });

    expect(gone).toMatchObject({ exitCode: -1, stderr: expect.stringContaining('does not exist') });
    expect(noGit.exitCode).not.toBe(0);
    expect(noGit.stderr).toMatch(/spawn git ENOENT/);
  });
});
