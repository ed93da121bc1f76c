import type { JsonObject } from '../domain/json.ts';
import type { FlowOutcome } from '../domain/outcome.ts';
import type { GateVerdict } from '../domain/verdict.ts';
import { exitCodeOf, lastOutcomesOf, worstExitCode } from '../engine/run-report.ts';
import type { OrgRunReport } from '../engine/run-report.ts';

/** What `reconcile` prints for programs, as schemas/run-report.schema.json has it. */
export function makeRunDocument(reports: readonly OrgRunReport[]): JsonObject {
  const document = {
    apiVersion: 'flowkeeper/v1',
    kind: 'RunReport',
    exitCode: worstExitCode(reports.map(exitCodeOf)),
    orgs: reports.map(orgDocument),
  };
  return document as unknown as JsonObject;
}

function orgDocument(report: OrgRunReport): object {
  const { plan, verdict, startedAt, outcomes, invalid, ...rest } = report;
  return {
    ...rest,
    startedAt: instant(startedAt),
    ...(plan && { planDigest: plan.digest, counts: countsOf(plan) }),
    ...(verdict && { verdict: verdictDocument(verdict) }),
    outcomes: lastOutcomesOf(outcomes).map(outcomeDocument),
    invalid,
    ...(plan && { notices: plan.notices }),
  };
}

function countsOf(plan: NonNullable<OrgRunReport['plan']>): object {
  return {
    live: plan.liveCount,
    inSync: plan.settled.length,
    changes: plan.changes.length,
    missing: plan.missing.length,
    unmanaged: plan.unmanaged.length,
    invalid: plan.invalid.length,
  };
}

function verdictDocument(verdict: GateVerdict): object {
  if (verdict.kind !== 'defer') return verdict;
  const { untilAt, ...rest } = verdict;
  return { ...rest, ...(untilAt !== undefined && { until: instant(untilAt) }) };
}

/** How a flow ended, with instants as text. */
export function outcomeDocument({ retryAt, ...outcome }: FlowOutcome): object {
  return { ...outcome, ...(retryAt !== undefined && { retryAt: instant(retryAt) }) };
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
