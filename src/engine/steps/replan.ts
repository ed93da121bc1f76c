import { isError } from '../../domain/errors.ts';
import type { EventOf } from '../flow-machine.ts';
import type { FlowTask } from '../flow-task.ts';
import { orInDoubt } from './api-move.ts';

const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 8000;
/** The longest wait that a failing service gets by asking for it. */
const MAX_ASKED_MS = 60_000;

/**
 * Plan this flow again with what is there now: because somebody else wrote, or because our own write got
 * no answer and is not there. Each is bounded by `conflictRetries`.
 */
export async function replan(task: FlowTask): Promise<EventOf<'replan'>> {
  const { conflictRetries } = task.run.policy.apply;
  if (task.absent === true) {
    task.absent = false;
    task.resends += 1;
    if (task.resends > conflictRetries) return orInDoubt(task, 'exhausted');
    await task.run.ports.clock.sleep(delayOf(task), task.run.signal);
    await task.run.place.take('last', task.run.signal);
    return 'again';
  }
  task.conflicts += 1;
  if (task.conflicts <= conflictRetries) return 'again';
  const by = task.conflictBy === undefined ? '' : ` (last: ${task.conflictBy})`;
  task.reason = `the flow was changed by others ${String(task.conflicts)} times while it was being updated${by}`;
  return orInDoubt(task, 'exhausted');
}

/** A service that failed gets time, and a write that is late gets time to land. */
function delayOf({ error, resends }: FlowTask): number {
  const delayMs = Math.min(FIRST_DELAY_MS * 2 ** (resends - 1), LONGEST_DELAY_MS);
  const askedMs = isError(error, 'api.server-error') ? (error.details.retryAfterMs ?? 0) : 0;
  return Math.max(delayMs, Math.min(askedMs, MAX_ASKED_MS));
}
