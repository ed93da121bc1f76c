import { faultLine } from '../domain/diagnostic.ts';
import type { InvalidFlow } from '../domain/diagnostic.ts';
import type { DesiredFlow, FlowId } from '../domain/flow.ts';
import type { FlowState } from '../domain/flow-status.ts';
import type { FlowChange, MissingFlow, Plan, SettledFlow, UnreadFlow } from '../domain/plan.ts';
import type { Policy } from '../domain/policy.ts';
import type { GateVerdict } from '../domain/verdict.ts';
import { withoutUndefined } from '../domain/without-undefined.ts';
import { isHeldBack } from '../gates/held-back.ts';
import { standingFight } from '../gates/fighting.ts';
import type { Ports } from '../ports/ports.ts';
import type { FlowIndexEntry, FlowRecord } from '../ports/state-store.ts';
import { RELOAD_PENDING } from './flow-conditions.ts';
import { idsByFile } from './ids-by-file.ts';
import type { IdOfFile } from './ids-by-file.ts';
import { fightConditions, settledFight } from './next-fight.ts';
import { ownSettingsOf, settledRecord, stalledRecord } from './next-record.ts';
import { nextStatus, suspendedCondition } from './next-status.ts';
import { unreadReason } from './read-unlisted.ts';
import type { ConditionFact, StatusFacts } from './next-status.ts';

export interface RunFacts {
  readonly org: string;
  /** The remote's id of it. */
  readonly orgId: string;
  readonly now: number;
  readonly plan: Plan;
  readonly policy: Policy;
  readonly desired: ReadonlyMap<FlowId, DesiredFlow>;
  readonly verdict: GateVerdict;
  /** Flows that the machine has recorded in this run, or of which it is not known what became of a write. */
  readonly touched: ReadonlySet<FlowId>;
  /** Flows whose last write is stored and still not in effect. */
  readonly reloadPending: ReadonlySet<FlowId>;
}

type Facts = Omit<StatusFacts, 'org' | 'revision' | 'settled' | 'differences'> & {
  readonly settled?: boolean;
  /** Undefined: as they were told last. */
  readonly differences: StatusFacts['differences'] | undefined;
};

/**
 * Stores what this run found out about the flows that the machine did not already record: those in
 * sync, held by a gate on the plan, only reported, suspended, missing, invalid, and no longer in git.
 * A flow about which nothing changed costs one look into the index.
 */
