import type { Revision } from './flow.ts';

/**
 * Why the signature of a commit does not count. `bad`: it is not of this commit, or its key was revoked in a way that git
 * does not tell apart; `rewritten`: the branch no longer has the last commit that was verified; `unverifiable`: git or
 * the files of the config could not tell.
 */
export type SignatureFault =
  'unsigned' | 'bad' | 'unknown-signer' | 'expired' | 'revoked' | 'rewritten' | 'unverifiable';

/** The commit that keeps a head from being verified. */
export interface CommitFault {
  readonly commit: Revision;
  readonly fault: SignatureFault;
  /** For a person. */
  readonly reason: string;
}

/** The watched branch's head, of which nothing is used. */
export interface UnverifiedHead extends CommitFault {
  readonly revision: Revision;
}

/** In a line, for people. */
export function unverifiedWords({ revision, reason }: UnverifiedHead): string {
  return `the branch's head ${revision.slice(0, 10)} is not verified, and nothing of it is used: ${reason}`;
}
