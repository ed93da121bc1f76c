import type { LoadedOrg } from '../config/load-desired.ts';
import { FlowkeeperError } from '../domain/errors.ts';
import type { DesiredFlow, FlowId, LiveFlow, OrgName } from '../domain/flow.ts';
import { hashOf } from '../domain/hash.ts';
import type { FlowOutcome } from '../domain/outcome.ts';
import type { Policy } from '../domain/policy.ts';
import { ALLOW } from '../domain/verdict.ts';
import type { GateVerdict } from '../domain/verdict.ts';
import { withoutUndefined } from '../domain/without-undefined.ts';
import { checkFreeze } from '../gates/freeze.ts';
import { checkMode } from '../gates/mode.ts';
import { checkPerFlowRate } from '../gates/per-flow-rate.ts';
import { compareSettings } from '../plan/compare-settings.ts';
import { restoreWanted } from '../plan/restore-wanted.ts';
import type { HeldLease } from '../ports/lease.ts';
import type { Ports } from '../ports/ports.ts';
import type { FlowRecord } from '../ports/state-store.ts';
import type { FoundFlow } from './find-flow.ts';
import { findSnapshot } from './find-snapshot.ts';
import type { RecordedSnapshot } from './find-snapshot.ts';
import type { FlowRun, FlowTask } from './flow-task.ts';
import { loadDesiredOrg } from './load-desired.ts';
import type { DesiredLoader } from './load-desired.ts';
import type { OrgRun } from './org-run.ts';
import { findPendingReloads } from './pending-reloads.ts';
import { Publisher } from './publisher.ts';
import { makeSnapshotPusher } from './push-snapshots.ts';
import { recoverAttempts } from './recover-attempts.ts';
import { Pace } from './pace.ts';
import { OWN_PLACE } from './place.ts';
import { makeReloader } from './reloader.ts';
import { outcomeOf, runFlowTask } from './run-flow-task.ts';
import type { Publishing } from './run-report.ts';
import { withLease } from './with-lease.ts';

export interface RollbackRequest {
  readonly flow: FoundFlow;
  /** Of a recorded snapshot; undefined: the one before the last write. */
  readonly toVersion: number | undefined;
  /** Who asks for it. */
  readonly by: string;
}

/** What became of a rollback by hand. */
export interface RollbackReport {
  readonly org: OrgName;
  readonly flowId: FlowId;
  readonly name: string;
  readonly runId: string;
  readonly by: string;
  /** Version of the snapshot, and when it was taken (ISO 8601). */
  readonly toVersion: number;
  readonly takenAt: string;
  readonly outcome: FlowOutcome;
  /** True when what git says is held back from now on. */
  readonly isHeldBack: boolean;
  readonly publishing: Publishing;
}

/**
 * Puts a recorded snapshot back, whatever git says, by the same machine as every write: journal, a snapshot of
 * what is there now, optimistic lock, reload, verification, audit. What git says of the flow is held back after it.
 *
 * @throws rollback.denied by mode, freeze or rate; snapshot.unknown, snapshot.damaged; state.busy,
 *   state.attempt-open; desired.invalid, desired.no-org; api.* when the flow cannot be read
 */
export async function rollBackFlow(
  given: Ports,
  loader: DesiredLoader,
  asked: { readonly run: OrgRun; readonly request: RollbackRequest },
  signal: AbortSignal,
): Promise<RollbackReport> {
  const { run, request } = asked;
  const { org } = run;
  return withLease(given, org, signal, async ({ alive, lease, ports }) => {
    const loaded = await loadPolicy(loader, run, alive);
    ports.rateGate.configure(loaded.policy.rate);
    const flowRun = await makeFlowRun(ports, run, { policy: loaded.policy, lease }, alive);
    const known = await asKnownNow(flowRun, request.flow);
    const desired = desiredOf(loaded, known);
    const { freezeOverride } = checkGates(flowRun, known, desired);
    const flow = await withoutOpenAttempts(flowRun, known);
    const snapshot = await findSnapshot(ports, flow, request.toVersion, alive);
    const live = await ports.backend.read(flow.flowId, alive);
    const named = { ...flow, name: live.name };
    const facts = { flowRun, flow: named, desired, snapshot, live, freezeOverride };
    const task = asTask(facts, run, request);
    const end = await runFlowTask(task, 'gate');
    const outcome = typeof end === 'object' ? end : outcomeOf(task, 'cancelled');
    ports.observer.flowEnded(org, outcome);
    return reportOf(ports, { ...facts, outcome, request, run }, alive);
  });
}

