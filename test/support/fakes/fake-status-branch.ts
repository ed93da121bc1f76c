import { createHash } from 'node:crypto';
import { FlowkeeperError } from '../../../src/domain/errors.ts';
import type { Revision } from '../../../src/domain/flow.ts';
import type {
  BranchCommit,
  BranchTip,
  CommitResult,
  CommitTrailer,
  FileVersion,
  StatusBranch,
} from '../../../src/ports/status-branch.ts';

export interface FakeBranchCommit {
  readonly revision: Revision;
  readonly subject: string;
  readonly body?: string;
  readonly trailers: BranchCommit['trailers'];
  /** What the commit named, as it was given. */
  readonly files: ReadonlyMap<string, string | null>;
}

/** `before`: nothing was pushed; `after`: the push landed, and only its answer is lost. */
export type PushFaultTime = 'before' | 'after';

const REMOTE = 'fake repository';
const BRANCH = 'flowkeeper/status';

/** A status branch in memory, with rivals and faults. Passes the contract suite of StatusBranch. */
export class FakeStatusBranch implements StatusBranch {
  /** Every commit on the branch, the oldest first. */
  readonly commits: FakeBranchCommit[] = [];
  /** How often a `build` was called, repeats after a lost race included. */
  builds = 0;
  /** Its lie: all commits are of one instant. */
  readonly #madeAt = Date.UTC(2026, 10, 24);
  readonly #pushAttempts: number;
  #tree: ReadonlyMap<string, string> = new Map();
  #turn: Promise<unknown> = Promise.resolve();
  readonly #rivals: ReadonlyMap<string, string | null>[] = [];
  readonly #faults: { readonly error: Error; readonly at: PushFaultTime | 'tip' | 'probe' }[] = [];

  constructor(options: { readonly pushAttempts?: number } = {}) {
    this.#pushAttempts = options.pushAttempts ?? 5;
  }

  // What a test arranges.

  /** Somebody else commits, now. */
  commitByHand(files: Readonly<Record<string, string | null>>, subject = 'By hand'): Revision {
    return this.#append({ subject, trailers: [], files: new Map(Object.entries(files)) });
  }

  /** Somebody else pushes just before our next push; call again for further pushes. */
  raceNext(files: Readonly<Record<string, string | null>>): this {
    this.#rivals.push(new Map(Object.entries(files)));
    return this;
  }

  /** The next push fails; with `after` it has landed all the same. */
  failNextPush(error: Error, at: PushFaultTime = 'before'): this {
    this.#faults.push({ error, at });
    return this;
  }

  /** The next look at the tip, by `tip` or `commit`, fails. */
  failNextTip(error: Error): this {
    this.#faults.push({ error, at: 'tip' });
    return this;
  }

  /** The remote lets us read, and not push. */
  failNextProbe(error: Error): this {
    this.#faults.push({ error, at: 'probe' });
    return this;
  }

  /** Nothing that was arranged happens any more. */
  heal(): void {
    this.#rivals.splice(0);
    this.#faults.splice(0);
  }

  // What a test looks at.

  /** Every file of the branch, text by path. */
  get files(): ReadonlyMap<string, string> {
    return this.#tree;
  }

  // StatusBranch.

  async probe(signal: AbortSignal): Promise<void> {
    await this.tip(signal);
    this.#throwPlanned('probe');
  }

  async tip(signal: AbortSignal, at = Infinity): Promise<BranchTip> {
    signal.throwIfAborted();
    this.#throwPlanned('tip');
    return at < this.#madeAt
      ? new FakeTip([], new Map())
      : new FakeTip([...this.commits], this.#tree);
  }

  commit(
    build: (tip: BranchTip) => Promise<BranchCommit | undefined>,
    signal: AbortSignal,
  ): Promise<CommitResult> {
    const turn = this.#turn.then(() => this.#commit(build, signal));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #commit(
    build: (tip: BranchTip) => Promise<BranchCommit | undefined>,
    signal: AbortSignal,
  ): Promise<CommitResult> {
    for (let attempt = 1; attempt <= this.#pushAttempts; attempt += 1) {
      const tip = await this.tip(signal);
      this.builds += 1;
      const commit = await build(tip);
      if (!commit || !this.#changes(commit)) return { kind: 'nothing' };
      const rival = this.#rivals.shift();
      this.#throwPlanned('before');
      if (rival) this.#append({ subject: 'A rival', trailers: [], files: rival });
      if (this.commits.at(-1)?.revision !== tip.revision) continue;
      const revision = this.#append(commit);
      this.#throwPlanned('after');
      return { kind: 'pushed', revision };
    }
    const details = { remote: REMOTE, branch: BRANCH, attempts: this.#pushAttempts };
    throw new FlowkeeperError('git.push-rejected', 'the branch moved again and again', details);
  }

  #changes({ files }: BranchCommit): boolean {
    return [...files].some(([path, text]) => (this.#tree.get(path) ?? null) !== text);
  }

  #append(commit: BranchCommit): Revision {
    const tree = new Map(this.#tree);
    for (const [path, text] of commit.files) {
      if (text === null) tree.delete(path);
      else tree.set(path, text);
    }
    this.#tree = tree;
    const text = `${String(this.commits.length)} ${commit.subject}`;
    const revision = createHash('sha1').update(text).digest('hex');
    this.commits.push({ ...commit, revision });
    return revision;
  }

  #throwPlanned(at: PushFaultTime | 'tip' | 'probe'): void {
    const index = this.#faults.findIndex((fault) => fault.at === at);
    if (index >= 0) throw this.#faults.splice(index, 1)[0]!.error;
  }
}

class FakeTip implements BranchTip {
  readonly revision: Revision | undefined;
  readonly #commits: readonly FakeBranchCommit[];
  readonly #tree: ReadonlyMap<string, string>;

  constructor(commits: readonly FakeBranchCommit[], tree: ReadonlyMap<string, string>) {
    this.revision = commits.at(-1)?.revision;
    this.#commits = commits;
    this.#tree = tree;
  }

  async *history(folder: string, commits: number): AsyncGenerator<FileVersion, void, undefined> {
    const known = new Map<string, string | null>();
    const changes = this.#commits.flatMap(({ files }) => {
      const changed = [...files].filter(
        ([path, text]) => path.startsWith(`${folder}/`) && (known.get(path) ?? null) !== text,
      );
      for (const [path, text] of changed) known.set(path, text);
      return changed.length === 0 ? [] : [changed];
    });
    for (const changed of changes.slice(-commits))
      for (const [path, text] of changed) if (text !== null) yield { path, text };
  }

  async trailers(key: string): Promise<readonly CommitTrailer[]> {
    return this.#commits
      .toReversed()
      .flatMap(({ revision, trailers }) =>
        trailers.filter((trailer) => trailer.key === key).map(({ value }) => ({ revision, value })),
      );
  }

  async read(path: string): Promise<string | undefined> {
    return this.#tree.get(path);
  }

  async list(folder: string): Promise<readonly string[]> {
    return [...(await this.readAll(folder)).keys()];
  }

  async readAll(folder: string): Promise<ReadonlyMap<string, string>> {
    const prefix = folder === '' ? '' : `${folder.replace(/\/+$/, '')}/`;
    const below = [...this.#tree].filter(([path]) => path.startsWith(prefix));
    return new Map(below.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }
}
