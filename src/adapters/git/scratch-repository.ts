import type { Log } from '../../ports/log.ts';
import { makeGitRunner } from './git-runner.ts';
import { DEFAULT_GIT_TIMEOUTS } from './git-timeouts.ts';
import { makeSimpleGitStatusBranch } from './simple-git-status-branch.ts';
import { systemClock } from '../clock/system-clock.ts';

export interface ScratchCommit {
  readonly author: { readonly name: string; readonly email: string };
  /** Subject, and after an empty line the body. */
  readonly message: string;
  /** New text by path; null deletes. */
  readonly files: ReadonlyMap<string, string | null>;
}

/** A bare repository with a `main` branch that people commit to: for the demo, which plays all of them. */
export interface ScratchRepository {
  readonly path: string;
  /** Commits to `main`; resolves with the revision. */
  commit(commit: ScratchCommit, signal: AbortSignal): Promise<string>;
  /** A file as a branch has it. @throws when it does not */
  read(branch: string, path: string, signal: AbortSignal): Promise<string>;
  /** One line a commit, newest first. */
  log(branch: string, signal: AbortSignal): Promise<string>;
}

/** @param path absolute; must not exist yet. Its parent also gets a folder for the committers' mirror. */
export async function makeScratchRepository(path: string, log: Log): Promise<ScratchRepository> {
  const timeouts = DEFAULT_GIT_TIMEOUTS;
  const git = makeGitRunner(
    { repository: path, gitDirectory: path, configFile: '/dev/null', timeouts },
    { log },
  );
  const { localMs } = timeouts;
  const args = ['init', '--quiet', '--bare', '--initial-branch=main', path];
  await git.run({ args, timeoutMs: localMs, outside: true }, new AbortController().signal);

  const text = async (args: readonly string[], signal: AbortSignal): Promise<string> =>
    (await git.run({ args, timeoutMs: localMs }, signal)).toString('utf8');

  return {
    path,
    async commit({ author, message, files }, signal) {
      const branch = makeSimpleGitStatusBranch(
        { repository: path, branch: 'main', author, mirrorDirectory: `${path}.people` },
        { log, clock: systemClock, random: Math.random },
      );
      const [subject = '', ...rest] = message.split('\n\n');
      const body = rest.join('\n\n');
      const change = { subject, ...(body !== '' && { body }), trailers: [], files };
      const result = await branch.commit(() => Promise.resolve(change), signal);
      if (result.kind === 'nothing') throw new Error(`"${subject}" changes nothing`);
      return result.revision;
    },
    read: (branch, file, signal) =>
      text(['cat-file', 'blob', `refs/heads/${branch}:${file}`], signal),
    log: (branch, signal) => text(['log', '--format=%h %s', `refs/heads/${branch}`, '--'], signal),
  };
}
