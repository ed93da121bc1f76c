import type { TriggerReason } from '../../domain/trigger.ts';
import type { Chance } from '../../ports/chance.ts';
import { lastOutcomesOf } from '../run-report.ts';
import type { OrgRunReport } from '../run-report.ts';
import { backOffMs, withJitter } from './backoff.ts';

/** A run is tried again so soon after the first failure; from then on twice as late each time. */
const FIRST_RETRY_MS = 5_000;
/** Another process is at work on the org: it will not take long. */
const BUSY_MS = 2_000;
/** However soon a flow could be tried again: nothing may turn into a hot loop. */
const MIN_RETRY_MS = 1_000;

/** Endings that the next run may well turn into a good one. */
const RESTLESS = new Set(['failed', 'conflict', 'unresolved', 'cancelled']);

export interface NextRun {
  /** Milliseconds from now. */
  readonly inMs: number;
  readonly reason: Extract<TriggerReason, 'interval' | 'retry'>;
  /** Runs in a row that did not end well. */
  readonly failures: number;
}

/**
 * When an org is looked at next, if nothing calls for it sooner: after the policy's interval, or when a flow that
 * was deferred may be tried again, or after a pause that grows while runs do not end well. The interval is the
 * upper bound of all.
 *
 * @param before `failures`: in a row before this run; `intervalMs`: of the policy; `now`: epoch ms
 */
export function nextRun(
  report: OrgRunReport,
  before: { readonly failures: number; readonly intervalMs: number; readonly now: number },
  chance: Chance,
): NextRun {
  const intervalMs = withJitter(before.intervalMs, chance);
  if (report.error?.code === 'state.busy')
    return { inMs: withJitter(BUSY_MS, chance), reason: 'retry', failures: before.failures };
  const failures = endedWell(report) ? 0 : before.failures + 1;
  const candidates = retryTimesOf(report).map((at) => Math.max(MIN_RETRY_MS, at - before.now));
  if (failures > 0) {
    const limits = { firstMs: FIRST_RETRY_MS, maxMs: before.intervalMs };
    candidates.push(backOffMs(failures, limits, chance));
  }
  const retryMs = Math.min(...candidates);
  return retryMs < intervalMs
    ? { inMs: retryMs, reason: 'retry', failures }
    : { inMs: intervalMs, reason: 'interval', failures };
}

function endedWell(report: OrgRunReport): boolean {
  if (report.error || report.publishing.kind === 'kept') return false;
  return !lastOutcomesOf(report.outcomes).some(({ status }) => RESTLESS.has(status));
}

/** Epoch ms. */
function retryTimesOf({ outcomes, verdict }: OrgRunReport): number[] {
  const flows = lastOutcomesOf(outcomes).flatMap(({ status, retryAt }) =>
    retryAt === undefined || status === 'applied' ? [] : [retryAt],
  );
  const plan = verdict?.kind === 'defer' && verdict.untilAt !== undefined ? [verdict.untilAt] : [];
  return [...flows, ...plan];
}
