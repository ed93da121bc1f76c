import type { FlowId } from '../domain/flow.ts';
import type { FlowOutcome } from '../domain/outcome.ts';
import type { DesiredFlow } from '../domain/flow.ts';
import type { Plan, FlowChange } from '../domain/plan.ts';
import type { Policy } from '../domain/policy.ts';
import type { FlowRun, FlowTask } from './flow-task.ts';
import { outcomeOf, runFlowTask } from './run-flow-task.ts';
import { runSchedule } from './schedule.ts';

/** True when the flow may be written at all: it is enforced, and nobody suspended it. */
export function isWritable(change: FlowChange, policy: Policy): boolean {
  return policy.mode === 'enforce' && change.mode === 'enforce' && change.suspended === undefined;
}

/**
 * Writes the plan's flows in its order (reverts, desired changes, drift), `apply.concurrency` at once; a flow
 * waits for those that it depends on, and for nothing else.
 */
export async function applyPlan(
  run: FlowRun,
  plan: Plan,
  parts: {
    readonly desired: ReadonlyMap<FlowId, DesiredFlow>;
    readonly maybeLanded: ReadonlyMap<FlowId, number>;
    readonly unresolved: ReadonlySet<FlowId>;
    readonly onOutcome: (outcome: FlowOutcome) => Promise<void>;
  },
): Promise<FlowOutcome[]> {
  const tasks = plan.changes
    .filter((change) => isWritable(change, run.policy) && !parts.unresolved.has(change.flowId))
    .map((change) => asTask(run, plan, change, parts));
  const schedule = {
    concurrency: run.policy.apply.concurrency,
    idOf: (task: FlowTask) => task.flowId,
    after: (task: FlowTask) => task.dependsOn,
  };
  return runSchedule(tasks, schedule, async (task) => {
    const outcome = run.signal.aborted
      ? outcomeOf(task, 'cancelled')
      : await runFlowTask(task, 'gate');
    const told = outcome ?? outcomeOf(task, 'cancelled');
    await parts.onOutcome(told);
    return told;
  });
}

function asTask(
  run: FlowRun,
  plan: Plan,
  change: FlowChange,
  parts: {
    readonly desired: ReadonlyMap<FlowId, DesiredFlow>;
    readonly maybeLanded: ReadonlyMap<FlowId, number>;
  },
): FlowTask {
  const wanted = parts.desired.get(change.flowId);
  if (!wanted) throw new Error(`no desired flow for the change of ${change.flowId}`);
  const baseVersion = parts.maybeLanded.get(change.flowId);
  return {
    run,
    flowId: change.flowId,
    name: change.name,
    wanted,
    revision: plan.revision,
    planDigest: plan.digest,
    change,
    startedAt: run.ports.clock.now(),
    dependsOn: wanted.dependsOn,
    timings: [],
    expectedVersion: change.liveVersion,
    fields: change.fields,
    conflicts: 0,
    reloadPending: false,
    ...(baseVersion !== undefined && { maybeLanded: { baseVersion } }),
  };
}
