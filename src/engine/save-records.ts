import type { LoadedOrg } from '../config/load-desired.ts';
import type { InvalidFlow } from '../domain/diagnostic.ts';
import type { DesiredFlow, FlowId } from '../domain/flow.ts';
import type { FlowState } from '../domain/flow-status.ts';
import type { FlowOutcome } from '../domain/outcome.ts';
import type { FlowChange, MissingFlow, Plan, SettledFlow } from '../domain/plan.ts';
import type { Policy } from '../domain/policy.ts';
import type { GateVerdict } from '../domain/verdict.ts';
import type { Ports } from '../ports/ports.ts';
import type { FlowIndexEntry, FlowRecord } from '../ports/state-store.ts';
import { RELOAD_PENDING, settledRecord } from './next-record.ts';
import { nextStatus } from './next-status.ts';
import type { ConditionFact, StatusFacts } from './next-status.ts';

export interface RunFacts {
  readonly org: string;
  readonly now: number;
  readonly plan: Plan;
  readonly policy: Policy;
  readonly desired: ReadonlyMap<FlowId, DesiredFlow>;
  readonly verdict: GateVerdict;
  readonly outcomes: readonly FlowOutcome[];
  /** Flows whose last write is stored and still not in effect. */
  readonly reloadPending: ReadonlySet<FlowId>;
}

type Facts = Omit<StatusFacts, 'org' | 'revision' | 'settled'> & { readonly settled?: boolean };

/**
 * Stores what this run found out about the flows that the machine did not already record: those in
 * sync, held by a gate on the plan, only reported, suspended, missing, invalid, and no longer in git.
 * A flow about which nothing changed costs one look into the index.
 */
export async function saveRecords(ports: Pick<Ports, 'state'>, run: RunFacts): Promise<void> {
  const { state } = ports;
  const index = await state.flows.index(run.org);
  const facts = [
    ...run.plan.settled
      .filter((flow) => !isKnownSettled(index, flow))
      .map((flow) => settledFacts(run, flow)),
    ...untouchedChanges(run).map((change) => changeFacts(run, change)),
    ...run.plan.missing.flatMap((flow) => missingFacts(index, flow)),
    ...run.plan.invalid.flatMap((flow) => invalidFacts(index, flow)),
  ];
  const known = await state.flows.load(
    run.org,
    facts.map(({ flowId }) => flowId),
  );
  await state.flows.save(
    run.org,
    facts.map((fact) => recordOf(run, fact, known.get(fact.flowId))),
  );
  await removeForgotten(ports, run, index, facts);
}

/** The fast path: a hundred thousand flows in sync must cost no more than this comparison. */
function isKnownSettled(index: ReadonlyMap<FlowId, FlowIndexEntry>, flow: SettledFlow): boolean {
  const entry = index.get(flow.flowId);
  return (
    entry?.state === 'InSync' &&
    !entry.hasConditions &&
    flow.suspended === undefined &&
    entry.desiredHash === flow.desiredHash &&
    entry.appliedHash === flow.desiredHash &&
    entry.liveVersion === flow.liveVersion &&
    entry.file === flow.file
  );
}

function settledFacts(run: RunFacts, flow: SettledFlow): Facts {
  const conditions: ConditionFact[] = [{ type: 'Ready', status: true, reason: 'InSync' }];
  if (flow.suspended) conditions.push(suspendedCondition(flow.suspended.reason));
  if (run.reloadPending.has(flow.flowId)) conditions.push(RELOAD_PENDING);
  return {
    flowId: flow.flowId,
    name: flow.name,
    file: flow.file,
    state: 'InSync',
    desiredHash: flow.desiredHash,
    liveVersion: flow.liveVersion,
    differences: [],
    conditions,
    settled: true,
  };
}

/** Changes that did not go through the machine in this run. */
function untouchedChanges(run: RunFacts): readonly FlowChange[] {
  const ended = new Set(run.outcomes.map(({ flowId }) => flowId));
  return run.plan.changes.filter(({ flowId }) => !ended.has(flowId));
}

function changeFacts(run: RunFacts, change: FlowChange): Facts {
  const { state, conditions } = standingOf(run, change);
  return {
    flowId: change.flowId,
    name: change.name,
    file: change.file,
    state,
    desiredHash: change.desiredHash,
    liveVersion: change.liveVersion,
    differences: change.fields,
    conditions,
  };
}

