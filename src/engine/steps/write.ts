import type { FlowkeeperError } from '../../domain/errors.ts';
import type { EventOf } from '../flow-machine.ts';
import type { FlowTask } from '../flow-task.ts';
import { isSurelyUnwritten, noteError, orInDoubt, rethrowIfAborted } from './api-move.ts';
import { carriesOurWrite, isGone, noteForeignWrite, noteLanded, readLive } from './read-live.ts';

/** How often a write that the service put off (429: nothing was changed) is offered again. */
const MAX_THROTTLED_WRITES = 4;

/** Writes once. What a lost answer means is for `read-back` to find out. */
export async function patch(task: FlowTask): Promise<EventOf<'patch'>> {
  const { base, blocks } = task;
  if (!base || !blocks) throw new Error('patch before snapshot');
  for (let attempt = 1; ; attempt += 1) {
    await task.run.place.take('first', task.run.signal);
    await task.run.lease.confirm();
    task.sent = 'now';
    try {
      const stored = await task.run.ports.backend.write(base, blocks, task.run.signal);
      task.writtenVersion = stored?.version ?? base.version + 1;
      task.lastUpdateAt = task.run.ports.clock.now();
      delete task.maybeLanded;
      return 'accepted';
    } catch (error) {
      rethrowIfAborted(task, error);
      const event = eventOf(noteError(task, error));
      if (event !== 'throttled') return concluded(task, event, base.version);
      // the rate gate keeps the next one waiting as long as the service asked
      if (attempt >= MAX_THROTTLED_WRITES) return orInDoubt(task, 'throttled');
    }
  }
}

type Failure = 'stale' | 'throttled' | 'refused' | 'unknown';

function eventOf({ code }: FlowkeeperError): Failure {
  if (code === 'api.conflict') return 'stale';
  if (code === 'api.rate-limited') return 'throttled';
  return isSurelyUnwritten(code) ? 'refused' : 'unknown';
}

function concluded(
  task: FlowTask,
  event: Exclude<Failure, 'throttled'>,
  baseVersion: number,
): EventOf<'patch'> {
  if (event === 'refused') {
    task.refused = task.error?.code === 'api.refused';
    return orInDoubt(task, 'refused');
  }
  // whatever is read next is what the next write is based on
  delete task.expectedVersion;
  if (event === 'unknown') task.maybeLanded = { baseVersion };
  return event;
}

/**
 * Finds out what became of a write whose answer was lost. It may also land later than this read: then the
 * next write meets a conflict, and the read after that one finds it.
 */
export async function readBack(task: FlowTask): Promise<EventOf<'read-back'>> {
  const { base } = task;
  if (!base) throw new Error('read-back before snapshot');
  const lost = { error: task.error, reason: task.reason };
  const live = await readLive(task);
  if (!live) return unread(task);
  if (live.version <= base.version) {
    task.absent = true;
    Object.assign(task, lost);
    return 'absent';
  }
  if (carriesOurWrite(task, live.settings ?? {})) {
    noteLanded(task, live);
    return 'landed';
  }
  noteForeignWrite(task, live);
  task.overtaken = true;
  return 'foreign';
}

/** What is gone takes no write any more. */
function unread(task: FlowTask): EventOf<'read-back'> {
  if (!isGone(task)) return 'unreadable';
  delete task.maybeLanded;
  task.overtaken = true;
  return 'foreign';
}
