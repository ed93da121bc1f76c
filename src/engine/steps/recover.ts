import { sameSettings } from '../../plan/make-blocks.ts';
import type { EventOf } from '../flow-machine.ts';
import type { FlowTask } from '../flow-task.ts';
import { carriesOurWrite, readLive } from './read-live.ts';
import { noteForeignWrite } from './snapshot.ts';

/**
 * Finds out by reading what became of an attempt whose process died.
 *
 * | the journal has      | live is                    | reports     |
 * |----------------------|----------------------------|-------------|
 * | no snapshot          | (not asked)                | `absent`    |
 * | a rollback begun     | the snapshot, or still ours | `restoring` |
 * | anything else        | at the snapshot's version  | `absent`    |
 * |                      | everything we wrote        | `landed`    |
 * |                      | anything else              | `foreign`   |
 */
export async function recover(task: FlowTask): Promise<EventOf<'recover'>> {
  const { snapshot } = task;
  if (!snapshot) return 'absent';
  const live = await readLive(task);
  if (!live) return 'unreadable';
  const settings = live.settings ?? {};
  task.after = settings;
  task.afterVersion = live.version;

  if (task.restoring)
    return recoverRollback(task, live.version, sameSettings(snapshot.settings, settings));
  if (live.version === snapshot.version) return 'absent';
  if (carriesOurWrite(task, settings)) {
    task.writtenVersion = live.version;
    task.lastUpdateAt ??= task.startedAt;
    return 'landed';
  }
  noteForeignWrite(task, live);
  task.reason =
    'the flow was changed by others while flowkeeper was down in the middle of an update';
  return 'foreign';
}

function recoverRollback(task: FlowTask, version: number, isBack: boolean): EventOf<'recover'> {
  if (isBack || version === task.writtenVersion) return 'restoring';
  task.reason =
    'the flow was changed by others while flowkeeper was down in the middle of a rollback';
  return 'foreign';
}
