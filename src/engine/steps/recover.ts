import type { LiveFlow } from '../../domain/flow.ts';
import { sameSettings } from '../../plan/make-blocks.ts';
import type { EventOf } from '../flow-machine.ts';
import type { FlowTask } from '../flow-task.ts';
import {
  differencesOf,
  isGone,
  noteAfter,
  noteForeignWrite,
  noteLanded,
  readLive,
} from './read-live.ts';

/**
 * Finds out by reading what became of an attempt whose process died.
 *
 * | the journal has      | live is                               | reports      |
 * |----------------------|---------------------------------------|--------------|
 * | no write begun       | (not asked)                           | `absent`     |
 * | a rollback begun     | (the rollback asks itself)            | `restoring`  |
 * | a write accepted     | (the verification asks itself)        | `landed`     |
 * | a write begun        | at the snapshot's version             | `not-yet`, in the end `absent` |
 * |                      | later, with all that git declared     | `landed`     |
 * |                      | one version later, with the snapshot's settings | `absent` |
 * |                      | later, with anything else; or gone    | `foreign`    |
 */
export async function recover(task: FlowTask): Promise<EventOf<'recover'>> {
  if (task.sent === 'no') return 'absent';
  if (task.restoring === true) return 'restoring';
  if (task.writtenVersion !== undefined) return 'landed';
  if (!task.snapshot) return foreign(task, 'the snapshot was lost');
  const live = await readLive(task);
  if (!live) return isGone(task) ? foreign(task, 'the flow was deleted') : 'unreadable';
  if (live.version > task.snapshot.version) return judge(task, live, task.snapshot);
  return task.expired === true ? absent(task) : 'not-yet';
}

/** Nothing is to be told of an attempt that surely never changed anything. */
function absent(task: FlowTask): EventOf<'recover'> {
  return task.overtaken === true ? foreign(task, 'the flow was changed by others') : 'absent';
}

function judge(
  task: FlowTask,
  live: LiveFlow,
  snapshot: NonNullable<FlowTask['snapshot']>,
): EventOf<'recover'> {
  const settings = noteAfter(task, live);
  if (differencesOf(task, settings).length === 0) {
    task.lastUpdateAt ??= task.startedAt;
    noteLanded(task, live);
    return 'landed';
  }
  // one version later, what is there is not what we wrote; of two, the first may have been ours
  const isOnlyVersion = live.version === snapshot.version + 1;
  if (isOnlyVersion && sameSettings(snapshot.settings, settings)) return absent(task);
  noteForeignWrite(task, live);
  return foreign(task, 'the flow was changed by others');
}

function foreign(task: FlowTask, what: string): EventOf<'recover'> {
  task.reason = `${what} while flowkeeper was down in the middle of an update`;
  return 'foreign';
}
