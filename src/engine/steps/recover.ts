import type { LiveFlow } from '../../domain/flow.ts';
import { sameSettings } from '../../plan/make-blocks.ts';
import type { EventOf } from '../flow-machine.ts';
import type { FlowTask } from '../flow-task.ts';
import {
  carriesOurWrite,
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
 * |                      | later, with all that we wrote, or all that git declared | `landed` |
 * |                      | later, with the snapshot's settings   | `absent`     |
 * |                      | later, with anything else; or gone    | `foreign`    |
 */
export async function recover(task: FlowTask): Promise<EventOf<'recover'>> {
  if (task.sent === 'no') return 'absent';
  if (task.restoring === true) return 'restoring';
  if (task.writtenVersion !== undefined) return 'landed';
  if (!task.snapshot) return foreign(task, 'the snapshot was lost');
  const live = await readLive(task);
  if (!live) return isGone(task) ? foreign(task, 'the flow was deleted') : 'unreadable';
  if (live.version > task.snapshot.version) return judge(task, live, task.snapshot.settings);
  return task.expired === true ? 'absent' : 'not-yet';
}

function judge(
  task: FlowTask,
  live: LiveFlow,
  before: NonNullable<FlowTask['snapshot']>['settings'],
): EventOf<'recover'> {
  const settings = noteAfter(task, live);
  if (carriesOurWrite(task, settings) || differencesOf(task, settings).length === 0) {
    task.lastUpdateAt ??= task.startedAt;
    noteLanded(task, live);
    return 'landed';
  }
  if (sameSettings(before, settings)) return 'absent';
  noteForeignWrite(task, live);
  return foreign(task, 'the flow was changed by others');
}

function foreign(task: FlowTask, what: string): EventOf<'recover'> {
  task.reason = `${what} while flowkeeper was down in the middle of an update`;
  return 'foreign';
}
