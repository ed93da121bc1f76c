import { usageError } from '../domain/usage-error.ts';
import type { DesiredSource, PinnedRevision } from '../ports/desired-source.ts';

interface AskedRevisions {
  readonly revision?: string;
  readonly base?: string;
}

/** The revisions that a plan is asked for, the branch's head by default. @throws git.no-revision; cli.usage when the two have no commit in common */
export async function pinAsked(
  source: DesiredSource,
  { revision, base }: AskedRevisions,
  signal: AbortSignal,
): Promise<{ readonly pinned: PinnedRevision; readonly base?: PinnedRevision }> {
  const pinned = await (revision === undefined
    ? source.pinHead(signal)
    : source.pin(revision, signal));
  if (base === undefined) return { pinned };
  const target = await source.pin(base, signal);
  const parted = await source.mergeBase(target, pinned, signal);
  if (parted) return { pinned, base: parted };
  throw usageError(
    `${base} and ${revision ?? 'the branch'} have no commit in common, as far as this repository knows`,
    'In a shallow clone fetch the history first: `git fetch --unshallow`, or `fetch-depth: 0` of actions/checkout, or `GIT_DEPTH: 0` of GitLab CI.',
  );
}
