import type { LoadedOrg } from '../config/load-desired.ts';
import type { Diagnostic } from '../domain/diagnostic.ts';
import type { FlowId } from '../domain/flow.ts';
import type { Plan } from '../domain/plan.ts';
import type { Policy, StandingFreeze } from '../domain/policy.ts';
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
  /** Freeze windows that stand now, those that hold nothing included. */
  readonly freezes?: readonly StandingFreeze[];
  readonly policyFaults: readonly Diagnostic[];
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
    if (policyFaults.length > 0) return { org, revision, policyFaults };
    ports.rateGate.configure(policy.rate);
    const planned = await planOrg(ports, run, loaded, signal);
    const verdict = judgePlan(planned.plan, policy, undefined);
    const flowVerdicts = await judgeFlows(ports, { run, loaded, planned }, signal);
    const { plan } = planned;
    const freezes = standingFreezes(policy, plan.madeAt);
    return { org, revision, policy, plan, verdict, flowVerdicts, freezes, policyFaults };
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

async function judgeFlows(
  ports: Ports,
  parts: { readonly run: OrgRun; readonly loaded: LoadedOrg; readonly planned: PlannedOrg },
  signal: AbortSignal,
): Promise<ReadonlyMap<FlowId, GateVerdict>> {
  const { run, loaded, planned } = parts;
  const { policy } = loaded;
  const writable = writableChanges(planned.plan, policy);
  const flows = writable.flatMap(({ flowId }) => planned.desired.get(flowId) ?? []);
  const writableIds = new Set(writable.map(({ flowId }) => flowId));
  const judge = makeFlowJudge({
    ports,
    org: run.org,
    policy,
    settled: new Set(planned.plan.settled.map(({ flowId }) => flowId)),
    desired: planned.desired,
    lookUp: makeDependencyLookup(ports, flows, run.limits, signal),
    // a dependency that this very plan would write first does not hold anything
    isSettledNow: (flowId) => writableIds.has(flowId),
  });
  const verdicts = new Map<FlowId, GateVerdict>();
  for (const change of writable) verdicts.set(change.flowId, await judge(change, signal));
  return verdicts;
}
