import type { FlowId, Mode } from '../domain/flow.ts';
import { isWritable } from '../domain/plan.ts';
import type { FlowChange, Plan } from '../domain/plan.ts';
import type { Policy, StandingFreeze } from '../domain/policy.ts';
import type { GateVerdict } from '../domain/verdict.ts';
import { countPlan } from './count-plan.ts';
import type { PlanCounts } from './count-plan.ts';
import { forecastChanges } from './forecast.ts';
import type { CallForecast } from './forecast.ts';
import type { MergeScope } from './narrow-plan.ts';

/** What gates said; what was not asked is left out. */
export interface PlanVerdicts {
  readonly plan?: GateVerdict;
  readonly flows?: ReadonlyMap<FlowId, GateVerdict>;
  /** Freeze windows that stand, those that hold nothing included. */
  readonly freezes?: readonly StandingFreeze[];
  /** Of the whole plan. */
  readonly budget?: PlanBudget;
}

/** What of a plan one run has time for. */
export interface PlanBudget {
  /** Of the flows that it would write. */
  readonly forecast: CallForecast;
  /** Of all that no other gate holds. */
  readonly whole: Pick<CallForecast, 'writes' | 'minutes'>;
  /** Those that it has no time for. */
  readonly beyond: { readonly size: number };
  /** Milliseconds that it has for writing. */
  readonly leftMs: number;
}

/** What one run has no time for. */
export interface PlanBeyond {
  readonly flows: number;
  /** That writing takes, these flows included. */
  readonly minutes: number;
  /** That one run has for writing. */
  readonly runMinutes: number;
}

/** A plan with all that is told of it, whatever the form. */
export interface PlanReport {
  readonly plan: Plan;
  /** The org's. */
  readonly mode: Mode;
  readonly counts: PlanCounts;
  readonly forecast: CallForecast;
  /** Set when one run has no time for all of it. */
  readonly beyond?: PlanBeyond;
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
  // what a merge changes is judged alone, whatever else differs
  const budget = scope ? undefined : verdicts.budget;
  const foreseen = budget?.forecast ?? forecastChanges(writable(plan, policy, verdicts), policy);
  const { reads, writes, reloads, lookUps, minutes } = foreseen;
  const beyond = budget && beyondOf(budget);
  return {
    plan,
    mode: policy.mode,
    counts,
    forecast: { reads, writes, reloads, lookUps, minutes },
    verdicts,
    ...(beyond && { beyond }),
    ...(scope && { scope }),
  };
}

function writable(
  { changes }: Plan,
  { mode }: Pick<Policy, 'mode'>,
  { flows }: PlanVerdicts,
): readonly FlowChange[] {
  if (mode === 'report') return [];
  return changes.filter((change) => {
    const verdict = flows?.get(change.flowId);
    return isWritable(change) && (verdict === undefined || verdict.kind === 'allow');
  });
}

function beyondOf({ beyond, whole, leftMs }: PlanBudget): PlanBeyond | undefined {
  if (beyond.size === 0) return undefined;
  const runMinutes = Math.max(0, Math.floor(leftMs / 60_000));
  return { flows: beyond.size, minutes: whole.minutes, runMinutes };
}
