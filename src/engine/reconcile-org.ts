import type { LoadedOrg } from '../config/load-desired.ts';
import type { FlowId } from '../domain/flow.ts';
import { priorityOf } from '../domain/plan.ts';
import { ALLOW } from '../domain/verdict.ts';
import type { GateVerdict } from '../domain/verdict.ts';
import type { HeldLease } from '../ports/lease.ts';
import type { Ports } from '../ports/ports.ts';
import { applyPlan, changesToWrite, writableChanges } from './apply-plan.ts';
import { makeDependencyLookup } from './dependency-facts.ts';
import type { FlowRun } from './flow-task.ts';
import { makeFlowJudge } from './judge-flow.ts';
import type { FlowJudge } from './judge-flow.ts';
import { loadDesiredOrg } from './load-desired.ts';
import type { DesiredLoader } from './load-desired.ts';
import { makeAuthorLookup } from './author-lookup.ts';
import type { OrgRun } from './org-run.ts';
import {
  findPendingReloads,
  findUnfinishedReloads,
  retryPendingReloads,
  settlePendingReloads,
} from './pending-reloads.ts';
import { judgePlan } from './plan-only.ts';
import { planOrg } from './plan-org.ts';
import type { PlannedOrg } from './plan-org.ts';
import { makeSnapshotPusher } from './push-snapshots.ts';
import type { SnapshotPusher } from './push-snapshots.ts';
import { RunRecorder } from './recorder.ts';
import { recoverAttempts, recoverLateLandings } from './recover-attempts.ts';
import type { Recovered } from './recover-attempts.ts';
import { unreadReason } from './read-unlisted.ts';
import { makeReloader } from './reloader.ts';
import { recordApproval } from './record-approval.ts';
import { Pace } from './pace.ts';
import { OWN_PLACE } from './place.ts';
import { reportedError } from './reported-error.ts';
import { leftMsOf, logBudget, makeRunBudget } from './run-budget.ts';
import type { OrgRunReport } from './run-report.ts';
import { saveRecords } from './save-records.ts';
import { pushSnapshotsFirst } from './snapshots-first.ts';
import { withFence } from './with-fence.ts';

/** What the parts of one run share. */
interface Pass {
  readonly ports: Ports;
  readonly run: OrgRun;
  readonly recorder: RunRecorder;
  readonly lease: HeldLease;
  readonly signal: AbortSignal;
}

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
  let lease: HeldLease | undefined;
  const fenced = withFence(ports, () => lease);
  const recorder = new RunRecorder(fenced, run);
  try {
    lease = await ports.lease.acquire(run.org, signal);
  } catch (error) {
    return recorder.failed(error, signal);
  }
  const alive = AbortSignal.any([signal, lease.lost]);
  const pass = { ports: { ...fenced, log: recorder.log }, run, recorder, lease, signal: alive };
  try {
    return await reconcile(pass, loader);
  } catch (error) {
    return await recorder.failed(error, alive);
  } finally {
    await release(lease, recorder);
  }
}

async function reconcile(pass: Pass, loader: DesiredLoader): Promise<OrgRunReport> {
  const { ports, run, recorder, signal } = pass;
  const loaded = await loadDesiredOrg(loader, run, signal);
  if (loaded.policyFaults.length > 0) return recorder.invalid(loaded, signal);
  const { policy } = loaded;
  ports.rateGate.configure(policy.rate);

  const flowRun = await makeFlowRun(pass, loaded);
  const before = await recover(pass, flowRun);
  const planned = await planOrg(ports, run, loaded, signal);
  recorder.planned(planned.plan);
  const recovered = await recoverLate(pass, { flowRun, planned, before });

  tellUnread(pass, planned, recovered);
  const touched = new Set(recovered.unresolved);
  const { verdict, reloadPending } = await write(pass, {
    flowRun,
    loaded,
    planned,
    recovered,
    touched,
  });
  // what was stopped, or lost its lease, writes nothing any more; the next run finds it all out again
  signal.throwIfAborted();

  const { org, orgId } = run;
  const facts = { org, orgId, now: ports.clock.now(), policy, verdict, reloadPending, touched };
  await saveRecords(ports, { ...facts, plan: planned.plan, desired: planned.desired });
  const { plan } = planned;
  return recorder.done({ loaded, plan, verdict, reloadPending }, signal);
}

/** What is not known is no success: each flow that could not be read ends as failed, with nothing written. */
function tellUnread({ recorder, signal }: Pass, { plan }: PlannedOrg, recovered: Recovered): void {
  for (const { flowId, name, code } of plan.unread ?? []) {
    if (recovered.unresolved.has(flowId)) continue;
    const told = { flowId, name, status: 'failed', reason: unreadReason(code), code } as const;
    const nothing = { latencyMs: 0, steps: [], fields: [], reloadPending: false };
    recorder.flowEnded({ ...told, ...nothing }, signal);
  }
}

interface WriteParts {
  readonly flowRun: FlowRun;
  readonly loaded: LoadedOrg;
  readonly planned: PlannedOrg;
  readonly recovered: Recovered;
  /** Those that were written, or were not to be, are added. */
  readonly touched: Set<FlowId>;
}

