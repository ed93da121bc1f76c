import { FlowkeeperError } from '../../domain/errors.ts';
import type { Revision } from '../../domain/flow.ts';
import type { Clock } from '../../ports/clock.ts';
import type { BranchTip, CommitResult, StatusBranch } from '../../ports/status-branch.ts';
import type { BranchCommit } from '../../ports/status-branch.ts';
import { parseCommitAnswer, renderCommitStream } from './commit-stream.ts';
import type { CommitAuthor, MadeCommit } from './commit-stream.ts';
import { GitBranchTip } from './git-branch-tip.ts';
import type { GitIdentity } from './git-environment.ts';
import { reasonOf } from './git-failure.ts';
import type { GitCall, GitRunner, GitRunnerDeps } from './git-runner.ts';
import { DEFAULT_GIT_TIMEOUTS } from './git-timeouts.ts';
import type { GitTimeouts } from './git-timeouts.ts';
import { Mirror } from './mirror.ts';
import { readPushReport } from './push-report.ts';
import { remoteHeadOf } from './remote-refs.ts';
import { makeSerial } from './serial.ts';

export interface SimpleGitStatusBranchOptions extends GitIdentity {
  /** https, ssh, file or loopback http address, or an absolute local path. */
  readonly repository: string;
  readonly branch: string;
  /** Absolute; this branch's own folder, made when it is missing. May be lost at any time. */
  readonly mirrorDirectory: string;
  /** Author and committer. */
  readonly author: CommitAuthor;
  /** Pushes of one commit, others being quicker each time, before it is given up. At least 1; 5 by default. */
  readonly pushAttempts?: number;
  readonly timeouts?: Partial<GitTimeouts>;
}

export interface SimpleGitStatusBranchDeps extends GitRunnerDeps {
  readonly clock: Clock;
  /** 0 ≤ x < 1 */
  readonly random: () => number;
}

const DEFAULT_PUSH_ATTEMPTS = 5;
const MAX_RETRY_DELAY_MS = 4000;

/** Never leaves the mirror: where the branch does not exist yet, something has to stand for its first commit. */
const PROBE: BranchCommit = {
  subject: 'A look whether the branch may be pushed',
  trailers: [],
  files: new Map([['README.md', '']]),
};

interface Rejection {
  readonly kind: 'raced' | 'declined';
  /** The remote's, redacted. */
  readonly words: string;
}

/**
 * The status branch in a git repository, by way of a bare mirror without a work tree. A commit is three git
 * processes (look, write, push), and one for each read of `build`.
 * @throws git.unreachable, git.failed when address or ssh files cannot be used at all
 */
export function makeSimpleGitStatusBranch(
  options: SimpleGitStatusBranchOptions,
  deps: SimpleGitStatusBranchDeps,
): StatusBranch {
  return new SimpleGitStatusBranch(options, deps);
}

class SimpleGitStatusBranch implements StatusBranch {
  readonly #options: SimpleGitStatusBranchOptions;
  readonly #deps: SimpleGitStatusBranchDeps;
  readonly #mirror: Mirror;
  readonly #git: GitRunner;
  readonly #serial = makeSerial();

  constructor(options: SimpleGitStatusBranchOptions, deps: SimpleGitStatusBranchDeps) {
    const timeouts = { ...DEFAULT_GIT_TIMEOUTS, ...options.timeouts };
    this.#options = options;
    this.#deps = deps;
    this.#mirror = new Mirror({ ...options, timeouts }, deps);
    this.#git = this.#mirror.git;
  }

