import type { Json, JsonObject } from '../../domain/json.ts';
import { withoutUndefined } from '../../domain/without-undefined.ts';
import type { FlowTask } from '../flow-task.ts';
import type { EventOf } from '../flow-machine.ts';

/** Reports `allow`, or why not now or not without a person. */
export async function gate(task: FlowTask): Promise<EventOf<'gate'>> {
  const { change, run } = task;
  if (!change) return 'allow';
  const verdict = await run.judge(change, run.signal);
  task.verdict = verdict;
  if (verdict.kind === 'allow') {
    if (verdict.freezeOverride !== undefined) task.freezeOverride = verdict.freezeOverride;
    return 'allow';
  }
  task.reason = verdict.reason;
  if (verdict.kind === 'defer' && verdict.untilAt !== undefined) task.retryAt = verdict.untilAt;
  return verdict.kind;
}

/** Opens the attempt in the journal, or goes on with one that is still open for this flow. */
export async function intent(task: FlowTask): Promise<EventOf<'intent'>> {
  const { pending, run } = task;
  if (pending) {
    task.attemptId = pending.attemptId;
    task.maybeLanded = { baseVersion: pending.baseVersion };
    if (pending.overtaken === true) task.overtaken = true;
    return 'recorded';
  }
  const attemptId = run.ports.ids.next('attempt');
  const start = {
    attemptId,
    org: run.org,
    flowId: task.flowId,
    runId: run.runId,
    startedAt: task.startedAt,
    data: intentOf(task),
  };
  await run.ports.state.journal.open(start, run.lease.fencingToken);
  task.attemptId = attemptId;
  return 'recorded';
}

/** All that a later process needs to find out what became of the attempt. */
export function intentOf(task: FlowTask): JsonObject {
  const { file, settings, declared, hash, ignore } = task.wanted;
  return withoutUndefined({
    name: task.name,
    wanted: withoutUndefined({ file, settings, declared, hash, ignore: ignore as unknown as Json }),
    revision: task.revision,
    planDigest: task.planDigest,
    runId: task.run.runId,
    kind: task.kind,
    cause: task.cause,
    byHand: task.byHand as unknown as Json | undefined,
    liveChangedBy: task.liveChangedBy,
    freezeOverride: task.freezeOverride,
  });
}
