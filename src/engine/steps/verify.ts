import type { LiveFlow } from '../../domain/flow.ts';
import type { EventOf } from '../flow-machine.ts';
import type { FlowTask } from '../flow-task.ts';
import { poll } from './poll.ts';
import {
  carriesOurWrite,
  differencesOf,
  isGone,
  noteAfter,
  noteForeignWrite,
  readLive,
} from './read-live.ts';

/**
 * Reads the flow until the service says what was written, or `verifyTimeout` is over.
 *
 * | what is read                                           | reports      |
 * |--------------------------------------------------------|--------------|
 * | our version (or an earlier one) with all that we wrote | `match`      |
 * | a later version with all that git declares             | `match`      |
 * | a later version that lacks part of it                  | `foreign`    |
 * | our version (or an earlier one), to the end            | `mismatch`   |
 * | nothing, to the end                                    | `unreadable` |
 * | that the flow is gone, to the end                      | `foreign`    |
 */
export function verify(task: FlowTask): Promise<EventOf<'verify'>> {
  return poll(task, async () => {
    const live = await readLive(task);
    const event = live ? judge(task, live) : unread(task);
    return { event, isFinal: live !== undefined && event !== 'mismatch' };
  });
}

function unread(task: FlowTask): EventOf<'verify'> {
  if (!isGone(task)) return 'unreadable';
  task.reason = 'somebody deleted the flow right after our write';
  return 'foreign';
}

function judge(task: FlowTask, live: LiveFlow): EventOf<'verify'> {
  const settings = noteAfter(task, live);
  const isLater = live.version > (task.writtenVersion ?? 0);
  const missing = differencesOf(task, settings).map(({ path }) => path);
  delete task.error;
  if (missing.length === 0 && (isLater || carriesOurWrite(task, settings))) {
    delete task.reason;
    return 'match';
  }
  if (isLater) {
    noteForeignWrite(task, live);
    task.reason = `somebody wrote version ${String(live.version)} right after ours`;
    return 'foreign';
  }
  task.reason =
    missing.length > 0
      ? `the service does not show what was written: ${missing.join(', ')}`
      : 'the service lost settings that were to stay as they were';
  return 'mismatch';
}