async function loadPolicy(
  loader: DesiredLoader,
  run: OrgRun,
  signal: AbortSignal,
): Promise<LoadedOrg> {
  const loaded = await loadDesiredOrg(loader, run, signal);
  const { policyFaults: diagnostics } = loaded;
  if (diagnostics.length === 0) return loaded;
  const message = `the policy of ${run.org} has faults`;
  throw new FlowkeeperError('desired.invalid', message, { org: run.org, diagnostics });
}

async function makeFlowRun(
  ports: Ports,
  { org, orgId, pinned, limits }: OrgRun,
  { policy, lease }: { readonly policy: Policy; readonly lease: HeldLease },
  signal: AbortSignal,
): Promise<FlowRun> {
  const runId = ports.ids.next('run');
  const publisher = new Publisher(
    ports,
    { org, runId, revision: pinned.revision },
    limits,
    () => 'rollback',
  );
  // a person waits for it
  const backend = ports.backend.withPriority('people');
  const pace = new Pace(ports.clock, () => ports.rateGate.waitedMs);
  return {
    ports: { ...ports, backend, log: ports.log.with({ runId, org }) },
    org,
    orgId,
    runId,
    policy,
    limits,
    reloader: makeReloader(
      () => limits.phase('reload', signal, (alive) => backend.reload(alive)),
      pace,
    ),
    pace,
    place: OWN_PLACE,
    reloadPending: await findPendingReloads(ports, org),
    judge: () => Promise.resolve(ALLOW),
    authorOf: () => Promise.resolve(null),
    lease,
    ...(policy.apply.pushSnapshotsFirst && {
      pushSnapshots: makeSnapshotPusher((some) => publisher.publishSnapshots(some, signal)),
    }),
    signal,
  };
}

/** A run that was waited for may have changed what is known. */
async function asKnownNow({ ports, org }: FlowRun, flow: FoundFlow): Promise<FoundFlow> {
  const record = (await ports.state.flows.load(org, [flow.flowId])).get(flow.flowId);
  return { ...flow, record: record ?? flow.record };
}

/**
 * Finds out what became of attempts that a dead process left open.
 *
 * @returns the flow as it is known after that
 * @throws state.attempt-open when a write of one may still land
 */
async function withoutOpenAttempts(run: FlowRun, flow: FoundFlow): Promise<FoundFlow> {
  const { org, flowId } = flow;
  const { state } = run.ports;
  await recoverAttempts(run, (attempt) => attempt.flowId === flowId);
  const open = (await state.journal.unfinished(org)).find((attempt) => attempt.flowId === flowId);
  if (open) {
    const message = `it is not known yet what became of an earlier write of ${flow.name}`;
    const details = { org, flowId, openAttemptId: open.attemptId };
    throw new FlowkeeperError('state.attempt-open', message, details);
  }
  return asKnownNow(run, flow);
}

/** Undefined when git does not describe the flow, or not such that it could be applied. */
function desiredOf({ flows }: LoadedOrg, { flowId, record }: FoundFlow): DesiredFlow | undefined {
  return flows.find((flow) =>
    flow.flowId === undefined ? flow.file === record.status.file : flow.flowId === flowId,
  );
}

/**
 * A person may do what git may do with a revert, and no more.
 *
 * @returns the verdict that allows it, with the override of freeze windows that it takes
 * @throws rollback.denied
 */
function checkGates(
  run: FlowRun,
  flow: FoundFlow,
  desired: DesiredFlow | undefined,
): Extract<GateVerdict, { kind: 'allow' }> {
  const { policy, ports } = run;
  const now = ports.clock.now();
  const mode = desired?.mode ?? 'enforce';
  const verdicts = [
    checkMode({ mode, file: flow.record.status.file }, policy),
    checkFreeze(policy, { isRevert: true, now }),
    checkPerFlowRate({ ...rateFacts(flow.record, policy), now, isRevert: true }),
  ];
  const held = verdicts.find(({ kind }) => kind !== 'allow');
  if (!held || held.kind === 'allow') return allowOf(verdicts);
  const message = `${flow.name} may not be written now: ${held.reason}${goOnOf(held)}`;
  throw new FlowkeeperError('rollback.denied', message, { flowId: flow.flowId, gate: held.gate });
}

