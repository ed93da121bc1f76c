import type { Deadlines } from '../domain/deadlines.ts';
import { formatDuration } from '../domain/duration.ts';
import type { ErrorCode } from '../domain/error-details.ts';
import { FlowkeeperError } from '../domain/errors.ts';
import type { OrgName } from '../domain/flow.ts';
import type { Clock } from '../ports/clock.ts';
import { withDeadline, withGrace } from './deadline.ts';

type LimitClock = Pick<Clock, 'alarm' | 'monotonicMs'>;

/** What has a longest time of its own within one org's run. */
export type Phase = 'load' | 'live' | 'plan' | 'look-up' | 'reload' | 'flow' | 'record';

interface PhaseLimit {
  readonly code: Extract<ErrorCode, `deadline.${Phase}`>;
  readonly ms: (deadlines: Deadlines) => number;
  /** What takes too long. */
  readonly words: string;
  /** Computed without a pause, so that only its end can tell that it took too long. */
  readonly isComputed?: true;
}

const PHASES: Readonly<Record<Phase, PhaseLimit>> = {
  load: {
    code: 'deadline.load',
    ms: ({ loadMs }) => loadMs,
    words: 'reading and checking the files',
    isComputed: true,
  },
  live: { code: 'deadline.live', ms: ({ liveMs }) => liveMs, words: 'reading the live flows' },
  plan: {
    code: 'deadline.plan',
    ms: ({ planMs }) => planMs,
    words: 'planning',
    isComputed: true,
  },
  'look-up': {
    code: 'deadline.look-up',
    ms: ({ lookUpMs }) => lookUpMs,
    words: 'looking up what flows depend on',
  },
  reload: { code: 'deadline.reload', ms: ({ reloadMs }) => reloadMs, words: 'a reload' },
  flow: { code: 'deadline.flow', ms: ({ flowMs }) => flowMs, words: 'updating a flow' },
  record: {
    code: 'deadline.record',
    ms: ({ recordMs }) => recordMs,
    words: 'recording on the status branch',
  },
};

/** Keeps one org's run, and each phase of it, within its time. One for each run. */
export class TimeLimits {
  readonly #clock: LimitClock;
  readonly #org: OrgName;
  readonly #deadlines: Deadlines;
  /** On the monotonic clock; undefined: the run has not begun. */
  #startedMs: number | undefined;
  /** How often each is under way. */
  readonly #underWay = new Map<Phase, number>();

  constructor(clock: LimitClock, org: OrgName, deadlines: Deadlines) {
    this.#clock = clock;
    this.#org = org;
    this.#deadlines = deadlines;
  }

  /** Of the whole run. */
  get runMs(): number {
    return this.#deadlines.runMs;
  }

  /** Until the run has to end. */
  get leftMs(): number {
    const nowMs = this.#clock.monotonicMs();
    return this.runMs - (nowMs - (this.#startedMs ?? nowMs));
  }

  /** @throws run.deadline, naming what was under way */
  run<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const ms = this.#deadlines.runMs;
    this.#startedMs ??= this.#clock.monotonicMs();
    const makeError = (): FlowkeeperError => {
      const during = this.#words();
      const where = during.length === 0 ? '' : `; under way: ${during.join(', ')}`;
      const message = `the run of ${this.#org} took longer than ${formatDuration(ms)}${where}`;
      return new FlowkeeperError('run.deadline', message, { org: this.#org, afterMs: ms, during });
    };
    return withDeadline(this.#clock, { ms, makeError }, signal, work);
  }

  /** @throws deadline.* of the phase */
  async phase<T>(
    phase: Phase,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { ms: msOf, isComputed } = PHASES[phase];
    const ms = msOf(this.#deadlines);
    const startedMs = this.#clock.monotonicMs();
    const makeError = (): FlowkeeperError => this.#overdue(phase, ms);
    this.#note(phase, 1);
    try {
      const result = await inTime(this.#clock, { ms, makeError }, signal, work);
      if (isComputed && this.#clock.monotonicMs() - startedMs > ms) throw makeError();
      return result;
    } finally {
      this.#note(phase, -1);
    }
  }

  #overdue(phase: Phase, ms: number): FlowkeeperError {
    const { code, words } = PHASES[phase];
    const message = `${words} took longer than ${formatDuration(ms)} (${this.#org})`;
    return new FlowkeeperError(code, message, { org: this.#org, afterMs: ms });
  }

  #note(phase: Phase, change: 1 | -1): void {
    this.#underWay.set(phase, (this.#underWay.get(phase) ?? 0) + change);
  }

  #words(): string[] {
    return [...this.#underWay].flatMap(([phase, count]) =>
      count > 0 ? [PHASES[phase].words] : [],
    );
  }
}

/** What belongs to no org's run. */
const COMMON = {
  source: {
    code: 'deadline.source',
    ms: ({ sourceMs }: Deadlines) => sourceMs,
    words: 'finding out where the branch is, and fetching it,',
  },
  command: {
    code: 'deadline.command',
    ms: ({ commandMs }: Deadlines) => commandMs,
    words: 'the command',
  },
} as const;

/** Finds out what git says, or looks at what is recorded, within its time. @throws deadline.source, deadline.command */
export function withinTime<T>(
  clock: LimitClock,
  { what, deadlines }: { readonly what: keyof typeof COMMON; readonly deadlines: Deadlines },
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { code, ms: msOf, words } = COMMON[what];
  const ms = msOf(deadlines);
  const makeError = (): FlowkeeperError => {
    const message = `${words} took longer than ${formatDuration(ms)}`;
    return new FlowkeeperError(code, message, { afterMs: ms });
  };
  return inTime(clock, { ms, makeError }, signal, work);
}

function inTime<T>(
  clock: LimitClock,
  limit: Parameters<typeof withDeadline>[1],
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return withDeadline(clock, limit, signal, (alive) => withGrace(clock, alive, work));
}
