import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FlowkeeperError } from '../../domain/errors.ts';
import type { Revision } from '../../domain/flow.ts';
import type { Environment } from './git-environment.ts';
import { runGitProcess } from './git-process.ts';
import { DEFAULT_GIT_TIMEOUTS } from './git-timeouts.ts';

/** A commit that a person is to push, in a clone of theirs. */
export interface CommitInClone {
  /** The clone: a work tree, or a bare repository. */
  readonly folder: string;
  /** A repository of this machine that has the parent. */
  readonly from: string;
  readonly parent: Revision;
  /** A new one. */
  readonly branch: string;
  /** Subject, and after an empty line the body. */
  readonly message: string;
  /** New bytes by path; null deletes. */
  readonly files: ReadonlyMap<string, Uint8Array | null>;
}

/** Whom git takes for the committer, and where it finds that out. */
const PASSED_ON =
  /^(PATH|HOME|XDG_CONFIG_HOME|TMPDIR|USER|LOGNAME|EMAIL|GIT_(AUTHOR|COMMITTER)_(NAME|EMAIL|DATE)|GIT_CONFIG_(GLOBAL|NOSYSTEM))$/;

/**
 * Makes a commit on a new branch of a clone, in the name of the person whose clone it is. What is checked out there,
 * staged or changed stays as it is, and nothing is pushed.
 *
 * @throws git.failed, with git's own words
 */
export async function commitInClone(
  commit: CommitInClone,
  own: Environment,
  signal: AbortSignal,
): Promise<Revision> {
  const scratch = await mkdtemp(join(tmpdir(), 'flowkeeper-commit-'));
  try {
    const git = makeGit(commit.folder, join(scratch, 'index'), own, signal);
    const ref = `refs/heads/${commit.branch}`;
    await git(['check-ref-format', ref]);
    await bringParent(git, commit);
    await git(['read-tree', commit.parent]);
    for (const [path, bytes] of commit.files) await stage(git, path, bytes);
    const tree = await git(['write-tree']);
    const made = await git(['commit-tree', '-p', commit.parent, tree], commit.message);
    // the branch must not exist: what it would lead to may be somebody's work
    await git(['update-ref', '-m', 'flowkeeper', ref, made, '0'.repeat(made.length)]);
    return made;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

type Git = (args: readonly string[], input?: string | Uint8Array) => Promise<string>;

function makeGit(folder: string, indexFile: string, own: Environment, signal: AbortSignal): Git {
  const passed = Object.entries(own).flatMap(([name, value]) =>
    PASSED_ON.test(name) && value !== undefined ? [[name, value] as const] : [],
  );
  const env = {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    ...Object.fromEntries(passed),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_INDEX_FILE: indexFile,
  };
  return async (args, input) => {
    const call = {
      args: ['-c', 'core.hooksPath=/dev/null', '-c', 'gc.auto=0', ...args],
      directory: folder,
      env,
      timeoutMs: DEFAULT_GIT_TIMEOUTS.transferMs,
      ...(input !== undefined && { input }),
    };
    const exit = await runGitProcess(call, signal);
    if (exit.exitCode === 0) return exit.stdout.toString('utf8').trim();
    const command = `git ${args[0] ?? ''}`;
    const reason = exit.stderr.trim().split('\n').slice(-3).join('; ');
    const details = { command, exitCode: exit.exitCode, reason };
    throw new FlowkeeperError('git.failed', `${command} failed in ${folder}: ${reason}`, details);
  };
}

async function bringParent(git: Git, { from, parent }: CommitInClone): Promise<void> {
  try {
    await git(['cat-file', '-e', `${parent}^{commit}`]);
  } catch {
    const options = ['--no-tags', '--no-write-fetch-head', '--no-recurse-submodules'];
    await git(['fetch', '--quiet', ...options, '--', from, parent]);
  }
}

async function stage(git: Git, path: string, bytes: Uint8Array | null): Promise<void> {
  if (bytes === null) {
    await git(['update-index', '--force-remove', '--', path]);
    return;
  }
  const blob = await git(['hash-object', '-w', '--stdin'], bytes);
  await git(['update-index', '--add', '--cacheinfo', `100644,${blob},${path}`]);
}
