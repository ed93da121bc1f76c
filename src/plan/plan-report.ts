import type { FlowId, Mode } from '../domain/flow.ts';
import type { Plan } from '../domain/plan.ts';
import type { Policy, StandingFreeze } from '../domain/policy.ts';
import type { GateVerdict } from '../domain/verdict.ts';
import { countPlan, forecastCalls } from './count-plan.ts';
import type { CallForecast, PlanCounts } from './count-plan.ts';
import type { MergeScope } from './narrow-plan.ts';

/** What gates said; what was not asked is left out. */
export interface PlanVerdicts {
  readonly plan?: GateVerdict;
  readonly flows?: ReadonlyMap<FlowId, GateVerdict>;
  /** Freeze windows that stand, those that hold nothing included. */
  readonly freezes?: readonly StandingFreeze[];
}

/** A plan with all that is told of it, whatever the form. */
export interface PlanReport {
  readonly plan: Plan;
  /** The org's. */
  readonly mode: Mode;
  readonly counts: PlanCounts;
  readonly forecast: CallForecast;
  readonly verdicts: PlanVerdicts;
  /** Set when the plan is only what a merge would change. */
  readonly scope?: MergeScope;
}

export function makePlanReport(
  plan: Plan,
  policy: Pick<Policy, 'mode' | 'rate' | 'apply'>,
  verdicts: PlanVerdicts = {},
  scope?: MergeScope,
): PlanReport {
  const counts = countPlan(plan, policy);
  const forecast = forecastCalls(counts.writable, policy);
  return { plan, mode: policy.mode, counts, forecast, verdicts, ...(scope && { scope }) };
}
