import type { RateLimits, RequestPriority } from '../../ports/rate-gate.ts';
import { nextGcra } from './gcra.ts';
import type { GcraLimit, GcraVerdict } from './gcra.ts';
import type { Connection } from './state-database.ts';

export type RequestKind = 'read' | 'write';

/** A request that wants to be sent. */
export interface Asking {
  readonly kind: RequestKind;
  readonly priority: RequestPriority;
}

/** `admitted` is the one of those asking that was; otherwise none of them may go before `waitMs`. */
export type BudgetVerdict =
  | { readonly kind: 'admitted'; readonly admitted: Asking }
  | { readonly kind: 'wait'; readonly waitMs: number };

/** What one OAuth client has spent, in the state file and so for all processes together. */
export interface RateBudget {
  /** Takes for the first of `wanted` (most urgent first) that may go. */
  take(wanted: readonly Asking[], limits: RateLimits, now: number): BudgetVerdict;
  stall(untilAt: number, now: number): void;
}

const MINUTE_MS = 60_000;

/** Of each budget that routine may not use. */
const SHARE_FOR_PEOPLE = 0.2;

/** From here on a limit is no limit. */
const UNLIMITED_PER_MINUTE = 1_000_000;

export function isUnlimited(perMinute: number): boolean {
  return perMinute >= UNLIMITED_PER_MINUTE;
}

/** A quarter of a minute's requests at once: any minute then sees at most 1.25 times the limit. */
function requestLimitOf(perMinute: number): GcraLimit {
  return { intervalMs: MINUTE_MS / perMinute, burst: Math.max(1, Math.floor(perMinute / 4)) };
}

/**
 * The commits are relaxed: when the machine goes down, the spendings of its last moments may be forgotten,
 * which gives away one burst at most, and the service's own limit stands behind it.
 *
 * Instants in the future come from a clock that was set back. They are pulled to `now` where they are met, so
 * that nobody waits for the old time to come again.
 */
export function makeRateBudget(relaxed: Connection, client: string): RateBudget {
  return {
    take: (wanted, limits, now) =>
      relaxed.transaction(() => take(relaxed, client, { wanted, limits, now })),
    stall: (untilAt, now) => {
      relaxed.transaction(() => {
        const row = budgetOf(relaxed, client, now);
        keepBudget(relaxed, {
          ...row,
          stalled_at: now,
          stalled_until: Math.max(untilAt, row.stalled_until),
        });
      });
    },
  };
}

interface Ask {
  readonly wanted: readonly Asking[];
  readonly limits: RateLimits;
  readonly now: number;
}

interface BudgetRow {
  readonly client: string;
  readonly requests_tat: number;
  readonly stalled_at: number;
  readonly stalled_until: number;
}

function take(relaxed: Connection, client: string, ask: Ask): BudgetVerdict {
  const { wanted, now } = ask;
  const row = budgetOf(relaxed, client, now);
  if (now < row.stalled_until) return { kind: 'wait', waitMs: row.stalled_until - now };

  let waitMs = Infinity;
  let tat = row.requests_tat;
  for (const asking of wanted) {
    const request = nextRequest(row.requests_tat, asking, ask);
    const updatesMs = request.waitMs > 0 ? 0 : updatesLeft(relaxed, client, asking, ask);
    if (request.waitMs + updatesMs > 0) {
      waitMs = Math.min(waitMs, request.waitMs + updatesMs);
      // what was kept by a clock that was set back is not to be believed again
      if (request.waitMs > 0) tat = request.tat;
      continue;
    }
    if (request.tat !== row.requests_tat)
      keepBudget(relaxed, { ...row, requests_tat: request.tat });
    if (asking.kind === 'write') keepUpdate(relaxed, client, ask);
    return { kind: 'admitted', admitted: asking };
  }
  if (tat !== row.requests_tat) keepBudget(relaxed, { ...row, requests_tat: tat });
  return { kind: 'wait', waitMs };
}

function nextRequest(tat: number, { priority }: Asking, { limits, now }: Ask): GcraVerdict {
  if (isUnlimited(limits.requestsPerMinute)) return { waitMs: 0, tat };
  const limit = requestLimitOf(limits.requestsPerMinute);
  return nextGcra(tat, now, limit, keptFromRoutine(limit.burst, priority));
}

/** How much of a budget of this size the one who asks has to leave. */
function keptFromRoutine(size: number, priority: RequestPriority): number {
  return priority === 'people' ? 0 : Math.floor(size * SHARE_FOR_PEOPLE);
}

function budgetOf(relaxed: Connection, client: string, now: number): BudgetRow {
  const row = relaxed.get('select * from rate_budgets where client = ?', client) as
    BudgetRow | undefined;
  if (!row) return { client, requests_tat: 0, stalled_at: 0, stalled_until: 0 };
  if (row.stalled_at <= now) return row;
  const asked = row.stalled_until - row.stalled_at;
  const pulled = { ...row, stalled_at: now, stalled_until: now + asked };
  keepBudget(relaxed, pulled);
  return pulled;
}

function keepBudget(relaxed: Connection, row: BudgetRow): void {
  relaxed.run(
    'insert or replace into rate_budgets (client, requests_tat, stalled_at, stalled_until) values (?, ?, ?, ?)',
    ...[row.client, row.requests_tat, row.stalled_at, row.stalled_until],
  );
}

/**
 * Milliseconds until this one may go as far as updates are concerned. A log, not a rate: an operator reads `updatesPerMinute`
 * literally, so no minute sees more, and all of them may go at once after a rest.
 */
function updatesLeft(
  relaxed: Connection,
  client: string,
  { kind, priority }: Asking,
  { limits, now }: Ask,
): number {
  if (kind === 'read' || isUnlimited(limits.updatesPerMinute)) return 0;
  relaxed.run('update rate_updates set at = ?2 where client = ?1 and at > ?2', client, now);
  const all = Math.floor(limits.updatesPerMinute);
  const row = relaxed.get(
    'select at from rate_updates where client = ? order by at desc limit 1 offset ?',
    ...[client, all - keptFromRoutine(all, priority) - 1],
  );
  return row ? Math.max(0, Number(row['at']) + MINUTE_MS - now) : 0;
}

function keepUpdate(relaxed: Connection, client: string, { limits, now }: Ask): void {
  if (isUnlimited(limits.updatesPerMinute)) return;
  relaxed.run('delete from rate_updates where client = ? and at <= ?', client, now - MINUTE_MS);
  relaxed.run('insert into rate_updates (client, at) values (?, ?)', client, now);
}
