import { createHash } from 'node:crypto';
import { FlowkeeperError } from '../../../src/domain/errors.ts';
import type { Revision } from '../../../src/domain/flow.ts';
import type {
  CommitInfo,
  DesiredSource,
  PinnedRevision,
  SourceFile,
} from '../../../src/ports/desired-source.ts';

export type SourceMethod = keyof DesiredSource;

export interface FakeCommitOptions {
  /** Default `main`. */
  readonly branch?: string;
  readonly message?: string;
  /** `Name <mail>` */
  readonly author?: string;
}

interface FakeCommit extends CommitInfo {
  readonly parent: Revision | undefined;
  /** Every file of the repository by path. */
  readonly tree: ReadonlyMap<string, FakeFile>;
}

interface FakeFile {
  readonly text: string;
  readonly refused?: SourceFile['refused'];
}

const REMOTE = 'fake repository';

/**
 * A repository in memory: commits, branches, tags, faults. Passes the contract suite of DesiredSource.
 * Its lies: revisions are no real commit ids, a commit has one parent, and nothing is refused but what
 * `refuse` names.
 */
export class FakeDesiredSource implements DesiredSource {
  readonly calls: { readonly method: SourceMethod; readonly ref?: string }[] = [];
  /** Every blob id that was asked for, in order. */
  readonly blobsRead: string[] = [];
  readonly #directory: string;
  readonly #commits = new Map<Revision, FakeCommit>();
  readonly #refs = new Map<string, Revision>();
  readonly #blobs = new Map<string, string>();
  readonly #faults: { readonly method: SourceMethod; readonly error: Error }[] = [];
  readonly #refused = new Map<string, SourceFile['refused']>();

  constructor(directory = 'desired-state') {
    this.#directory = directory;
  }

  // What a test arranges.

