import type { LoadedOrg } from '../config/load-desired.ts';
import { ALLOW } from '../domain/verdict.ts';
import type { Ports } from '../ports/ports.ts';
import { applyPlan } from './apply-plan.ts';
import { makeDependencyLookup } from './dependency-facts.ts';
import type { FlowRun } from './flow-task.ts';
import { makeFlowJudge } from './judge-flow.ts';
import type { FlowJudge } from './judge-flow.ts';
import { loadDesiredOrg } from './load-desired.ts';
import type { DesiredLoader } from './load-desired.ts';
import type { OrgRun } from './org-run.ts';
import { retryPendingReloads } from './pending-reloads.ts';
import { judgePlan } from './plan-only.ts';
import { planOrg } from './plan-org.ts';
import type { PlannedOrg } from './plan-org.ts';
import { RunRecorder } from './recorder.ts';
import { recoverAttempts } from './recover-attempts.ts';
import { makeReloader } from './reloader.ts';
import type { OrgRunReport } from './run-report.ts';
import { saveRecords } from './save-records.ts';

/**
 * One pass over one org: read what should be, read what is, plan, ask the gates, write in order, record.
 * Holds the org's lease throughout. Whatever ends the run early is told in the report, and recorded.
 */
export async function reconcileOrg(
  ports: Ports,
  loader: DesiredLoader,
  run: OrgRun,
  signal: AbortSignal,
): Promise<OrgRunReport> {
  const recorder = new RunRecorder(ports, run);
  try {
    const lease = await ports.lease.acquire(run.org, signal);
    try {
      const alive = AbortSignal.any([signal, lease.lost]);
      return await pass({ ...ports, log: recorder.log }, loader, { run, recorder }, alive);
    } finally {
      await lease.release();
    }
  } catch (error) {
    return recorder.failed(error, signal);
  }
}

async function pass(
  ports: Ports,
  loader: DesiredLoader,
  { run, recorder }: { readonly run: OrgRun; readonly recorder: RunRecorder },
  signal: AbortSignal,
): Promise<OrgRunReport> {
  const loaded = await loadDesiredOrg(loader, run, signal);
  if (loaded.policyFaults.length > 0) return recorder.invalid(loaded, signal);
  const { policy } = loaded;
  ports.rateGate.configure(policy.rate);

  const flowRun = makeFlowRun(ports, run, loaded, { recorder, signal });
  const recovered = await recoverAttempts(flowRun);
  for (const outcome of recovered.outcomes) await recorder.flowEnded(outcome, signal);

  const planned = await planOrg(ports, run, loaded, signal);
  recorder.planned(planned.plan);
  const verdict = judgePlan(planned.plan, policy, run.approvedDigest);
  const reloadPending = await retryPendingReloads(ports, run.org, flowRun.reload, signal);

  if (verdict.kind === 'allow') {
    const judged = {
      ...flowRun,
      judge: judgeOf(ports, run, loaded, { planned, recorder, signal }),
    };
    await applyPlan(judged, planned.plan, {
      desired: planned.desired,
      maybeLanded: recovered.maybeLanded,
      unresolved: recovered.unresolved,
      onOutcome: (outcome) => recorder.flowEnded(outcome, signal),
    });
  }

  const now = ports.clock.now();
  const facts = { org: run.org, now, policy, verdict, outcomes: recorder.outcomes, reloadPending };
  await saveRecords(ports, { ...facts, plan: planned.plan, desired: planned.desired });
  return recorder.done(loaded, planned.plan, verdict, signal);
}

function makeFlowRun(
  ports: Ports,
  run: OrgRun,
  loaded: LoadedOrg,
  { recorder, signal }: { readonly recorder: RunRecorder; readonly signal: AbortSignal },
): FlowRun {
  return {
    ports,
    org: run.org,
    orgId: run.orgId,
    runId: recorder.runId,
    policy: loaded.policy,
    reload: makeReloader(() => ports.backend.reload(signal)),
    judge: () => Promise.resolve(ALLOW),
    authorOf: async (file) => {
      const change = await ports.source.lastChange(run.pinned, file, signal);
      return change?.author ?? null;
    },
    signal,
  };
}

function judgeOf(
  ports: Ports,
  run: OrgRun,
  loaded: LoadedOrg,
  parts: {
    readonly planned: PlannedOrg;
    readonly recorder: RunRecorder;
    readonly signal: AbortSignal;
  },
): FlowJudge {
  const { planned, recorder, signal } = parts;
  const { plan, desired } = planned;
  const changed = plan.changes.flatMap(({ flowId }) => desired.get(flowId) ?? []);
  return makeFlowJudge({
    ports,
    org: run.org,
    policy: loaded.policy,
    settled: new Set(plan.settled.map(({ flowId }) => flowId)),
    desired,
    lookUp: makeDependencyLookup(ports, changed, signal),
    isSettledNow: (flowId) => recorder.isSettled(flowId),
  });
}
