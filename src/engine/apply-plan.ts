import type { DesiredFlow, FlowId } from '../domain/flow.ts';
import type { FlowOutcome } from '../domain/outcome.ts';
import { isWritable } from '../domain/plan.ts';
import type { FlowChange, Plan } from '../domain/plan.ts';
import type { Policy } from '../domain/policy.ts';
import { withoutUndefined } from '../domain/without-undefined.ts';
import type { FlowRun, FlowTask, PendingAttempt } from './flow-task.ts';
import { runOfFlow } from './in-place.ts';
import { endedWell, outcomeOf, runFlowTask } from './run-flow-task.ts';
import { runSchedule } from './schedule.ts';

export interface ApplyParts {
  readonly desired: ReadonlyMap<FlowId, DesiredFlow>;
  /** Attempts that are still open, and go on with what is planned now. */
  readonly pending: ReadonlyMap<FlowId, PendingAttempt>;
  /** Flows that nobody may write, since it is not known what became of an earlier write. */
  readonly unresolved: ReadonlySet<FlowId>;
  readonly onOutcome: (outcome: FlowOutcome) => void;
}

/** The changes that may be written at all: their org and file are enforced, and nobody suspended them. */
export function writableChanges(plan: Plan, policy: Policy): readonly FlowChange[] {
  return policy.mode === 'enforce' ? plan.changes.filter(isWritable) : [];
}

/** Those of them that this run goes on with. */
export function changesToWrite(
  plan: Plan,
  policy: Policy,
  unresolved: ReadonlySet<FlowId>,
): readonly FlowChange[] {
  return writableChanges(plan, policy).filter(({ flowId }) => !unresolved.has(flowId));
}

/**
 * Writes the plan's flows in its order (reverts, desired changes, drift), `apply.concurrency` at once; a flow
 * waits for those that it depends on, and for nothing else.
 */
export async function applyPlan(run: FlowRun, plan: Plan, parts: ApplyParts): Promise<void> {
  const changes = changesToWrite(plan, run.policy, parts.unresolved);
  const schedule = {
    concurrency: run.policy.apply.concurrency,
    idOf: ({ flowId }: FlowChange) => flowId,
    after: ({ flowId }: FlowChange) => parts.desired.get(flowId)?.dependsOn ?? [],
    isWell: endedWell,
  };
  await runSchedule(changes, schedule, async (change, place) => {
    const task = asTask(runOfFlow(run, change.kind, place), plan, change, parts);
    const end = run.signal.aborted ? 'abandoned' : await runFlowTask(task, 'gate');
    parts.onOutcome(typeof end === 'object' ? end : outcomeOf(task, 'cancelled'));
    return end;
  });
}

function asTask(run: FlowRun, plan: Plan, change: FlowChange, parts: ApplyParts): FlowTask {
  const wanted = parts.desired.get(change.flowId);
  if (!wanted) throw new Error(`no desired flow for the change of ${change.flowId}`);
  const { clock } = run.ports;
  return withoutUndefined({
    run,
    flowId: change.flowId,
    name: change.name,
    wanted,
    revision: plan.revision,
    planDigest: plan.digest,
    change,
    kind: change.kind,
    cause: change.cause,
    liveChangedBy: change.modifiedBy?.name ?? change.modifiedBy?.id,
    startedAt: clock.now(),
    startedMs: clock.monotonicMs(),
    pending: parts.pending.get(change.flowId),
    timings: [],
    expectedVersion: change.liveVersion,
    fields: change.fields,
    sent: 'no' as const,
    conflicts: 0,
    resends: 0,
    reloaded: false,
    reloadPending: false,
  });
}
