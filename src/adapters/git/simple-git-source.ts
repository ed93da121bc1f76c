import { FlowkeeperError, isError } from '../../domain/errors.ts';
import type { Revision } from '../../domain/flow.ts';
import type {
  CommitInfo,
  DesiredSource,
  PinnedRevision,
  SourceFile,
} from '../../ports/desired-source.ts';
import type { Log } from '../../ports/log.ts';
import type { GitRunner, GitRunnerDeps } from './git-runner.ts';
import { DEFAULT_GIT_TIMEOUTS } from './git-timeouts.ts';
import type { GitTimeouts } from './git-timeouts.ts';
import type { GitIdentity } from './git-environment.ts';
import { Mirror } from './mirror.ts';
import { listTree, readBlobs, resolveObjects } from './objects.ts';
import { isAbbreviatedId, isAllowedRef, isFullId, refCandidates } from './ref-name.ts';
import { noBranch, remoteHeadOf, remoteRefs } from './remote-refs.ts';
import { makeSerial } from './serial.ts';
import { sourceFileOf } from './source-path.ts';

export interface SimpleGitSourceOptions extends GitIdentity {
  /** https, ssh, file or loopback http address, or an absolute local path. */
  readonly repository: string;
  readonly branch: string;
  /** From the root of the repository; empty or `.` is the root itself. */
  readonly directory: string;
  /** Absolute; this source's own folder, made when it is missing. May be lost at any time. */
  readonly mirrorDirectory: string;
  readonly timeouts?: Partial<GitTimeouts>;
}

export interface SimpleGitSourceDeps extends GitRunnerDeps {
  /** 0 ≤ x < 1; only decides when the mirror is packed. */
  readonly random?: () => number;
}

/** Trailers by which a commit tells who let it in, a line each. */
const APPROVALS =
  '%(trailers:key=Reviewed-by,key=Approved-by,key=Merged-by,valueonly,unfold,separator=%x0A)';

/**
 * The desired state in a git repository, by way of a bare mirror. A look at an unchanged branch is one
 * `git ls-remote`.
 * @throws git.unreachable, git.failed when address or ssh files cannot be used at all
 */
export function makeSimpleGitSource(
  options: SimpleGitSourceOptions,
  deps: SimpleGitSourceDeps,
): DesiredSource {
  return new SimpleGitSource(options, deps);
}

class SimpleGitSource implements DesiredSource {
  readonly #mirror: Mirror;
  readonly #git: GitRunner;
  readonly #log: Log;
  readonly #branch: string;
  readonly #directory: string;
  readonly #serial = makeSerial();
  #last: PinnedRevision | undefined = undefined;

  constructor(options: SimpleGitSourceOptions, deps: SimpleGitSourceDeps) {
    const timeouts = { ...DEFAULT_GIT_TIMEOUTS, ...options.timeouts };
    const random = deps.random ?? Math.random;
    this.#mirror = new Mirror({ ...options, timeouts }, { ...deps, random });
    this.#git = this.#mirror.git;
    this.#log = deps.log;
    this.#branch = options.branch;
    this.#directory = options.directory.split('/').filter(isNamedPart).join('/');
  }

