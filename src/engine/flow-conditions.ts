import type { FlowState, FlowStatus } from '../domain/flow-status.ts';
import type { HeldBack } from '../domain/held-back.ts';
import type { FlowOutcome, OutcomeStatus } from '../domain/outcome.ts';
import type { FlowTask } from './flow-task.ts';
import type { ConditionFact } from './next-status.ts';

export const STATE_OF: Readonly<Record<OutcomeStatus, FlowState>> = {
  applied: 'InSync',
  'in-sync': 'InSync',
  deferred: 'Deferred',
  blocked: 'Blocked',
  conflict: 'Conflict',
  failed: 'Failed',
  'rolled-back': 'RolledBack',
  stuck: 'Stuck',
  unresolved: 'Unresolved',
  cancelled: 'Deferred',
};

/** Outcomes after which the same desired settings are not tried again by themselves, whatever led to them. */
const HELD_BACK: ReadonlySet<OutcomeStatus> = new Set(['rolled-back', 'stuck']);

/** What is held back after an attempt; undefined: nothing, the next run tries again. */
export function newlyHeldBack(
  { wanted, refused, base }: Pick<FlowTask, 'wanted' | 'refused' | 'base'>,
  { status, reason = status }: FlowOutcome,
): HeldBack | undefined {
  const { hash } = wanted;
  if (HELD_BACK.has(status)) return { hash, reason };
  if (status !== 'failed' || refused !== true || !base) return undefined;
  return { hash, reason, version: base.version };
}

export const HELD_BACK_WORDS =
  'these settings are not tried again until git changes or `flowkeeper retry`';

const REFUSED_WORDS =
  'these settings are not tried again until git or the flow changes, or `flowkeeper retry`';

export const RELOAD_PENDING: ConditionFact = {
  type: 'ReloadPending',
  status: true,
  reason: 'ReloadFailed',
  message: 'stored, and not in effect until a reload succeeds; the next run asks again',
};

/** As long as a write that got no answer may land, no reload is the last one that it needs. */
export const RELOAD_IN_DOUBT: ConditionFact = {
  type: 'ReloadPending',
  status: true,
  reason: 'WriteInDoubt',
  message:
    'the write that was to put the snapshot back got no answer and may still land; until it cannot any more, each run asks for a reload',
};

/** What holds of a flow after its way through the machine. */
export function conditionsOf(
  previous: FlowStatus | undefined,
  task: FlowTask,
  outcome: FlowOutcome,
): ConditionFact[] {
  const conditions: ConditionFact[] = [withSameWords(previous, task, readyOf(task, outcome))];
  const stalled = stalledBy(task, outcome);
  if (stalled) conditions.push(stalled);
  if (isReloadPending(task))
    conditions.push(isInDoubt(task, outcome) ? RELOAD_IN_DOUBT : RELOAD_PENDING);
  return conditions;
}

function stalledBy(task: FlowTask, outcome: FlowOutcome): ConditionFact | undefined {
  const stalled = { type: 'Stalled', status: true, message: HELD_BACK_WORDS } as const;
  if (isHeldBack(task)) return { ...stalled, reason: 'HeldBack' };
  const heldBack = newlyHeldBack(task, outcome);
  if (!heldBack) return undefined;
  if (heldBack.version === undefined) return { ...stalled, reason: STATE_OF[outcome.status] };
  return { ...stalled, reason: 'Refused', message: REFUSED_WORDS };
}

function isReloadPending({ reloadPending, reloaded, run, flowId }: FlowTask): boolean {
  return reloadPending || (!reloaded && run.reloadPending.has(flowId));
}

function isInDoubt({ restoreInDoubt }: FlowTask, { status }: FlowOutcome): boolean {
  return restoreInDoubt === true && status === 'stuck';
}

function readyOf(task: FlowTask, outcome: FlowOutcome): ConditionFact {
  const state = STATE_OF[outcome.status];
  if (state === 'InSync') return { type: 'Ready', status: true, reason: 'InSync' };
  const { verdict } = task;
  const gate = verdict && verdict.kind !== 'allow' ? verdict.gate : undefined;
  return {
    type: 'Ready',
    status: false,
    reason: gate ?? outcome.code ?? state,
    ...(outcome.reason !== undefined && { message: outcome.reason }),
  };
}

/** The words of an error differ each time (correlation ids); for the same settings its code is what it means. */
function withSameWords(
  previous: FlowStatus | undefined,
  task: FlowTask,
  fact: ConditionFact,
): ConditionFact {
  if (!task.error || previous?.desiredHash !== task.wanted.hash) return fact;
  const before = previous.conditions.find(({ type }) => type === fact.type);
  if (before?.reason !== fact.reason || before.message === undefined) return fact;
  return { ...fact, message: before.message };
}

export function isHeldBack({ verdict }: FlowTask): boolean {
  return verdict?.kind === 'deny' && verdict.gate === 'held-back';
}