export async function saveRecords(ports: Pick<Ports, 'state'>, run: RunFacts): Promise<void> {
  const { state } = ports;
  const index = await state.flows.index(run.org);
  const { plan, touched } = run;
  const idOf = idsByFile(index, plan);
  const facts = [
    ...plan.settled.filter((flow) => !isKnownSettled(index, flow)).map(settledFacts),
    ...plan.changes.map((change) => changeFacts(run, change)),
    ...(plan.unread ?? []).map(unreadFacts),
    ...plan.missing.flatMap((flow) => missingFacts(idOf, flow)),
    ...plan.invalid.flatMap((flow) => invalidFacts(idOf, flow)),
  ].filter(({ flowId }) => !touched.has(flowId));
  // mostly every flow is in sync, known to be, and no other is known
  if (facts.length + touched.size === 0 && index.size === plan.settled.length) return;
  const known = await state.flows.load(
    run.org,
    facts.map(({ flowId }) => flowId),
  );
  await state.flows.save(
    run.org,
    facts.map((fact) => recordOf(run, fact, known.get(fact.flowId))),
  );
  await removeForgotten(ports, run, index, idOf);
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

function settledFacts(flow: SettledFlow): Facts {
  const conditions: ConditionFact[] = [{ type: 'Ready', status: true, reason: 'InSync' }];
  if (flow.suspended) conditions.push(suspendedCondition(flow.suspended.reason));
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

/** Of a change that did not go through the machine in this run. */
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
  if (verdict.kind === 'allow') return { state: 'Deferred', conditions: [notReady('NotTried')] };
  const state = verdict.kind === 'deny' ? 'Blocked' : 'Deferred';
  return { state, conditions: [notReady(verdict.gate, verdict.reason)] };
}

/** Nothing new is known of it: how it differed, and what version it had, stays as it was told. */
function unreadFacts({ flowId, name, file, desiredHash, code }: UnreadFlow): Facts {
  return {
    flowId,
    name,
    file,
    state: 'Failed',
    desiredHash,
    liveVersion: undefined,
    differences: undefined,
    conditions: [notReady(code, unreadReason(code))],
  };
}

function missingFacts(idOf: IdOfFile, flow: MissingFlow): Facts[] {
  const flowId = flow.flowId ?? idOf(flow.file);
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

function invalidFacts(idOf: IdOfFile, flow: InvalidFlow): Facts[] {
  const flowId = flow.flowId ?? idOf(flow.file);
  if (flowId === undefined) return [];
  const [first] = flow.diagnostics;
  const message = first && faultLine(first);
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

function recordOf(run: RunFacts, fact: Facts, known: FlowRecord | undefined): FlowRecord {
  const { flowId, settled = false, conditions } = fact;
  const waits = run.reloadPending.has(flowId) ? [RELOAD_PENDING] : [];
  const fight = fightOf(run, fact, known);
  const facts: StatusFacts = {
    ...fact,
    differences: fact.differences ?? known?.status.differences ?? [],
    conditions: [...conditions, ...waits, ...fightConditions(fight, run.policy.fight)],
    org: run.org,
    revision: run.plan.revision,
    settled,
  };
  if (settled) {
    const desired = run.desired.get(flowId);
    const settings = desired ? ownSettingsOf(desired) : {};
    const { orgId, now } = run;
    return withoutUndefined({ ...settledRecord(known, facts, { settings, orgId, now }), fight });
  }
  return heldRecord(run, fact, known) ?? unsettledRecord(known, facts, run.now);
}

function fightOf(
  { policy, now }: RunFacts,
  { settled = false, desiredHash = '' }: Facts,
  known: FlowRecord | undefined,
): FlowRecord['fight'] {
  const look = settled ? settledFight : standingFight;
  return look(known?.fight, desiredHash, policy.fight, now);
}

/** A gate on the plan does not change what is told of a flow that is held back. */
function heldRecord(
  run: RunFacts,
  { state, desiredHash: hash = '', liveVersion, differences = [], ...flow }: Facts,
  known: FlowRecord | undefined,
): FlowRecord | undefined {
  if (state !== 'Blocked' && state !== 'Deferred') return undefined;
  if (!isHeldBack({ desiredHash: hash, liveVersion }, known?.heldBack)) return undefined;
  return stalledRecord(known, { ...flow, hash, liveVersion, differences }, run.reloadPending);
}

function unsettledRecord(
  known: FlowRecord | undefined,
  facts: StatusFacts,
  now: number,
): FlowRecord {
  const status = nextStatus(known?.status, facts, now);
  return known ? { ...known, status } : { flowId: facts.flowId, status, pastHashes: [] };
}

/**
 * Flows that no file describes any more lose their status file. While a file does not say which flow it
 * describes, it may be any of them, and none is let go.
 */
async function removeForgotten(
  ports: Pick<Ports, 'state'>,
  { org, plan }: RunFacts,
  index: ReadonlyMap<FlowId, FlowIndexEntry>,
  idOf: IdOfFile,
): Promise<void> {
  const described = [...plan.missing, ...plan.invalid].map(
    ({ flowId, file }) => flowId ?? idOf(file),
  );
  if (described.includes(undefined)) return;
  const named = new Set([
    ...plan.settled.map(({ flowId }) => flowId),
    ...plan.changes.map(({ flowId }) => flowId),
    ...(plan.unread ?? []).map(({ flowId }) => flowId),
    ...described,
  ]);
  const forgotten = [...index.keys()].filter((flowId) => !named.has(flowId));
  if (forgotten.length > 0) await ports.state.flows.remove(org, forgotten);
}

function notReady(reason: string, message?: string): ConditionFact {
  return { type: 'Ready', status: false, reason, ...(message !== undefined && { message }) };
}
