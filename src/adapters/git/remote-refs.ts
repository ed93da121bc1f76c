import type { Revision } from '../../domain/flow.ts';
import { FlowkeeperError } from '../../domain/errors.ts';
import { formatOfId } from './mirror-folder.ts';
import type { ObjectFormat } from './mirror-folder.ts';
import type { GitRunner } from './git-runner.ts';

/** How many branches an error names, so that a typing slip is seen at once. */
const BRANCHES_NAMED = 8;

/** Where a branch stands on the remote, with one request. */
export async function remoteHeadOf(
  git: GitRunner,
  branch: string,
  signal: AbortSignal,
): Promise<RemoteHead> {
  const ref = `refs/heads/${branch}`;
  // the remote answers with every ref that merely ends in a pattern
  const refs = await remoteRefs(git, [ref, 'HEAD'], signal);
  const head = refs.get(ref);
  const anyId = head ?? refs.get('HEAD');
  return { head, format: anyId === undefined ? undefined : formatOfId(anyId) };
}

export interface RemoteHead {
  /** Undefined: the branch is not there. */
  readonly head: Revision | undefined;
  /** Undefined: the remote is empty, so that nothing tells. */
  readonly format: ObjectFormat | undefined;
}

/** Refs of the remote by full name; the patterns are matched at their end. */
export async function remoteRefs(
  git: GitRunner,
  patterns: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Revision>> {
  const output = await git.run(
    {
      args: ['ls-remote', '--', git.address.url, ...patterns],
      timeoutMs: git.timeouts.checkMs,
    },
    signal,
  );
  const lines = output.toString('utf8').split('\n');
  return new Map(
    lines.flatMap((line) => {
      const match = /^([0-9a-f]{40}|[0-9a-f]{64})\t(.+)$/.exec(line);
      return match?.[1] && match[2] ? [[match[2], match[1]] as const] : [];
    }),
  );
}

/** The error for a branch that is not there, with the names of some that are. */
export async function noBranch(
  git: GitRunner,
  branch: string,
  signal: AbortSignal,
): Promise<FlowkeeperError> {
  const refs = await remoteRefs(git, ['refs/heads/*'], signal);
  const names = [...refs.keys()]
    .filter((ref) => ref.startsWith('refs/heads/'))
    .map((ref) => git.redact(ref.slice('refs/heads/'.length)));
  const remote = git.address.display;
  return new FlowkeeperError('git.no-branch', `${remote} has no branch ${branch}: ${told(names)}`, {
    remote,
    branch,
  });
}

function told(names: readonly string[]): string {
  if (names.length === 0)
    return 'it names no branches at all, so it is empty, or what answers there is no git server';
  const shown = names.slice(0, BRANCHES_NAMED).join(', ');
  const rest = names.length - BRANCHES_NAMED;
  return rest > 0 ? `it has ${shown} and ${String(rest)} more` : `it has ${shown}`;
}
