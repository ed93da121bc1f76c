import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { FlowkeeperError, isError } from '../../domain/errors.ts';
import type { Revision } from '../../domain/flow.ts';
import type { Log } from '../../ports/log.ts';
import type { GitIdentity } from './git-environment.ts';
import { isLocked, isMissingRef } from './git-failure.ts';
import type { GitExit } from './git-process.ts';
import { makeGitRunner } from './git-runner.ts';
import type { GitCall, GitRunner, GitRunnerDeps } from './git-runner.ts';
import type { GitTimeouts } from './git-timeouts.ts';
import { besideOf, formatOfId, findMirror, MARKER, markDamaged } from './mirror-folder.ts';
import { replaceMirror, systemCodeOf, writeMarker } from './mirror-folder.ts';
import type { MirrorFolder, ObjectFormat } from './mirror-folder.ts';
import { resolveObjects } from './objects.ts';
import { removeStaleLocks } from './stale-locks.ts';

/** What this ref points at was fetched whole, with all its history. */
const TRACKED = 'refs/flowkeeper/head';
const LOCK_WAITS_MS = [50, 200, 500];
/** Share of the fetches and commits after which objects are packed. */
const UPKEEP_SHARE = 1 / 64;

export interface MirrorOptions extends GitIdentity {
  readonly repository: string;
  /** Absolute; the mirror's own folder, made when it is missing. */
  readonly mirrorDirectory: string;
  readonly timeouts: GitTimeouts;
}

export interface MirrorDeps extends GitRunnerDeps {
  /** 0 ≤ x < 1 */
  readonly random: () => number;
}

/**
 * A bare copy of one branch of one remote, in the state folder. It may be lost at any time: it is made
 * anew whenever it is missing, half-made, of another remote, or damaged. Several processes may use one.
 */
export class Mirror {
  readonly git: GitRunner;
  readonly #directory: string;
  readonly #log: Log;
  readonly #random: () => number;
  #folder: MirrorFolder | undefined = undefined;
  #isSuspect = false;
  /** A revision of which everything is known to be here. */
  #whole: Revision | undefined = undefined;

