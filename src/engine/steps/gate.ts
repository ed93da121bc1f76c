import type { Json, JsonObject } from '../../domain/json.ts';
import type { FlowTask } from '../flow-task.ts';
import type { EventOf } from '../flow-machine.ts';

/** Reports `allow`, or why not now or not without a person. */
export async function gate(task: FlowTask): Promise<EventOf<'gate'>> {
  const { change, run } = task;
  if (!change) return 'allow';
  const verdict = await run.judge(change, run.signal);
  task.verdict = verdict;
  if (verdict.kind === 'allow') return 'allow';
  task.reason = verdict.reason;
  if (verdict.kind === 'defer' && verdict.untilAt !== undefined) task.retryAt = verdict.untilAt;
  return verdict.kind;
}

/** Opens the attempt in the journal, with all that a later process needs to find out what became of it. */
export async function intent(task: FlowTask): Promise<EventOf<'intent'>> {
  const { ports, org, runId } = task.run;
  const attemptId = ports.ids.next('attempt');
  const wanted: JsonObject = {
    file: task.wanted.file,
    settings: task.wanted.settings,
    hash: task.wanted.hash,
    ignore: task.wanted.ignore as unknown as Json,
  };
  const data: JsonObject = {
    name: task.name,
    wanted,
    revision: task.revision,
    planDigest: task.planDigest,
    fields: task.fields as unknown as Json,
    ...(task.change && { kind: task.change.kind, cause: task.change.cause }),
  };
  await ports.state.journal.open({
    attemptId,
    org,
    flowId: task.flowId,
    runId,
    startedAt: task.startedAt,
    data,
  });
  task.attemptId = attemptId;
  return 'recorded';
}
