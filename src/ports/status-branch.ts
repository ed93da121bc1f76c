import type { Revision } from '../domain/flow.ts';

/** The status branch as it is right now, for the one who builds the next commit on it. */
export interface BranchTip {
  /** Undefined: the branch does not exist yet. */
  readonly revision: Revision | undefined;
  /** A file's text; undefined when the tip does not have it. */
  read(path: string): Promise<string | undefined>;
  /** Paths below a folder, sorted. */
  list(folder: string): Promise<readonly string[]>;
  /** All files below a folder: text by path, in the order of the paths. */
  readAll(folder: string): Promise<ReadonlyMap<string, string>>;
  /**
   * What each file below a folder came to say, in the last so many commits that changed some of them: the oldest
   * first. A deletion is not told.
   */
  history(folder: string, commits: number): AsyncIterable<FileVersion>;
  /** What the trailers of this key say in the commits that led to this tip, the newest commit first. */
  trailers(key: string): Promise<readonly CommitTrailer[]>;
}

/** A file as one commit left it. */
export interface FileVersion {
  readonly path: string;
  readonly text: string;
}

/** One trailer of one commit. */
export interface CommitTrailer {
  readonly revision: Revision;
  /** In one line, without spaces around. */
  readonly value: string;
}

export interface BranchCommit {
  /** Ends in `[skip ci]`. */
  readonly subject: string;
  readonly body?: string;
  readonly trailers: readonly { readonly key: string; readonly value: string }[];
  /** New text by path; null deletes. Paths not named stay. */
  readonly files: ReadonlyMap<string, string | null>;
}

export type CommitResult =
  { readonly kind: 'pushed'; readonly revision: Revision } | { readonly kind: 'nothing' };

/** Where runs are recorded. Only ever moves forward: no force, no rewrite. */
export interface StatusBranch {
  /**
   * Builds one commit on the tip and pushes it. When the push is rejected because the branch moved:
   * fetches, calls `build` again with the new tip, pushes again, a bounded number of times with jitter.
   * `build` returning undefined, or files equal to the tip's, ends with `nothing`.
   * @throws git.push-rejected, git.unreachable, git.auth-failed, git.timeout, git.failed
   */
  commit(
    build: (tip: BranchTip) => Promise<BranchCommit | undefined>,
    signal: AbortSignal,
  ): Promise<CommitResult>;

  /**
   * Asks the remote whether it would let us push, as far as it tells without a push: nothing is sent that stays, and
   * rules that only a push meets (protected branches, hooks) are not asked.
   * @throws as `tip`
   */
  probe(signal: AbortSignal): Promise<void>;

  /**
   * The tip as the remote has it now; or the last commit that was made at or before `at` (epoch ms, whole seconds
   * count), of those that the remote has now.
   * @throws git.unreachable, git.auth-failed, git.timeout, git.failed
   */
  tip(signal: AbortSignal, at?: number): Promise<BranchTip>;
}
