import { isUnlimited } from '../../domain/request-budget.ts';
import type { RequestKind } from '../../domain/request-budget.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RateGate, RateLimits } from '../../ports/rate-gate.ts';
import { asPromise } from './as-promise.ts';
import { makeRateBudget } from './rate-budget.ts';
import type { SqliteStateStore } from './sqlite-state-store.ts';
import { WaitingLine } from './waiting-line.ts';

export interface SqliteRateGateOptions {
  readonly store: Pick<SqliteStateStore, 'database'>;
  /** Names the budget: whoever uses the same OAuth client gives the same name. */
  readonly client: string;
  readonly clock: Clock;
}

/** Until `configure`: a quarter above it is the service's own limit of 300 requests a minute. */
const DEFAULT_LIMITS: RateLimits = { requestsPerMinute: 240, updatesPerMinute: 30 };

/**
 * The budget of one OAuth client, kept in the state file. Nothing is reserved while waiting: the one in
 * front looks again when its time has come.
 *
 * Limits below one a minute count as one. Limits of a million a minute and more are none, and the state file
 * is then not touched; such a gate knows only of the silences that its own process was asked for.
 */
export function openSqliteRateGate(options: SqliteRateGateOptions): RateGate {
  const { store, client, clock } = options;
  const budget = makeRateBudget(store.database.relaxed, client);
  let limits = DEFAULT_LIMITS;
  /** On the monotonic clock. */
  let silentUntilMs = 0;
  const waits = makeWaits(clock);

  const line = new WaitingLine(
    (wanted) => {
      const silenceMs = silentUntilMs - clock.monotonicMs();
      if (silenceMs > 0) return { kind: 'wait', waitMs: silenceMs };
      const first = wanted[0];
      if (first && needsNoBudget(first.kind, limits)) return { kind: 'admitted', admitted: first };
      return budget.take(wanted, limits, clock.now());
    },
    (ms, signal) => waits.sleep(ms, signal),
  );
  return {
    configure: ({ requestsPerMinute, updatesPerMinute }) => {
      limits = {
        requestsPerMinute: Math.max(1, requestsPerMinute),
        updatesPerMinute: Math.max(1, updatesPerMinute),
      };
      line.lookAgain();
    },
    admit: (kind, signal, priority = 'people') => line.join({ kind, priority }, signal),
    stall: (untilAt) =>
      asPromise(() => {
        const now = clock.now();
        silentUntilMs = Math.max(silentUntilMs, clock.monotonicMs() + untilAt - now);
        budget.stall(untilAt, now);
      }),
    spent: () =>
      asPromise(() => {
        const now = clock.now();
        const spent = budget.spent(now);
        const silentUntil = now + silentUntilMs - clock.monotonicMs();
        return { ...spent, stalledUntil: Math.max(spent.stalledUntil, silentUntil) };
      }),
    get waitedMs() {
      return waits.totalMs();
    },
  };
}

/** Sleeps for whoever is in front, one at a time, and adds it up, the sleep under way included. */
function makeWaits(clock: Pick<Clock, 'monotonicMs' | 'sleep'>): {
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  totalMs(): number;
} {
  let endedMs = 0;
  let fromMs: number | undefined;
  const underWayMs = (): number => (fromMs === undefined ? 0 : clock.monotonicMs() - fromMs);
  return {
    sleep: async (ms, signal) => {
      fromMs = clock.monotonicMs();
      try {
        await clock.sleep(ms, signal);
      } finally {
        endedMs += underWayMs();
        fromMs = undefined;
      }
    },
    totalMs: () => endedMs + underWayMs(),
  };
}

function needsNoBudget(kind: RequestKind, limits: RateLimits): boolean {
  if (!isUnlimited(limits.requestsPerMinute)) return false;
  return kind === 'read' || isUnlimited(limits.updatesPerMinute);
}
