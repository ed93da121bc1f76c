import type { Revision } from '../domain/flow.ts';
import type { CommitFault } from '../domain/unverified-head.ts';

export interface CommitsToVerify {
  readonly tip: Revision;
  /** Every commit that this one does not have is looked at; undefined: the tip alone. */
  readonly since?: Revision;
}

/** Tells whether commits were signed by somebody whom the operator allows. The commits have to be here already. */
export interface CommitVerifier {
  /** Changes whenever whom the operator allows changes. Never rejects. */
  ground(): Promise<string>;
  /**
   * The first commit at fault, oldest first; undefined: all are good.
   * @throws git.failed, git.timeout: then nothing is known
   */
  findFault(asked: CommitsToVerify, signal: AbortSignal): Promise<CommitFault | undefined>;
}
