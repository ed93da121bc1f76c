import type { LoadedOrg } from '../config/load-desired.ts';
import type { Diagnostic } from '../domain/diagnostic.ts';
import type { FlowId } from '../domain/flow.ts';
import type { Plan } from '../domain/plan.ts';
import type { Policy, StandingFreeze } from '../domain/policy.ts';
import type { UnverifiedHead } from '../domain/unverified-head.ts';
import { ALLOW } from '../domain/verdict.ts';
import type { GateVerdict } from '../domain/verdict.ts';
import { standingFreezes } from '../gates/freeze.ts';
import { checkMassChange } from '../gates/mass-change.ts';
import type { Ports } from '../ports/ports.ts';
import { writableChanges } from './apply-plan.ts';
import { makeDependencyLookup } from './dependency-facts.ts';
import { makeFlowJudge } from './judge-flow.ts';
import { loadDesiredOrg } from './load-desired.ts';
import type { DesiredLoader } from './load-desired.ts';
import type { OrgRun } from './org-run.ts';
import { planOrg } from './plan-org.ts';
import type { PlannedOrg } from './plan-org.ts';
import { endOf, reportedError } from './reported-error.ts';
import { forecastFlows, leftMsOf, makeRunBudget } from './run-budget.ts';
import type { RunBudget } from './run-budget.ts';
import type { ReportedError } from './run-report.ts';

/** What a dry run of one org found. */
export interface OrgPlanReport {
  readonly org: string;
  readonly revision: string;
  readonly policy?: Policy;
  /** Undefined when the policy has faults, or the org could not be read. */
  readonly plan?: Plan;
  /** What the gates on the plan would say now. */
  readonly verdict?: GateVerdict;
  /** What the flows' own gates would say now, of those that would be written. */
  readonly flowVerdicts?: ReadonlyMap<FlowId, GateVerdict>;
  /** What a run would have time for, and what that costs; missing when it would write nothing. */
  readonly budget?: RunBudget;
  /** Freeze windows that stand now, those that hold nothing included. */
  readonly freezes?: readonly StandingFreeze[];
  readonly policyFaults: readonly Diagnostic[];
  /** The branch's head, when it was not verified: the plan is of the last one that is. */
  readonly unverified?: UnverifiedHead;
  readonly error?: ReportedError;
}

/** Desired against live, nothing written anywhere: the same plan, and the same gates, as a reconcile's. */
export async function planOnly(
  ports: Ports,
  loader: DesiredLoader,
  run: OrgRun,
  signal: AbortSignal,
): Promise<OrgPlanReport> {
  const { org } = run;
  const { revision } = run.pinned;
  try {
    const loaded = await loadDesiredOrg(loader, run, signal);
    const { policy, policyFaults } = loaded;
    const { unverified } = run.pinned;
    const told = { org, revision, policyFaults, ...(unverified && { unverified }) };
    if (policyFaults.length > 0) return told;
    ports.rateGate.configure(policy.rate);
    const planned = await planOrg(ports, run, loaded, signal);
    const verdict = judgePlan(planned.plan, policy, undefined);
    // a run reads the org before it writes, as this has done
    const leftMs = leftMsOf(run.limits);
    const judged = await judgeFlows(ports, { run, loaded, planned, leftMs }, signal);
    const { plan } = planned;
    const freezes = standingFreezes(policy, plan.madeAt);
    return { ...told, policy, plan, verdict, ...judged, freezes };
  } catch (error) {
    const told = reportedError(endOf(error, run.org, signal));
    return { org, revision, policyFaults: [], error: told };
  }
}

/** The gates on the plan. An org that only reports has nothing to hold. */
export function judgePlan(
  plan: Plan,
  policy: Policy,
  approvedDigest: string | undefined,
): GateVerdict {
  if (policy.mode === 'report') return ALLOW;
  return checkMassChange(plan, policy.massChange, approvedDigest);
}

interface JudgedParts {
  readonly run: OrgRun;
  readonly loaded: LoadedOrg;
  readonly planned: PlannedOrg;
  readonly leftMs: number;
}

async function judgeFlows(
  ports: Ports,
  { run, loaded, planned, leftMs }: JudgedParts,
  signal: AbortSignal,
): Promise<Pick<OrgPlanReport, 'flowVerdicts' | 'budget'>> {
  const { policy } = loaded;
  const { desired, plan } = planned;
  const { org } = run;
  const changes = writableChanges(plan, policy);
  const budget = await makeRunBudget(ports, { org, policy, changes, desired, leftMs });
  const writableIds = new Set(changes.map(({ flowId }) => flowId));
  const flows = changes.flatMap(({ flowId }) => desired.get(flowId) ?? []);
  const judge = makeFlowJudge({
    ports,
    org,
    policy,
    settled: new Set(plan.settled.map(({ flowId }) => flowId)),
    desired,
    beyond: budget.beyond,
    lookUp: makeDependencyLookup(ports, flows, run.limits, signal),
    // a dependency that this very plan would write first does not hold anything
    isSettledNow: (flowId) => writableIds.has(flowId),
  });
  const flowVerdicts = new Map<FlowId, GateVerdict>();
  for (const change of changes) flowVerdicts.set(change.flowId, await judge(change, signal));
  const allowed = changes.filter(({ flowId }) => flowVerdicts.get(flowId)?.kind === 'allow');
  const forecast = await forecastFlows(ports, { policy, desired }, allowed);
  return { flowVerdicts, budget: { ...budget, forecast } };
}
