import type { Revision } from '../../domain/flow.ts';
import type { Chance } from '../../ports/chance.ts';
import type { PinnedRevision } from '../../ports/desired-source.ts';
import type { Ports } from '../../ports/ports.ts';
import { reportedError } from '../reported-error.ts';
import type { ReportedError } from '../run-report.ts';
import { backOffMs, withJitter } from './backoff.ts';
import { makeBell } from './bell.ts';

/** A remote that is away is asked again so soon; from then on twice as late each time. */
const FIRST_RETRY_MS = 1_000;
const MAX_RETRY_MS = 300_000;

export interface HeadOptions {
  readonly pollMs: number;
  readonly chance: Chance;
  /** Git says something new; awaited before anybody gets to see it. */
  readonly onMoved: (to: Revision, from: PinnedRevision) => Promise<void>;
  /** A look went well. */
  readonly onLooked: () => void;
}

export interface HeadView {
  /** What git said last; undefined before the first look that went well. */
  readonly pinned?: PinnedRevision;
  /** Epoch ms of that look's start. */
  readonly lookedAt?: number;
  /** Why the last look failed; undefined when it did not. */
  readonly error?: ReportedError;
  /** Looks that failed in a row. */
  readonly failures: number;
  readonly looks: number;
}

/** The watched branch's head, looked at for all orgs together: one request a tick, however many ask. */
export interface Head {
  /** Names this moment: a look that starts later is after it. */
  ticket(): number;
  /** What a look after the moment found; undefined while there was none. A look at any time is after 0. */
  after(ticket: number): PinnedRevision | undefined;
  /** Look now, whatever failed before. */
  wanted(): void;
  view(): HeadView;
  /** Looks until the signal aborts. Never rejects. */
  watch(signal: AbortSignal): Promise<void>;
}

export function makeHead(
  ports: Pick<Ports, 'source' | 'clock' | 'log'>,
  options: HeadOptions,
): Head {
  const bell = makeBell(ports.clock);
  let started = 0;
  /** Number of the last look that went well. */
  let succeeded = 0;
  let view: HeadView = { failures: 0, looks: 0 };

  const look = async (signal: AbortSignal): Promise<void> => {
    const number = ++started;
    const lookedAt = ports.clock.now();
    try {
      const pinned = await ports.source.pinHead(signal);
      const before = view.pinned;
      if (before && isMoved(before, pinned))
        await options.onMoved((pinned.unverified ?? pinned).revision, before);
      if (view.failures > 0) ports.log.info('the repository answers again', {});
      succeeded = number;
      view = { pinned, lookedAt, failures: 0, looks: started };
      options.onLooked();
    } catch (thrown) {
      if (signal.aborted) return;
      const error = reportedError(thrown);
      view = { ...view, error, failures: view.failures + 1, looks: started };
      const { code, message } = error;
      ports.log.warn('the repository could not be read', { code, reason: message });
    }
  };

  const pauseMs = (): number => {
    const { failures } = view;
    if (failures === 0) return withJitter(options.pollMs, options.chance);
    const limits = { firstMs: FIRST_RETRY_MS, maxMs: Math.max(options.pollMs, MAX_RETRY_MS) };
    return backOffMs(failures, limits, options.chance);
  };

  return {
    ticket: () => started,
    after: (ticket) => (succeeded > ticket ? view.pinned : undefined),
    wanted() {
      bell.ring();
    },
    view: () => view,
    async watch(signal) {
      while (!signal.aborted) {
        await look(signal);
        await bell.wait(pauseMs(), signal);
      }
    },
  };
}

/** That a head was found which may not be used is told by a run, too. */
function isMoved(before: PinnedRevision, now: PinnedRevision): boolean {
  return before.treeId !== now.treeId || before.unverified?.revision !== now.unverified?.revision;
}