  tip(signal: AbortSignal, at?: number): Promise<BranchTip> {
    return this.#serial(signal, async () => {
      const tip = await this.#freshTip(signal);
      return at === undefined || tip.revision === undefined
        ? tip
        : this.#tipAt(tip.revision, at, signal);
    });
  }

  async #tipAt(newest: Revision, at: number, signal: AbortSignal): Promise<BranchTip> {
    const seconds = String(Math.max(0, Math.floor(at / 1000)));
    const args = ['rev-list', '--max-count=1', `--min-age=${seconds}`, newest, '--'];
    const call = { args, timeoutMs: this.#git.timeouts.localMs };
    const output = await this.#mirror.guarded(() => this.#git.run(call, signal));
    const revision = output.toString('utf8').trim();
    return new GitBranchTip(this.#mirror, revision === '' ? undefined : revision, signal);
  }

  /** One commit at a time: `build` must not use this status branch but through the tip it is given. */
  commit(
    build: (tip: BranchTip) => Promise<BranchCommit | undefined>,
    signal: AbortSignal,
  ): Promise<CommitResult> {
    return this.#serial(signal, async () => {
      let made: MadeCommit | undefined;
      for (let attempt = 1; ; attempt += 1) {
        const tip = await this.#freshTip(signal);
        // a push that git repeated by itself finds its own first try on the branch
        if (made && tip.revision === made.revision) return pushed(made);
        const commit = await build(tip);
        made = commit && (await this.#make(commit, tip.revision, signal));
        if (!made?.changesFiles) return { kind: 'nothing' };
        const verdict = await this.#push(made.revision, signal);
        if (verdict.kind === 'pushed') return pushed(made);
        await this.#beforeNextTry(verdict, attempt, signal);
      }
    });
  }

  probe(signal: AbortSignal): Promise<void> {
    return this.#serial(signal, async () => {
      const { revision } = await this.#freshTip(signal);
      const pushed = revision ?? (await this.#make(PROBE, undefined, signal))?.revision ?? '';
      const call = this.#pushCall(pushed, ['--dry-run'], this.#git.timeouts.checkMs);
      const exit = await this.#git.exitOf(call, signal);
      // that somebody pushed since we looked is no answer to the question
      if (readPushReport(exit).kind === 'failed') throw this.#git.failureOf(exit, call);
    });
  }

  /** @throws git.push-rejected when there is none */
  async #beforeNextTry(verdict: Rejection, attempt: number, signal: AbortSignal): Promise<void> {
    const maxAttempts = this.#options.pushAttempts ?? DEFAULT_PUSH_ATTEMPTS;
    if (verdict.kind === 'declined' || attempt >= maxAttempts)
      throw this.#rejected(verdict.words, attempt);
    this.#deps.log.info('the status branch moved; building again on its tip', { attempt });
    const longestMs = Math.min(MAX_RETRY_DELAY_MS, 100 * 2 ** attempt);
    await this.#deps.clock.sleep(Math.ceil(this.#deps.random() * longestMs), signal);
  }

  async #freshTip(signal: AbortSignal): Promise<BranchTip> {
    await this.#mirror.ensure(signal);
    const { branch } = this.#options;
    const { head, format } = await remoteHeadOf(this.#git, branch, signal);
    if (head !== undefined) {
      const revision = await this.#mirror.bring(branch, head, signal);
      return new GitBranchTip(this.#mirror, revision, signal);
    }
    if (format) await this.#mirror.useFormat(format, signal);
    return new GitBranchTip(this.#mirror, undefined, signal);
  }

  async #make(
    commit: BranchCommit,
    parent: Revision | undefined,
    signal: AbortSignal,
  ): Promise<MadeCommit | undefined> {
    if (commit.files.size === 0) return undefined;
    const { author } = this.#options;
    const format = this.#mirror.format;
    const plan = { commit, parent, author, at: this.#deps.clock.now(), format };
    const args = ['fast-import', '--quiet', '--done', '--date-format=raw'];
    const call = { args, input: renderCommitStream(plan), timeoutMs: this.#git.timeouts.localMs };
    return parseCommitAnswer(await this.#mirror.guarded(() => this.#git.run(call, signal)), plan);
  }

  /** Never by force. Where the connection breaks, the push may have landed: the next look at the tip tells. */
  async #push(
    revision: Revision,
    signal: AbortSignal,
  ): Promise<{ readonly kind: 'pushed' } | Rejection> {
    const call = this.#pushCall(revision, [], this.#git.timeouts.transferMs);
    const exit = await this.#git.exitOf(call, signal);
    const verdict = readPushReport(exit);
    switch (verdict.kind) {
      case 'pushed':
        this.#mirror.noteWhole(revision);
        await this.#mirror.keepUp(signal);
        return verdict;
      case 'failed':
        throw this.#git.failureOf(exit, call);
      case 'raced':
      case 'declined':
        return { kind: verdict.kind, words: this.#wordsOf(verdict.words, exit) };
    }
  }

  #pushCall(revision: Revision, options: readonly string[], timeoutMs: number): GitCall {
    const refspec = `${revision}:refs/heads/${this.#options.branch}`;
    const args = ['push', '--porcelain', '--no-follow-tags', ...options, '--'];
    return { args: [...args, this.#git.address.url, refspec], timeoutMs };
  }

  /** The verdict on the ref, and what a hook said beside it. */
  #wordsOf(words: string, exit: Parameters<typeof reasonOf>[0]): string {
    const remoteLines = exit.stderr.split('\n').filter((line) => line.startsWith('remote: '));
    const said = reasonOf({ stderr: remoteLines.join('\n') }, this.#git.redact);
    return [this.#git.redact(words), said].filter((part) => part !== '').join('; ');
  }

  #rejected(words: string, attempts: number): FlowkeeperError {
    const { branch } = this.#options;
    const remote = this.#git.address.display;
    const tries = attempts === 1 ? '' : ` ${String(attempts)} times`;
    const message = `${remote} rejected the push to ${branch}${tries}: ${words}`;
    return new FlowkeeperError('git.push-rejected', message, { remote, branch, attempts });
  }
}

function pushed({ revision }: MadeCommit): CommitResult {
  return { kind: 'pushed', revision };
}