  /** @throws git.unreachable, git.failed when address or ssh files cannot be used at all */
  constructor(options: MirrorOptions, deps: MirrorDeps) {
    this.#directory = options.mirrorDirectory;
    this.#log = deps.log;
    this.#random = deps.random;
    const configFile = join(this.#directory, MARKER);
    this.git = makeGitRunner({ ...options, gitDirectory: this.#directory, configFile }, deps);
  }

  /** Makes the mirror when there is none that can be used. */
  async ensure(signal: AbortSignal): Promise<void> {
    const found = this.#isSuspect ? undefined : await this.#find();
    if (found === undefined) await this.#remake(this.format, signal);
    else this.#adopt(found);
  }

  /** Makes the mirror fit the remote's kind of ids. */
  async useFormat(format: ObjectFormat, signal: AbortSignal): Promise<void> {
    await this.ensure(signal);
    if (this.format !== format) await this.#remake(format, signal);
  }

  get format(): ObjectFormat {
    return this.#folder?.format ?? 'sha1';
  }

  /** Does local work, and reports its failure if that is damage. */
  async guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      await this.reportIfDamage(error);
      throw error;
    }
  }

  /** After a failure that only the mirror can explain, it is made anew at the next use, in any process. */
  async reportIfDamage(error: unknown): Promise<void> {
    if (!isDamage(error)) return;
    this.#isSuspect = true;
    await markDamaged(this.#directory);
  }

  /** Our own commit, pushed: it needs no fetching. */
  noteWhole(revision: Revision): void {
    this.#whole = revision;
  }

  /**
   * Makes the branch's head and its history be here; starts no process when they are known to be.
   * @returns `head`, or what the branch moved on to meanwhile
   */
  async bring(branch: string, head: Revision, signal: AbortSignal): Promise<Revision> {
    if (!this.#isSuspect && this.#whole === head) return head;
    await this.useFormat(formatOfId(head), signal);
    this.#whole = (await this.#isTracked(head, signal))
      ? head
      : await this.#healed(signal, () => this.#fetchHead(branch, head, signal));
    return this.#whole;
  }

  /** Fetches every branch and tag of the remote. */
  fetchAll(signal: AbortSignal): Promise<void> {
    const everything = ['heads', 'tags'].map((kind) => `+refs/${kind}/*:refs/flowkeeper/${kind}/*`);
    return this.fetch(everything, signal);
  }

  /**
   * Fetches refs or commit ids of the remote, without tags and submodules beside.
   * @throws git.no-revision when the remote does not have one of them
   */
  async fetch(refspecs: readonly string[], signal: AbortSignal): Promise<void> {
    // --prune: a branch `a` that is gone would stand in the way of one named `a/b`
    const args = ['fetch', '--no-tags', '--prune', '--no-write-fetch-head'];
    if (this.#whole !== undefined) args.push(`--negotiation-tip=${this.#whole}`);
    const { address, timeouts } = this.git;
    const call = {
      args: [...args, '--', address.url, ...refspecs],
      timeoutMs: timeouts.transferMs,
    };
    const exit = await this.#unlocked(call, signal);
    if (exit.exitCode === 0) return this.keepUp(signal);
    if (!isMissingRef(exit)) throw this.git.failureOf(exit, call);
    const revision = refspecs.join(' ');
    throw new FlowkeeperError('git.no-revision', `${address.display} does not have ${revision}`, {
      remote: address.display,
      revision,
    });
  }

  /** Once in a while packs what is loose or in small packs; drops nothing, since another process may use it. */
  async keepUp(signal: AbortSignal): Promise<void> {
    if (this.#random() >= UPKEEP_SHARE) return;
    const args = ['repack', '--geometric=2', '-d', '-n'];
    const exit = await this.git.exitOf({ args, timeoutMs: this.git.timeouts.transferMs }, signal);
    const reason = this.git.redact(exit.stderr);
    if (exit.exitCode !== 0) this.#log.warn('the upkeep of a git mirror failed', { reason });
  }

  async #fetchHead(branch: string, head: Revision, signal: AbortSignal): Promise<Revision> {
    await this.fetch([`+refs/heads/${branch}:${TRACKED}`], signal);
    const [wanted, tracked] = await resolveObjects(this.git, [`${head}^{commit}`, TRACKED], signal);
    const found = wanted ?? tracked;
    if (found) return found.id;
    const reason = `${head} is not there after it was fetched`;
    throw new FlowkeeperError('git.failed', reason, { command: 'git fetch', exitCode: 0, reason });
  }

  async #isTracked(head: Revision, signal: AbortSignal): Promise<boolean> {
    try {
      const [tracked] = await resolveObjects(this.git, [TRACKED], signal);
      return tracked?.id === head;
    } catch (error) {
      if (isDamage(error)) return false;
      throw error;
    }
  }

  /** Waits for a lock that somebody holds, and removes one that a dead process left. */
  async #unlocked(call: GitCall, signal: AbortSignal): Promise<GitExit> {
    for (const waitMs of LOCK_WAITS_MS) {
      const exit = await this.git.exitOf(call, signal);
      if (exit.exitCode === 0 || !isLocked(exit)) return exit;
      await delay(waitMs, undefined, { signal });
    }
    await removeStaleLocks(this.#directory, this.git.timeouts.transferMs);
    return this.git.exitOf(call, signal);
  }

  async #healed<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.#log.warn('a git mirror is damaged, and made anew', { reason: error.details.reason });
      await this.reportIfDamage(error);
      await this.#remake(this.format, signal);
      return work();
    }
  }

  /** Built beside and renamed into place, so that a mirror is there whole or not at all. */
  async #remake(format: ObjectFormat, signal: AbortSignal): Promise<void> {
    const fresh = besideOf(this.#directory, 'new');
    const args = ['init', '--bare', '--template=', `--object-format=${format}`, '--', fresh];
    try {
      await mkdir(dirname(this.#directory), { recursive: true });
      await this.git.run({ args, timeoutMs: this.git.timeouts.localMs, outside: true }, signal);
      await writeMarker(fresh, this.git.address, format);
      await replaceMirror(
        this.#directory,
        fresh,
        async () => !this.#isSuspect && (await this.#find())?.format === format,
      );
      this.#isSuspect = false;
      this.#adopt(await this.#find());
    } catch (error) {
      throw asGitFailure(error, this.#directory);
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  }

  #find(): Promise<MirrorFolder | undefined> {
    return findMirror(this.#directory, this.git.address);
  }

  /** What was known to be in a mirror is not known of the one that another process put in its place. */
  #adopt(folder: MirrorFolder | undefined): void {
    if (this.#folder?.id !== folder?.id) this.#whole = undefined;
    this.#folder = folder;
  }
}

/** A failure of git that only the mirror itself can explain. */
function isDamage(error: unknown): error is FlowkeeperError<'git.failed'> {
  return (
    isError(error, 'git.failed') &&
    !/No space left|\.lock'|Permission denied|git is not installed|spawn git E/.test(
      error.details.reason,
    )
  );
}

/** What the system says of a folder that is full, or not ours to write. */
const UNWRITABLE: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM']);

/** A fault of the file system, as one of ours. */
function asGitFailure(error: unknown, file: string): unknown {
  const code = systemCodeOf(error);
  if (code === undefined) return error;
  if (typeof code === 'string' && UNWRITABLE.has(code)) {
    const message = `the git mirror in ${file} cannot be made: ${String(error)}`;
    const facts = { file, reason: String(error) };
    return new FlowkeeperError('state.unwritable', message, facts, { cause: error });
  }
  const reason = `the git mirror cannot be made: ${String(error)}`;
  const details = { command: 'git init', exitCode: -1, reason };
  return new FlowkeeperError('git.failed', reason, details, { cause: error });
}