  /** A commit on a branch (text by path, null deletes), which it makes where it is missing. */
  commit(
    files: Readonly<Record<string, string | null>>,
    options: FakeCommitOptions = {},
  ): Revision {
    const { branch = 'main', message = 'Change settings' } = options;
    const parent = this.#refs.get(branch);
    const tree = new Map(parent === undefined ? [] : this.#commits.get(parent)?.tree);
    for (const [path, text] of Object.entries(files)) {
      if (text === null) tree.delete(path);
      else tree.set(path, { text, ...this.#refusalOf(path) });
    }
    const author = options.author ?? 'Ada Lovelace <ada@example.com>';
    const revision = idOf(`commit ${String(this.#commits.size)} ${message}`);
    this.#commits.set(revision, { revision, author, ...saidIn(message), parent, tree });
    this.#refs.set(branch, revision);
    for (const { text } of tree.values()) this.#blobs.set(blobIdOf(text), text);
    return revision;
  }

  /** Undoes a commit's changes on the tip of the branch, as `git revert` does. */
  revert(revision: Revision, branch = 'main'): Revision {
    const undone = this.#mustHave(revision);
    const before = undone.parent === undefined ? undefined : this.#mustHave(undone.parent);
    const paths = new Set([...undone.tree.keys(), ...(before?.tree.keys() ?? [])]);
    const changed = [...paths].filter(
      (path) => undone.tree.get(path)?.text !== before?.tree.get(path)?.text,
    );
    const files = changed.map((path) => [path, before?.tree.get(path)?.text ?? null] as const);
    return this.commit(Object.fromEntries(files), {
      branch,
      message: `Revert "${undone.subject}"`,
    });
  }

  /** From the next commit on the file of this path is refused. */
  refuse(path: string, refused: NonNullable<SourceFile['refused']>): this {
    this.#refused.set(path, refused);
    return this;
  }

  tag(name: string, revision: Revision): this {
    this.#refs.set(name, revision);
    return this;
  }

  /** Puts a branch elsewhere, as a forced push does; null removes it. */
  moveBranch(name: string, revision: Revision | null): this {
    if (revision === null) this.#refs.delete(name);
    else this.#refs.set(name, revision);
    return this;
  }

  /** The next call of `method` fails with `error`; queue several for several failures. */
  failNext(method: SourceMethod, error: Error): this {
    this.#faults.push({ method, error });
    return this;
  }

  callsOf(method: SourceMethod): number {
    return this.calls.filter((call) => call.method === method).length;
  }

  // DesiredSource.

  async pinHead(signal: AbortSignal): Promise<PinnedRevision> {
    this.#enter({ method: 'pinHead' }, signal);
    const head = this.#refs.get('main');
    if (head !== undefined) return this.#pinned(head);
    const message = `${REMOTE} has no branch main`;
    throw new FlowkeeperError('git.no-branch', message, { remote: REMOTE, branch: 'main' });
  }

  async pin(ref: string, signal: AbortSignal): Promise<PinnedRevision> {
    this.#enter({ method: 'pin', ref }, signal);
    const named = this.#refs.get(ref);
    if (named !== undefined) return this.#pinned(named);
    const isId = /^[0-9a-f]{4,40}$/.test(ref);
    const found = [...this.#commits.keys()].filter((revision) => isId && revision.startsWith(ref));
    if (found.length === 1 && found[0] !== undefined) return this.#pinned(found[0]);
    const message = `${REMOTE} has no revision ${ref}`;
    throw new FlowkeeperError('git.no-revision', message, { remote: REMOTE, revision: ref });
  }

  async mergeBase(
    a: PinnedRevision,
    b: PinnedRevision,
    signal: AbortSignal,
  ): Promise<PinnedRevision | undefined> {
    this.#enter({ method: 'mergeBase' }, signal);
    const line = new Set(this.lineOf(a.revision));
    const common = this.lineOf(b.revision).find((revision) => line.has(revision));
    return common === undefined ? undefined : this.#pinned(common);
  }

  async firstParent(
    pinned: PinnedRevision,
    signal: AbortSignal,
  ): Promise<PinnedRevision | undefined> {
    this.#enter({ method: 'firstParent', ref: pinned.revision }, signal);
    const { parent } = this.#mustHave(pinned.revision);
    return parent === undefined ? undefined : this.#pinned(parent);
  }

  async files(pinned: PinnedRevision, signal: AbortSignal): Promise<readonly SourceFile[]> {
    this.#enter({ method: 'files', ref: pinned.revision }, signal);
    return this.#filesOf(this.#mustHave(pinned.revision));
  }

  async *blobs(
    blobIds: readonly string[],
    signal: AbortSignal,
  ): AsyncGenerator<{ readonly blobId: string; readonly bytes: Uint8Array }> {
    this.#enter({ method: 'blobs' }, signal);
    for (const blobId of blobIds) {
      signal.throwIfAborted();
      const text = this.#blobs.get(blobId);
      if (text === undefined) throw missingBlob(blobId);
      this.blobsRead.push(blobId);
      yield { blobId, bytes: Buffer.from(text, 'utf8') };
    }
  }

  /** No commit of the fake has two parents. */
  async mergeOf(
    pinned: PinnedRevision,
    revision: Revision,
    signal: AbortSignal,
  ): Promise<CommitInfo | undefined> {
    this.#enter({ method: 'mergeOf', ref: revision }, signal);
    this.#mustHave(pinned.revision);
    return undefined;
  }

  async lastChange(
    pinned: PinnedRevision,
    path: string,
    signal: AbortSignal,
  ): Promise<CommitInfo | undefined> {
    this.#enter({ method: 'lastChange', ref: pinned.revision }, signal);
    let commit: FakeCommit | undefined = this.#mustHave(pinned.revision);
    while (commit) {
      const before: FakeCommit | undefined =
        commit.parent === undefined ? undefined : this.#mustHave(commit.parent);
      if (commit.tree.get(path)?.text !== before?.tree.get(path)?.text) {
        const { revision, author, subject, approvedBy } = commit;
        return { revision, author, subject, ...(approvedBy && { approvedBy }) };
      }
      commit = before;
    }
    return undefined;
  }

  #pinned(revision: Revision): PinnedRevision {
    const files = this.#filesOf(this.#mustHave(revision));
    const listing = files.map(({ path, blobId }) => `${path} ${blobId}`).join('\n');
    return { revision, treeId: files.length === 0 ? undefined : idOf(`tree ${listing}`) };
  }

  /** A commit and those before it, the newest first. */
  lineOf(revision: Revision): readonly Revision[] {
    const line: Revision[] = [];
    for (let at: Revision | undefined = revision; at !== undefined; at = this.#mustHave(at).parent)
      line.push(at);
    return line;
  }

  #filesOf(commit: FakeCommit): readonly SourceFile[] {
    return [...commit.tree]
      .filter(([path]) => this.#directory === '' || path.startsWith(`${this.#directory}/`))
      .map(([path, { text, refused }]) => ({
        path,
        blobId: blobIdOf(text),
        sizeBytes: Buffer.byteLength(text),
        ...(refused && { refused }),
      }))
      .toSorted((a, b) => (a.path < b.path ? -1 : 1));
  }

  #refusalOf(path: string): Pick<FakeFile, 'refused'> {
    const refused = this.#refused.get(path);
    return refused ? { refused } : {};
  }

  #mustHave(revision: Revision): FakeCommit {
    const commit = this.#commits.get(revision);
    if (commit === undefined) throw new Error(`the fake source has no commit ${revision}`);
    return commit;
  }

  #enter(
    call: { readonly method: SourceMethod; readonly ref?: string },
    signal: AbortSignal,
  ): void {
    signal.throwIfAborted();
    this.calls.push(call);
    const at = this.#faults.findIndex(({ method }) => method === call.method);
    if (at >= 0) throw this.#faults.splice(at, 1)[0]!.error;
  }
}

/** git's own id of a file's content. */
function blobIdOf(text: string): string {
  return idOf(`blob ${String(Buffer.byteLength(text))}\0${text}`);
}

function idOf(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

function missingBlob(blobId: string): FlowkeeperError {
  const reason = `the mirror has no file content ${blobId}`;
  return new FlowkeeperError('git.failed', reason, { command: 'fake', exitCode: 0, reason });
}

/** The trailers are those of the last paragraph. */
function saidIn(message: string): Pick<CommitInfo, 'subject' | 'approvedBy'> {
  const [subject = ''] = message.split('\n');
  const trailers = message.split('\n\n').slice(1).at(-1)?.split('\n') ?? [];
  const approvedBy = trailers.flatMap((line) => {
    const value = /^(?:Reviewed|Approved|Merged)-by: *(.*)$/i.exec(line)?.[1];
    return value === undefined ? [] : [value];
  });
  return { subject, ...(approvedBy.length > 0 && { approvedBy }) };
}
