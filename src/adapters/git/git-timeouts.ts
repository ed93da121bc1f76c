/** The longest times of one git command, in milliseconds. */
export interface GitTimeouts {
  /** Asking a remote what it has. */
  readonly checkMs: number;
  /** Moving objects: fetch and push. */
  readonly transferMs: number;
  /** Reading and writing the mirror. */
  readonly localMs: number;
}

export const DEFAULT_GIT_TIMEOUTS: GitTimeouts = {
  checkMs: 30_000,
  transferMs: 600_000,
  localMs: 120_000,
};
