import type { OutcomeStatus } from '../../domain/outcome.ts';
import type { RunEntry, WaitingFlow } from '../../domain/trigger.ts';
import { unverifiedWords } from '../../domain/unverified-head.ts';
import type { Log } from '../../ports/log.ts';
import type { TriggerLog } from '../../ports/trigger-log.ts';
import { reportedError } from '../reported-error.ts';
import { exitCodeOf, lastOutcomesOf } from '../run-report.ts';
import type { OrgRunReport } from '../run-report.ts';
import { summarize } from '../summarize.ts';

const MAX_WAITING = 20;
const DONE = new Set<OutcomeStatus>(['applied', 'in-sync']);

/** What is remembered of a run that is over. */
export function makeRunEntry(report: OrgRunReport): RunEntry {
  const { org, runId, revision, startedAt, durationMs, plan, error } = report;
  const outcomes = lastOutcomesOf(report.outcomes);
  const counted: Partial<Record<OutcomeStatus, number>> = {};
  for (const { status } of outcomes) counted[status] = (counted[status] ?? 0) + 1;
  return {
    ...{ org, runId, revision, startedAt, durationMs },
    exitCode: exitCodeOf(report),
    summary: summarize(outcomes, plan, error?.code ?? policyFailureOf(report)),
    outcomes: counted,
    waiting: waitingOf(report),
    ...(plan && {
      counts: {
        live: plan.liveCount,
        inSync: plan.settled.length,
        changes: plan.changes.length,
        missing: plan.missing.length,
        unmanaged: plan.unmanaged.length,
        invalid: plan.invalid.length,
      },
    }),
    ...heldOf(report),
    ...heldPlanOf(report),
    ...(error && { error: { code: error.code, message: error.message } }),
  };
}

function heldOf({ verdict, unverified }: OrgRunReport): Pick<RunEntry, 'held'> {
  if (verdict && verdict.kind !== 'allow') return { held: verdict.reason };
  return unverified ? { held: unverifiedWords(unverified) } : {};
}

function heldPlanOf({ plan, verdict }: OrgRunReport): Pick<RunEntry, 'heldPlan'> {
  const isHeld = verdict?.kind === 'deny' && verdict.gate === 'mass-change';
  return plan && isHeld ? { heldPlan: plan.digest } : {};
}

/**
 * Remembers a run that a person started, and what it answers. That it cannot be remembered is told, and changes
 * nothing about the run.
 *
 * @param accepted the highest trigger that was accepted before git was looked at
 */
export async function rememberRun(
  { triggers, log }: { readonly triggers: TriggerLog; readonly log: Log },
  report: OrgRunReport,
  accepted: number | undefined,
): Promise<void> {
  try {
    await triggers.runEnded(makeRunEntry(report), answeredBy(report, accepted));
  } catch (thrown) {
    const { code, message } = reportedError(thrown);
    log.warn('the run could not be remembered', { org: report.org, code, reason: message });
  }
}

/** A run that something ended early answers nothing: what asked for it still waits. */
export function answeredBy(report: OrgRunReport, accepted: number | undefined): number | undefined {
  return report.error ? undefined : accepted;
}

function policyFailureOf({ policyFaults }: OrgRunReport): string | undefined {
  return policyFaults.length > 0 ? 'policy.yaml has faults' : undefined;
}

function waitingOf(report: OrgRunReport): WaitingFlow[] {
  return lastOutcomesOf(report.outcomes)
    .filter(({ status }) => !DONE.has(status))
    .slice(0, MAX_WAITING)
    .map(({ flowId, name, status, reason, retryAt }) => ({
      ...{ flowId, name, status },
      ...(reason !== undefined && { reason }),
      ...(retryAt !== undefined && { retryAt }),
    }));
}