function standingOf(
  run: RunFacts,
  change: FlowChange,
): { readonly state: FlowState; readonly conditions: readonly ConditionFact[] } {
  if (change.suspended) {
    const { reason } = change.suspended;
    return { state: 'Suspended', conditions: [notReady('Suspended'), suspendedCondition(reason)] };
  }
  if (run.policy.mode === 'report' || change.mode === 'report')
    return { state: 'Drifted', conditions: [notReady('ReportOnly')] };
  const { verdict } = run;
  if (verdict.kind === 'allow') return { state: 'Deferred', conditions: [notReady('Cancelled')] };
  const state = verdict.kind === 'deny' ? 'Blocked' : 'Deferred';
  return { state, conditions: [notReady(verdict.gate, verdict.reason)] };
}

function missingFacts(index: ReadonlyMap<FlowId, FlowIndexEntry>, flow: MissingFlow): Facts[] {
  const flowId = flow.flowId ?? idOfFile(index, flow.file);
  if (flowId === undefined) return [];
  return [
    {
      flowId,
      name: flow.name,
      file: flow.file,
      state: 'Missing',
      desiredHash: undefined,
      liveVersion: undefined,
      differences: [],
      conditions: [notReady('Missing', 'git describes this flow, and the org does not have it')],
    },
  ];
}

function invalidFacts(index: ReadonlyMap<FlowId, FlowIndexEntry>, flow: InvalidFlow): Facts[] {
  const flowId = flow.flowId ?? idOfFile(index, flow.file);
  if (flowId === undefined) return [];
  const [first] = flow.diagnostics;
  const message =
    first && `${first.file}:${String(first.line)}:${String(first.column)}: ${first.message}`;
  return [
    {
      flowId,
      name: undefined,
      file: flow.file,
      state: 'Invalid',
      desiredHash: undefined,
      liveVersion: undefined,
      differences: [],
      conditions: [notReady(first?.code ?? 'Invalid', message)],
    },
  ];
}

/** A file that no longer tells its flow: the one that it described last. */
function idOfFile(index: ReadonlyMap<FlowId, FlowIndexEntry>, file: string): FlowId | undefined {
  for (const [flowId, entry] of index) if (entry.file === file) return flowId;
  return undefined;
}

function recordOf(run: RunFacts, fact: Facts, known: FlowRecord | undefined): FlowRecord {
  const facts: StatusFacts = {
    ...fact,
    org: run.org,
    revision: run.plan.revision,
    settled: fact.settled ?? false,
  };
  if (facts.settled) {
    const settings = run.desired.get(fact.flowId)?.settings ?? {};
    return settledRecord(known, facts, settings, run.now);
  }
  const status = nextStatus(known?.status, facts, run.now);
  return known ? { ...known, status } : { flowId: fact.flowId, status, pastHashes: [] };
}

async function removeForgotten(
  ports: Pick<Ports, 'state'>,
  run: RunFacts,
  index: ReadonlyMap<FlowId, FlowIndexEntry>,
  facts: readonly Facts[],
): Promise<void> {
  const named = new Set<FlowId>([
    ...run.plan.settled.map(({ flowId }) => flowId),
    ...run.plan.changes.map(({ flowId }) => flowId),
    ...facts.map(({ flowId }) => flowId),
  ]);
  const forgotten = [...index.keys()].filter((flowId) => !named.has(flowId));
  if (forgotten.length > 0) await ports.state.flows.remove(run.org, forgotten);
}

function notReady(reason: string, message?: string): ConditionFact {
  return { type: 'Ready', status: false, reason, ...(message !== undefined && { message }) };
}

function suspendedCondition(reason: string): ConditionFact {
  return { type: 'Suspended', status: true, reason: 'Suspended', message: reason };
}

/** The org's own status: what is known beyond its flows. */
export function orgFaultsOf(loaded: LoadedOrg, plan: Plan | undefined): InvalidFlow['diagnostics'] {
  const nameless = (plan?.invalid ?? loaded.invalid).filter(({ flowId }) => flowId === undefined);
  return [...loaded.policyFaults, ...nameless.flatMap(({ diagnostics }) => diagnostics)];
}