/** Asks the gates on the plan, and brings the flows to what git says as far as they allow. */
async function write(
  pass: Pass,
  { flowRun, loaded, planned, recovered, touched }: WriteParts,
): Promise<{ readonly verdict: GateVerdict; readonly reloadPending: ReadonlySet<FlowId> }> {
  const { ports, run, recorder, signal } = pass;
  const { policy } = loaded;
  const { plan, desired } = planned;
  // after the recovery, whose reloads may have failed as well
  const waiting = await findPendingReloads(ports, run.org);
  const verdict = judgePlan(plan, policy, run.approval?.digest);
  if (policy.mode === 'report') {
    const open = await findUnfinishedReloads(ports, run.org, plan.settled);
    return { verdict, reloadPending: new Set([...waiting, ...open]) };
  }
  if (verdict.kind !== 'allow') return { verdict, reloadPending: waiting };

  const changes = changesToWrite(plan, policy, recovered.unresolved);
  const leftMs = leftMsOf(run.limits);
  const budget = await makeRunBudget(ports, { org: run.org, policy, changes, desired, leftMs });
  logBudget(ports.log, budget);
  const judges = judgesOf(pass, { loaded, planned, beyond: budget.beyond });
  const held = await pushSnapshotsFirst({ ...flowRun, judge: judges.foreseen }, changes, desired);
  if (held.kind !== 'allow') return { verdict: held, reloadPending: waiting };

  const { runId } = flowRun;
  await recordApproval(ports, { plan, verdict, approval: run.approval, runId });
  const reloadPending = await retryPendingReloads(flowRun, waiting);
  const pendingNow = new Set<FlowId>();
  await applyPlan({ ...flowRun, reloadPending, judge: judges.now }, plan, {
    desired,
    ...recovered,
    onOutcome: (outcome) => {
      touched.add(outcome.flowId);
      if (outcome.reloadPending) pendingNow.add(outcome.flowId);
      recorder.flowEnded(outcome, signal);
    },
  });
  return {
    verdict,
    reloadPending: await settlePendingReloads(flowRun, reloadPending, pendingNow),
  };
}

async function makeFlowRun(pass: Pass, loaded: LoadedOrg): Promise<FlowRun> {
  const { ports, run, recorder, signal } = pass;
  const pace = new Pace(ports.clock, () => ports.rateGate.waitedMs);
  // one reload is for many, and a person may be among those who wait for it
  const backend = ports.backend.withPriority('people');
  return {
    ports,
    org: run.org,
    orgId: run.orgId,
    runId: recorder.runId,
    policy: loaded.policy,
    limits: run.limits,
    reloader: makeReloader(
      () => run.limits.phase('reload', signal, (alive) => backend.reload(alive)),
      pace,
    ),
    pace,
    place: OWN_PLACE,
    reloadPending: await findPendingReloads(ports, run.org),
    judge: () => Promise.resolve(ALLOW),
    authorOf: makeAuthorLookup(ports, run.limits, signal),
    lease: pass.lease,
    ...(loaded.policy.apply.pushSnapshotsFirst && { pushSnapshots: pusherOf(pass) }),
    signal,
  };
}

function pusherOf({ recorder, signal }: Pass): SnapshotPusher {
  return makeSnapshotPusher((snapshots) => recorder.pushSnapshots(snapshots, signal));
}

/** Finishing may reload, and may roll back: an org that only reports leaves its open attempts open. */
async function recover({ recorder, signal }: Pass, flowRun: FlowRun): Promise<Recovered> {
  if (flowRun.policy.mode === 'report')
    return { outcomes: [], pending: new Map(), unresolved: new Set() };
  const recovered = await recoverAttempts(flowRun);
  for (const outcome of recovered.outcomes) recorder.flowEnded(outcome, signal);
  return recovered;
}

async function recoverLate(
  { recorder, signal }: Pass,
  {
    flowRun,
    planned,
    before,
  }: { readonly flowRun: FlowRun; readonly planned: PlannedOrg; readonly before: Recovered },
): Promise<Recovered> {
  const recovered = await recoverLateLandings(flowRun, planned.plan, before);
  for (const outcome of recovered.outcomes) recorder.flowEnded(outcome, signal);
  return recovered;
}

interface JudgedParts {
  readonly loaded: LoadedOrg;
  readonly planned: PlannedOrg;
  /** Flows that the run has no time for. */
  readonly beyond: ReadonlySet<FlowId>;
}

/**
 * What the flows' own gates say right before each is written, and what they are foreseen to say: then that a flow
 * depends on one that this very plan writes first does not hold it.
 */
function judgesOf(
  { ports, run, recorder, signal }: Pass,
  { loaded, planned, beyond }: JudgedParts,
): { readonly now: FlowJudge; readonly foreseen: FlowJudge } {
  const { plan, desired } = planned;
  const { policy } = loaded;
  // looked up once for all, and the first change is the most urgent one
  const backend = ports.backend.withPriority(priorityOf(plan.changes[0]?.kind));
  const changed = plan.changes.flatMap(({ flowId }) => desired.get(flowId) ?? []);
  const parts = {
    ports,
    org: run.org,
    policy,
    settled: new Set(plan.settled.map(({ flowId }) => flowId)),
    desired,
    beyond,
    lookUp: makeDependencyLookup({ backend }, changed, run.limits, signal),
  };
  const writable = new Set(writableChanges(plan, policy).map(({ flowId }) => flowId));
  return {
    now: makeFlowJudge({ ...parts, isSettledNow: (flowId) => recorder.isSettled(flowId) }),
    foreseen: makeFlowJudge({ ...parts, isSettledNow: (flowId) => writable.has(flowId) }),
  };
}

/** The run is over whether the lease could be given back or not; a dead holder's is taken over. */
async function release(lease: HeldLease, recorder: RunRecorder): Promise<void> {
  try {
    await lease.release();
  } catch (error) {
    const { code, message } = reportedError(error);
    recorder.log.warn('the lease could not be given back', { code, reason: message });
  }
}
