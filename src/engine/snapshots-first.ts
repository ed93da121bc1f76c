import type { DesiredFlow, FlowId, LiveFlow } from '../domain/flow.ts';
import { asFlowkeeperError } from '../domain/errors.ts';
import type { FlowChange } from '../domain/plan.ts';
import { ALLOW } from '../domain/verdict.ts';
import type { GateVerdict } from '../domain/verdict.ts';
import { compareSettings } from '../plan/compare-settings.ts';
import type { Snapshot } from '../ports/state-store.ts';
import type { FlowRun } from './flow-task.ts';
import { runOfFlow } from './in-place.ts';
import { unpushedVerdict } from './push-snapshots.ts';
import { runSchedule } from './schedule.ts';
import { stopsTheRun } from './stops-the-run.ts';
import { storeSnapshot } from './store-snapshot.ts';

/**
 * Where policy asks for it: takes snapshots of all flows that are about to be written, and has them on the status
 * branch in one commit, so that even the loss of this machine loses none.
 *
 * It holds for what is there now. A flow that somebody writes after this has a newer snapshot, and that one is pushed
 * right before the flow is written (the machine's step `snapshot`). A flow that cannot be read now is left to that too.
 *
 * @param run its judge says of each change whether it would be written, as far as can be told now
 * @returns `deny` when they could not be pushed: then nothing may be written
 */
export async function pushSnapshotsFirst(
  run: FlowRun,
  changes: readonly FlowChange[],
  desired: ReadonlyMap<FlowId, DesiredFlow>,
): Promise<GateVerdict> {
  const { pushSnapshots, signal } = run;
  if (!pushSnapshots) return ALLOW;
  const schedule = {
    concurrency: run.policy.apply.concurrency,
    idOf: ({ flowId }: FlowChange) => flowId,
    after: () => [],
    isWell: (snapshot: Snapshot | undefined) => snapshot !== undefined,
  };
  const taken = await runSchedule(changes, schedule, (change, place) =>
    takeSnapshot(runOfFlow(run, change.kind, place), change, desired.get(change.flowId)),
  );
  const snapshots = taken.filter((snapshot) => snapshot !== undefined);
  const error = await pushSnapshots(snapshots);
  signal.throwIfAborted();
  return error ? unpushedVerdict(snapshots.length, error) : ALLOW;
}

/** Undefined for a flow that would not be written now, or of which the machine will find out why not. */
async function takeSnapshot(
  run: FlowRun,
  change: FlowChange,
  desired: DesiredFlow | undefined,
): Promise<Snapshot | undefined> {
  const { ports, signal } = run;
  const { flowId } = change;
  signal.throwIfAborted();
  const verdict = await run.judge(change, signal);
  if (verdict.kind !== 'allow' || !desired) return undefined;
  try {
    const live = await run.limits.phase('flow', signal, (alive) =>
      ports.backend.read(flowId, alive),
    );
    return differs(run, desired, live) ? await storeSnapshot(run, live) : undefined;
  } catch (error) {
    if (signal.aborted || stopsTheRun(error)) throw error;
    const { code, message } = asFlowkeeperError(error);
    ports.log.warn('no snapshot could be taken beforehand', { flowId, code, reason: message });
    return undefined;
  }
}

function differs(
  { orgId, ports }: FlowRun,
  { settings, ignore }: DesiredFlow,
  live: LiveFlow,
): boolean {
  const context = { orgId, ignore, now: ports.clock.now() };
  return compareSettings(settings, live.settings ?? {}, context).length > 0;
}