function allowOf(verdicts: readonly GateVerdict[]): Extract<GateVerdict, { kind: 'allow' }> {
  const allows = verdicts.filter((verdict) => verdict.kind === 'allow');
  return allows.find(({ freezeOverride }) => freezeOverride !== undefined) ?? { kind: 'allow' };
}

function rateFacts(
  { lastUpdateAt }: FlowRecord,
  { rate, apply }: Policy,
): Pick<Parameters<typeof checkPerFlowRate>[0], 'lastUpdateAt' | 'perFlowMs' | 'revertsSkip'> {
  return { lastUpdateAt, perFlowMs: rate.perFlowMs, revertsSkip: apply.revertsSkipPerFlowRate };
}

function goOnOf(held: Exclude<GateVerdict, { kind: 'allow' }>): string {
  if (held.kind === 'deny') return `; to go on: ${held.goOn}`;
  return held.untilAt === undefined ? '' : `, until ${new Date(held.untilAt).toISOString()}`;
}

interface RollbackFacts {
  readonly flowRun: FlowRun;
  readonly flow: FoundFlow;
  readonly desired: DesiredFlow | undefined;
  readonly snapshot: RecordedSnapshot;
  readonly live: LiveFlow;
  readonly freezeOverride: string | undefined;
}

function asTask(
  { flowRun, flow, desired, snapshot, live, freezeOverride }: RollbackFacts,
  { orgId, pinned }: OrgRun,
  { by }: RollbackRequest,
): FlowTask {
  const { clock } = flowRun.ports;
  const settings = restoreWanted(snapshot.settings, live.settings ?? {});
  const { flowId, name } = flow;
  const file = desired?.file ?? flow.record.status.file;
  const context = { orgId, ignore: [], now: clock.now() };
  const differences = compareSettings(settings, live.settings ?? {}, context);
  const { version: toVersion } = snapshot;
  const wanted = { file, settings, hash: hashOf(settings), ignore: [] };
  return withoutUndefined({
    run: flowRun,
    flowId,
    name,
    wanted,
    revision: pinned.revision,
    planDigest: hashOf({ flowId, toVersion, by, live: live.version, wanted: wanted.hash }),
    kind: 'revert' as const,
    byHand: withoutUndefined({
      by,
      toVersion,
      settings: snapshot.settings,
      desired: desired && wantedOf(desired),
    }),
    freezeOverride,
    liveChangedBy: live.modifiedBy?.name ?? live.modifiedBy?.id,
    startedAt: clock.now(),
    startedMs: clock.monotonicMs(),
    timings: [],
    expectedVersion: live.version,
    fields: differences.map((field) => ({ ...field, cause: 'desired-changed' as const })),
    sent: 'no' as const,
    conflicts: 0,
    resends: 0,
    reloaded: false,
    reloadPending: false,
  });
}

function wantedOf({ file, settings, hash, ignore }: DesiredFlow): FlowTask['wanted'] {
  return { file, settings, hash, ignore };
}

async function reportOf(
  ports: Ports,
  end: RollbackFacts & {
    readonly outcome: FlowOutcome;
    readonly request: RollbackRequest;
    readonly run: OrgRun;
  },
  signal: AbortSignal,
): Promise<RollbackReport> {
  const { flow, flowRun, outcome, request, run, snapshot, desired } = end;
  const { org, flowId, name } = flow;
  const { by } = request;
  const { runId, ports: logged } = flowRun;
  const { version: toVersion, takenAt } = snapshot;
  const words = `${name} to version ${String(toVersion)} by ${by}: ${outcome.status}`;
  logged.log.info('rolled back by hand', { flowId, toVersion, by, status: outcome.status });
  const publication = { org, runId, revision: run.pinned.revision };
  const publisher = new Publisher(ports, publication, run.limits, () => `rollback of ${words}`);
  const publishing = await publisher.publish(signal);
  const record = (await ports.state.flows.load(org, [flowId])).get(flowId);
  const isHeldBack = desired !== undefined && record?.heldBack?.hash === desired.hash;
  return { org, flowId, name, runId, by, toVersion, takenAt, outcome, isHeldBack, publishing };
}
