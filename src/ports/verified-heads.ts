import type { Revision } from '../domain/flow.ts';

/** Remembers which head of the watched branch was verified last, over restarts. */
export interface VerifiedHeads {
  /** Undefined: none was. @throws state.* */
  last(): Promise<Revision | undefined>;
  /** Durable when it resolves. @throws state.* */
  save(revision: Revision): Promise<void>;
}
