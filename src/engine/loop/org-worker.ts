import type { OrgName } from '../../domain/flow.ts';
import type { RunEntry } from '../../domain/trigger.ts';
import type { Chance } from '../../ports/chance.ts';
import type { PinnedRevision } from '../../ports/desired-source.ts';
import type { Ports } from '../../ports/ports.ts';
import type { TriggerLog } from '../../ports/trigger-log.ts';
import { reportedError } from '../reported-error.ts';
import type { Approval } from '../org-run.ts';
import type { OrgRunReport } from '../run-report.ts';
import { backOffMs } from './backoff.ts';
import { makeBell } from './bell.ts';
import type { Head } from './head.ts';
import { nextRun } from './next-run.ts';
import type { NextRun } from './next-run.ts';
import { answeredBy, makeRunEntry } from './run-entry.ts';

/** After something that no run can tell of, as a full disk. */
const TROUBLE = { firstMs: 1_000, maxMs: 60_000 };

export interface WorkerParts {
  readonly org: OrgName;
  readonly ports: Pick<Ports, 'clock' | 'log'>;
  readonly triggers: TriggerLog;
  readonly head: Head;
  readonly chance: Chance;
  /** One run of the org; whatever ends it early is in the report. */
  readonly run: (
    pinned: PinnedRevision,
    approval: Approval | undefined,
    signal: AbortSignal,
  ) => Promise<OrgRunReport>;
  /** Of the org's policy at a revision, in milliseconds. */
  readonly intervalAt: (pinned: PinnedRevision, signal: AbortSignal) => Promise<number>;
  readonly onRunEnded: (run: RunEntry) => void;
}

export interface WorkerView {
  readonly org: OrgName;
  /** Epoch ms; undefined: it is not at work. */
  readonly runningSince?: number;
  /** Epoch ms of the next run, if nothing calls for it sooner. */
  readonly nextRunAt: number;
  readonly nextReason: NextRun['reason'];
  /** Runs in a row that did not end well. */
  readonly failures: number;
  /** Something was asked for that no run has answered yet. */
  readonly waiting: boolean;
  readonly last?: RunEntry;
  /** Epoch ms of the end of the last run that ended with exit code 0 or 2. */
  readonly lastGoodAt?: number;
}

/**
 * Keeps one org: one run at a time, one for all triggers that came before it, and one more for those that came
 * meanwhile.
 */
export class OrgWorker {
  readonly #parts: WorkerParts;
  readonly #bell;
  /** Highest number of a trigger that was announced, that a run was started for, that a run answered. */
  #announced = 0;
  #attempted = 0;
  #answered = 0;
  /** A run answers what was announced only on a look at git after this moment. */
  #ticket = 0;
  #dueMs: number;
  #next: NextRun = { inMs: 0, reason: 'interval', failures: 0 };
  #approval: Approval | undefined;
  #runningSince: number | undefined;
  #last: RunEntry | undefined;
  #lastGoodAt: number | undefined;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
    this.#bell = makeBell(parts.ports.clock);
    this.#dueMs = parts.ports.clock.monotonicMs();
  }

  /**
   * A trigger was accepted.
   *
   * @param ticket git has to be looked at after this moment; undefined: that is done
   * @returns false when it was known
   */
  announce(number: number, ticket: number | undefined): boolean {
    if (number <= this.#announced) return false;
    this.#announced = number;
    this.#ticket = Math.max(this.#ticket, ticket ?? 0);
    this.#next = { ...this.#next, failures: 0 };
    this.#bell.ring();
    return true;
  }

  /**
   * A person approved a plan: the next run that comes to judge one goes by it. Only in memory, as a plan is: where the
   * process ends before, it is approved again.
   */
  approve(approval: Approval): void {
    this.#approval = approval;
  }

  /** Git was looked at. */
  wake(): void {
    this.#bell.ring();
  }

  view(): WorkerView {
    const { clock } = this.#parts.ports;
    return {
      org: this.#parts.org,
      nextRunAt: clock.now() + Math.max(0, this.#dueMs - clock.monotonicMs()),
      nextReason: this.#next.reason,
      failures: this.#next.failures,
      waiting: this.#announced > this.#answered,
      ...(this.#runningSince !== undefined && { runningSince: this.#runningSince }),
      ...(this.#last && { last: this.#last }),
      ...(this.#lastGoodAt !== undefined && { lastGoodAt: this.#lastGoodAt }),
    };
  }

  /** Works until `drain` aborts and the run under way is over; `cancel` ends that run early. Never rejects. */
  async work({ drain, cancel }: { readonly drain: AbortSignal; readonly cancel: AbortSignal }) {
    while (!drain.aborted) {
      try {
        await this.#step(drain, cancel);
      } catch (thrown) {
        this.#trouble(thrown);
      }
    }
  }

  async #step(drain: AbortSignal, cancel: AbortSignal): Promise<void> {
    const { head, ports, triggers, org } = this.#parts;
    const current = head.after(this.#ticket);
    if (this.#announced > this.#attempted && current) {
      await this.#runOnce(current, this.#announced, cancel);
      return;
    }
    const waitMs = this.#dueMs - ports.clock.monotonicMs();
    const known = head.after(0);
    if (waitMs > 0 || !known) {
      await this.#bell.wait(Math.max(waitMs, known ? 0 : TROUBLE.maxMs), drain);
      return;
    }
    if (!current) {
      // git is away while a push waits for it: what git said last holds on, and answers nothing
      await this.#runOnce(known, undefined, cancel);
      return;
    }
    const { reason } = this.#next;
    const [number = 0] = await triggers.accept([{ org, reason, at: ports.clock.now() }]);
    this.#announced = Math.max(this.#announced, number);
    await this.#runOnce(current, this.#announced, cancel);
  }

  async #runOnce(
    pinned: PinnedRevision,
    answers: number | undefined,
    cancel: AbortSignal,
  ): Promise<void> {
    const { ports, run, intervalAt, triggers, chance, onRunEnded } = this.#parts;
    this.#attempted = answers ?? this.#attempted;
    this.#runningSince = ports.clock.now();
    try {
      const approval = this.#approval;
      const report = await run(pinned, approval, cancel);
      if (report.verdict && this.#approval === approval) this.#approval = undefined;
      const intervalMs = await intervalAt(pinned, cancel);
      const { failures } = this.#next;
      this.#plan(nextRun(report, { failures, intervalMs, now: ports.clock.now() }, chance));
      const entry = makeRunEntry(report);
      this.#last = entry;
      if (entry.exitCode === 0 || entry.exitCode === 2) this.#lastGoodAt = ports.clock.now();
      const answered = answeredBy(report, answers);
      await triggers.runEnded(entry, answered);
      this.#answered = Math.max(this.#answered, answered ?? 0);
      onRunEnded(entry);
    } finally {
      this.#runningSince = undefined;
    }
  }

  #plan(next: NextRun): void {
    this.#next = next;
    this.#dueMs = this.#parts.ports.clock.monotonicMs() + next.inMs;
  }

  #trouble(thrown: unknown): void {
    const { ports, chance, org } = this.#parts;
    const failures = this.#next.failures + 1;
    this.#plan({ inMs: backOffMs(failures, TROUBLE, chance), reason: 'retry', failures });
    const { code, message } = reportedError(thrown);
    ports.log.error('the loop of an org met trouble, and goes on', { org, code, reason: message });
  }
}
