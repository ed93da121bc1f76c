import type { Revision } from '../domain/flow.ts';
import type { UnverifiedHead } from '../domain/unverified-head.ts';

/** One commit, pinned: everything of a run is read from it and from no other. */
export interface PinnedRevision {
  readonly revision: Revision;
  /** Id of the tree of the desired-state directory: equal ids prove equal files. Undefined: the directory does not exist. */
  readonly treeId: string | undefined;
  /** The branch's head, which this stands in for: it was not signed by anybody who may. */
  readonly unverified?: UnverifiedHead;
}

export interface SourceFile {
  /** From the root of the repository, `/` between parts. */
  readonly path: string;
  readonly blobId: string;
  readonly sizeBytes: number;
  /** Set when the file is refused by what it is; its content is then never read. */
  readonly refused?: 'source.symlink' | 'source.submodule' | 'source.bad-path' | 'source.too-large';
}

export interface CommitInfo {
  readonly revision: Revision;
  /** `Name <mail>` */
  readonly author: string;
  readonly subject: string;
  /** What its trailers Reviewed-by, Approved-by and Merged-by say; missing when it has none. */
  readonly approvedBy?: readonly string[];
}

/** The repository that holds the desired state. Read only; nothing here ever writes to it. */
export interface DesiredSource {
  /**
   * Asks the remote for the branch's head with one cheap request, fetches only when it moved, and pins it.
   * @throws git.unreachable, git.auth-failed, git.no-branch, git.timeout, git.failed; git.unverified where signatures are
   * asked for, and no commit is known that has a good one
   */
  pinHead(signal: AbortSignal): Promise<PinnedRevision>;

  /** Pins another commit, branch or tag. @throws git.no-revision and as `pinHead` */
  pin(ref: string, signal: AbortSignal): Promise<PinnedRevision>;

  /** The commit that two have in common, the last one; undefined: their histories never met, as far as they are there. */
  mergeBase(
    a: PinnedRevision,
    b: PinnedRevision,
    signal: AbortSignal,
  ): Promise<PinnedRevision | undefined>;

  /** The commit that this one was made on, of a merge the branch that it went into; undefined: it is the first. */
  firstParent(pinned: PinnedRevision, signal: AbortSignal): Promise<PinnedRevision | undefined>;

  /** Every file below the desired-state directory, sorted by path. */
  files(pinned: PinnedRevision, signal: AbortSignal): Promise<readonly SourceFile[]>;

  /** The bytes of blobs, in any order; asked for in batches. */
  blobs(
    blobIds: readonly string[],
    signal: AbortSignal,
  ): AsyncIterable<{ readonly blobId: string; readonly bytes: Uint8Array }>;

  /** The merge by which a commit came into the branch as of `pinned`; undefined: it was committed there itself. */
  mergeOf(
    pinned: PinnedRevision,
    revision: Revision,
    signal: AbortSignal,
  ): Promise<CommitInfo | undefined>;

  /** The last commit at or before `pinned` that touched the file; undefined when history does not tell. */
  lastChange(
    pinned: PinnedRevision,
    path: string,
    signal: AbortSignal,
  ): Promise<CommitInfo | undefined>;
}
