import type { JsonObject } from '../domain/json.ts';
import type { FlowChange } from '../domain/plan.ts';
import type { StandingFreeze } from '../domain/policy.ts';
import type { GateVerdict } from '../domain/verdict.ts';
import type { PlanReport } from './plan-report.ts';
import { renderJson } from './render-document.ts';

/** The plan for programs, as schemas/plan.schema.json has it. One document, ending in a newline. */
export function renderPlanJson(report: PlanReport): string {
  return renderJson(planDocument(report));
}

/** What schemas/plan.schema.json describes. Flows in sync are counted, not listed. */
export function planDocument(report: PlanReport): JsonObject {
  const { plan, mode, counts, forecast, beyond, verdicts, scope } = report;
  const { org, revision, digest, unread = [], missing, unmanaged, invalid, notices } = plan;
  const document = {
    apiVersion: 'flowkeeper/v1',
    kind: 'Plan',
    org,
    revision,
    madeAt: new Date(plan.madeAt).toISOString(),
    digest,
    mode,
    ...(scope && { merge: scope }),
    counts,
    forecast,
    ...(beyond && { beyond }),
    ...(verdicts.plan && { verdict: verdictDocument(verdicts.plan) }),
    changes: plan.changes.map((change) => changeOf(change, verdicts.flows?.get(change.flowId))),
    ...(verdicts.freezes && { freezes: verdicts.freezes.map(freezeDocument) }),
    ...(unread.length > 0 && { unread }),
    missing,
    unmanaged,
    invalid,
    notices,
  };
  return document as unknown as JsonObject;
}

function changeOf(change: FlowChange, verdict: GateVerdict | undefined): object {
  const { suspended, ...rest } = change;
  return {
    ...rest,
    ...(suspended && { suspended: withInstant(suspended) }),
    ...(verdict && { verdict: verdictDocument(verdict) }),
  };
}

/** As schemas/plan.schema.json has it. */
export function verdictDocument(verdict: GateVerdict): object {
  if (verdict.kind !== 'defer') return verdict;
  // what is remembered of it is no part of what it says
  const { kind, gate, reason, untilAt } = verdict;
  const told = { kind, gate, reason, ...(untilAt !== undefined && { untilAt }) };
  return withInstant(told);
}

/** As schemas/plan.schema.json has it. */
export function freezeDocument(freeze: StandingFreeze): JsonObject {
  const { startedAt, endsAt, override, ...rest } = freeze;
  const document = {
    ...rest,
    startedAt: new Date(startedAt).toISOString(),
    until: new Date(endsAt).toISOString(),
    ...(override && { override: withInstant(override) }),
  };
  return document as unknown as JsonObject;
}

/** Instants are written as people and other programs read them. */
function withInstant({ untilAt, ...rest }: { readonly untilAt?: number }): object {
  return { ...rest, ...(untilAt !== undefined && { until: new Date(untilAt).toISOString() }) };
}
