import type { FlowOutcome } from '../domain/outcome.ts';
import type { FieldChange } from '../domain/plan.ts';
import { withoutUndefined } from '../domain/without-undefined.ts';
import { compareSettings } from '../plan/compare-settings.ts';
import type { FlowRecord } from '../ports/state-store.ts';
import { HELD_BACK_WORDS, RELOAD_PENDING } from './flow-conditions.ts';
import type { FlowTask, RollbackByHand, WantedFlow } from './flow-task.ts';
import { attemptOf, keptOf, nextRecord } from './next-record.ts';
import { nextStatus } from './next-status.ts';
import type { StatusFacts } from './next-status.ts';

/**
 * What is known of a flow after a person put a snapshot back.
 *
 * Where the flow now differs from git, what git says is held back, until it says something else or a person
 * says `retry`. So it is where the flow was left neither as it was nor as wanted. Where nothing came of it, the
 * record stays, and the next run tells by reading.
 */
export function recordByHand(
  previous: FlowRecord | undefined,
  task: FlowTask & { readonly byHand: RollbackByHand },
  outcome: FlowOutcome,
  now: number,
): FlowRecord {
  const { desired } = task.byHand;
  const state = stateOf(outcome);
  if (!desired || !state) return untold(previous, task, outcome, now);
  const differences = differencesFrom(desired, task, now);
  if (state === 'RolledBack' && differences.length === 0)
    return nextRecord(previous, { ...task, wanted: desired }, outcome, now);
  const facts = factsOf(previous, { task, desired, differences, state }, outcome, now);
  return withoutUndefined({
    ...keptOf(previous),
    flowId: task.flowId,
    status: nextStatus(previous?.status, facts, now),
    lastUpdateAt: task.lastUpdateAt ?? previous?.lastUpdateAt,
    heldBack: { hash: desired.hash, reason: wordsOf(task.byHand) },
  });
}

/** Undefined where the flow is as it was, or it is not known what it is. */
function stateOf({ status }: FlowOutcome): 'RolledBack' | 'Stuck' | undefined {
  if (status === 'applied' || status === 'in-sync') return 'RolledBack';
  return status === 'stuck' ? 'Stuck' : undefined;
}

function wordsOf({ toVersion, by }: RollbackByHand): string {
  return `rolled back to version ${String(toVersion)} by ${by}`;
}

function differencesFrom(desired: WantedFlow, task: FlowTask, now: number): readonly FieldChange[] {
  const { orgId } = task.run;
  const live = task.after ?? {};
  return compareSettings(desired.settings, live, { orgId, ignore: desired.ignore, now }).map(
    (difference) => ({ ...difference, cause: 'live-changed' }),
  );
}

/** What the machine knows of the attempt beside what was known of the flow. */
function untold(
  previous: FlowRecord | undefined,
  task: FlowTask,
  outcome: FlowOutcome,
  now: number,
): FlowRecord {
  if (!previous) return nextRecord(previous, task, outcome, now);
  const { attempt } = attemptOf(previous.status, task, outcome, now);
  const lastUpdateAt = task.lastUpdateAt ?? previous.lastUpdateAt;
  return withoutUndefined({
    ...previous,
    status: { ...previous.status, ...attempt },
    lastUpdateAt,
  });
}

interface HeldFacts {
  readonly task: FlowTask & { readonly byHand: RollbackByHand };
  readonly desired: WantedFlow;
  readonly differences: readonly FieldChange[];
  readonly state: 'RolledBack' | 'Stuck';
}

function factsOf(
  previous: FlowRecord | undefined,
  { task, desired, differences, state }: HeldFacts,
  outcome: FlowOutcome,
  now: number,
): StatusFacts {
  const words = wordsOf(task.byHand);
  const message = outcome.reason === undefined ? words : `${words}: ${outcome.reason}`;
  const reason = 'RolledBackByHand';
  return {
    flowId: task.flowId,
    name: task.name,
    org: task.run.org,
    file: desired.file,
    desiredHash: desired.hash,
    revision: task.revision,
    liveVersion: task.afterVersion ?? outcome.version,
    state,
    differences,
    conditions: [
      { type: 'Ready', status: false, reason, message },
      { type: 'Stalled', status: true, reason, message: HELD_BACK_WORDS },
      ...(task.reloadPending ? [RELOAD_PENDING] : []),
    ],
    settled: false,
    ...attemptOf(previous?.status, task, outcome, now),
  };
}
