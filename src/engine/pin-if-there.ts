import { isError } from '../domain/errors.ts';
import type { Revision } from '../domain/flow.ts';
import type { DesiredSource, PinnedRevision } from '../ports/desired-source.ts';

/** Undefined: a branch that was moved by force has lost the commit, and nobody has it any more. @throws git.* else */
export async function pinIfThere(
  source: Pick<DesiredSource, 'pin'>,
  revision: Revision,
  signal: AbortSignal,
): Promise<PinnedRevision | undefined> {
  try {
    return await source.pin(revision, signal);
  } catch (error) {
    if (isError(error, 'git.no-revision')) return undefined;
    throw error;
  }
}