  pinHead(signal: AbortSignal): Promise<PinnedRevision> {
    return this.#serial(signal, async () => {
      await this.#mirror.ensure(signal);
      const { head } = await remoteHeadOf(this.#git, this.#branch, signal);
      if (head === undefined) throw await noBranch(this.#git, this.#branch, signal);
      const whole = await this.#mirror.bring(this.#branch, head, signal);
      if (this.#last?.revision !== whole) this.#last = await this.#inspect(whole, signal);
      if (this.#last) return this.#last;
      throw this.#noRevision(whole, 'it cannot be found after it was fetched');
    });
  }

  pin(ref: string, signal: AbortSignal): Promise<PinnedRevision> {
    return this.#serial(signal, async () => {
      if (!isAllowedRef(ref)) throw this.#noRevision(ref, 'git allows no such name');
      await this.#mirror.ensure(signal);
      const pinned =
        (isFullId(ref) ? undefined : await this.#pinName(ref, signal)) ??
        (isAbbreviatedId(ref) || isFullId(ref) ? await this.#pinId(ref, signal) : undefined);
      if (pinned) return pinned;
      throw this.#noRevision(ref, 'it has no such branch or tag, and not one such commit');
    });
  }

  async mergeBase(
    a: PinnedRevision,
    b: PinnedRevision,
    signal: AbortSignal,
  ): Promise<PinnedRevision | undefined> {
    const args = ['merge-base', a.revision, b.revision];
    const call = { args, timeoutMs: this.#git.timeouts.localMs };
    return this.#mirror.guarded(async () => {
      const exit = await this.#git.exitOf(call, signal);
      // 1 without a word: there is none
      if (exit.exitCode === 1 && exit.stderr === '') return undefined;
      if (exit.exitCode !== 0) {
        const failure = this.#git.failureOf(exit, call);
        if (!/^error: Could not read [0-9a-f]+$/m.test(exit.stderr)) throw failure;
        // a shallow clone, and the commit where they met is not in it: made anew, the mirror has it once the clone has
        await this.#mirror.reportIfDamage(failure);
        return undefined;
      }
      return this.#inspect(exit.stdout.toString('utf8').trim(), signal);
    });
  }

  async firstParent(
    pinned: PinnedRevision,
    signal: AbortSignal,
  ): Promise<PinnedRevision | undefined> {
    return this.#mirror.guarded(() => this.#inspect(`${pinned.revision}^1`, signal));
  }

  async files(pinned: PinnedRevision, signal: AbortSignal): Promise<readonly SourceFile[]> {
    const { treeId } = pinned;
    if (treeId === undefined) return [];
    const entries = await this.#mirror.guarded(() => listTree(this.#git, treeId, '', signal));
    return entries
      .map((entry) => sourceFileOf(entry, this.#directory))
      .toSorted((a, b) => (a.path < b.path ? -1 : 1));
  }

  async *blobs(
    blobIds: readonly string[],
    signal: AbortSignal,
  ): AsyncGenerator<{ readonly blobId: string; readonly bytes: Uint8Array }> {
    try {
      yield* readBlobs(this.#git, blobIds, signal);
    } catch (error) {
      await this.#mirror.reportIfDamage(error);
      throw error;
    }
  }

  async lastChange(
    pinned: PinnedRevision,
    path: string,
    signal: AbortSignal,
  ): Promise<CommitInfo | undefined> {
    return this.#logOne([pinned.revision, '--', path], signal);
  }

  async mergeOf(
    pinned: PinnedRevision,
    revision: Revision,
    signal: AbortSignal,
  ): Promise<CommitInfo | undefined> {
    // the branch's own line, from the first commit on that has it
    const range = `${revision}..${pinned.revision}`;
    const args = ['rev-list', '--first-parent', '--ancestry-path', '--parents', range, '--'];
    const call = { args, timeoutMs: this.#git.timeouts.localMs };
    const output = await this.#mirror.guarded(() => this.#git.run(call, signal));
    const [merge, first, second] =
      output.toString('utf8').trimEnd().split('\n').at(-1)?.split(' ') ?? [];
    // its first parent is the branch as it was before; a commit of the branch itself is that parent
    if (!merge || second === undefined || first === revision) return undefined;
    return this.#logOne([merge, '--'], signal);
  }

  async #logOne(what: readonly string[], signal: AbortSignal): Promise<CommitInfo | undefined> {
    const format = `--format=%H%x00%an <%ae>%x00%s%x00${APPROVALS}`;
    const args = ['log', '-1', '--no-show-signature', format, ...what];
    const call = { args, timeoutMs: this.#git.timeouts.localMs };
    const output = await this.#mirror.guarded(() => this.#git.run(call, signal));
    const [revision, author, subject, approvals = ''] = output.toString('utf8').split('\0');
    if (!revision || author === undefined || subject === undefined) return undefined;
    const approvedBy = approvals.split('\n').filter((line) => line.trim() !== '');
    return { revision, author, subject, ...(approvedBy.length > 0 && { approvedBy }) };
  }

  /** A branch, a tag, `HEAD` or any full ref name of the remote. */
  async #pinName(ref: string, signal: AbortSignal): Promise<PinnedRevision | undefined> {
    const candidates = refCandidates(ref);
    const refs = await remoteRefs(this.#git, candidates, signal);
    const name = candidates.find((candidate) => refs.has(candidate));
    const id = name === undefined ? undefined : refs.get(name);
    if (name === undefined || id === undefined) return undefined;
    const here = await this.#inspect(id, signal);
    if (here) return here;
    await this.#mirror.fetch([name], signal);
    return this.#inspect(id, signal);
  }

  /** A commit id, whole or abbreviated, which any branch or tag may lead to. */
  async #pinId(id: string, signal: AbortSignal): Promise<PinnedRevision | undefined> {
    const here = await this.#inspect(id, signal);
    if (here) return here;
    try {
      if (isFullId(id)) await this.#mirror.fetch([id.toLowerCase()], signal);
    } catch (error) {
      // many servers give a commit only by the ref that leads to it
      if (!isError(error, 'git.no-revision')) throw error;
    }
    const fetched = isFullId(id) ? await this.#inspect(id, signal) : undefined;
    if (fetched) return fetched;
    await this.#mirror.fetchAll(signal);
    return this.#inspect(id, signal);
  }

  async #inspect(name: string, signal: AbortSignal): Promise<PinnedRevision | undefined> {
    const tree = this.#directory === '' ? `${name}^{tree}` : `${name}:${this.#directory}`;
    const names = [`${name}^{commit}`, tree];
    const [commit, directory] = await this.#mirror.guarded(() =>
      resolveObjects(this.#git, names, signal),
    );
    if (commit === undefined) return undefined;
    if (directory && directory.type !== 'tree')
      this.#log.warn('the desired-state directory is no folder', { directory: this.#directory });
    const treeId = directory?.type === 'tree' ? directory.id : undefined;
    return { revision: commit.id, treeId };
  }

  #noRevision(revision: string, reason: string): FlowkeeperError {
    const remote = this.#git.address.display;
    const shown = this.#git.redact(revision);
    const message = `${remote} has no revision ${shown}: ${reason}`;
    return new FlowkeeperError('git.no-revision', message, { remote, revision: shown });
  }
}

function isNamedPart(part: string): boolean {
  return part !== '' && part !== '.';
}
