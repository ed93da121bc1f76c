import type { CommitInfo, DesiredSource, PinnedRevision } from '../ports/desired-source.ts';

/** The change, approved also by whoever merged it, and by those whom the merge names. */
export async function withMerge(
  source: DesiredSource,
  pinned: PinnedRevision,
  change: CommitInfo | undefined,
  signal: AbortSignal,
): Promise<CommitInfo | undefined> {
  if (!change) return undefined;
  const merge = await source.mergeOf(pinned, change.revision, signal);
  if (!merge) return change;
  const all = [...(change.approvedBy ?? []), ...(merge.approvedBy ?? []), merge.author];
  return { ...change, approvedBy: [...new Set(all)] };
}
