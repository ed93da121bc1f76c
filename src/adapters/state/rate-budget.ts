import { isUnlimited, MINUTE_MS, takeRequest } from '../../domain/request-budget.ts';
import type {
  Asking,
  BudgetState,
  BudgetVerdict,
  RateLimits,
} from '../../domain/request-budget.ts';
import type { Connection } from './state-database.ts';

/** What one OAuth client has spent, in the state file and so for all processes together. */
export interface RateBudget {
  /** Takes for the first of `wanted` (most urgent first) that may go. */
  take(wanted: readonly Asking[], limits: RateLimits, now: number): BudgetVerdict;
  stall(untilAt: number, now: number): void;
  spent(now: number): BudgetState;
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
    spent: (now) => relaxed.transaction(() => spentBy(relaxed, client, now)),
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
  const { wanted, limits, now } = ask;
  const row = budgetOf(relaxed, client, now);
  const { requests_tat: before, stalled_until: stalledUntil } = row;
  const updateAt = (n: number): number | undefined => updateOf(relaxed, client, n, now);
  const ledger = { requestsTat: before, stalledUntil, updateAt };
  const { verdict, requestsTat } = takeRequest(ledger, wanted, limits, now);
  if (requestsTat !== before) keepBudget(relaxed, { ...row, requests_tat: requestsTat });
  if (verdict.kind === 'admitted' && verdict.admitted.kind === 'write')
    keepUpdate(relaxed, client, ask);
  return verdict;
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

/** Epoch ms of the n-th newest update. */
function updateOf(relaxed: Connection, client: string, n: number, now: number): number | undefined {
  pullUpdates(relaxed, client, now);
  const row = relaxed.get(
    'select at from rate_updates where client = ? order by at desc limit 1 offset ?',
    ...[client, n],
  );
  return row && Number(row['at']);
}

function pullUpdates(relaxed: Connection, client: string, now: number): void {
  relaxed.run('update rate_updates set at = ?2 where client = ?1 and at > ?2', client, now);
}

function keepUpdate(relaxed: Connection, client: string, { limits, now }: Ask): void {
  if (isUnlimited(limits.updatesPerMinute)) return;
  relaxed.run('delete from rate_updates where client = ? and at <= ?', client, now - MINUTE_MS);
  relaxed.run('insert into rate_updates (client, at) values (?, ?)', client, now);
}

function spentBy(relaxed: Connection, client: string, now: number): BudgetState {
  const { requests_tat: requestsTat, stalled_until: stalledUntil } = budgetOf(relaxed, client, now);
  pullUpdates(relaxed, client, now);
  const rows = relaxed.all(
    'select at from rate_updates where client = ? and at > ? order by at',
    ...[client, now - MINUTE_MS],
  );
  return { at: now, requestsTat, stalledUntil, updatesAt: rows.map((row) => Number(row['at'])) };
}
