import type { ErrorCode } from '../../domain/error-details.ts';
import { isError } from '../../domain/errors.ts';
import type { FlowkeeperError } from '../../domain/errors.ts';
import type { EventOf } from '../flow-machine.ts';
import type { FlowTask } from '../flow-task.ts';
import { noteError, rethrowIfAborted } from './api-move.ts';
import { carriesOurWrite, readLive } from './read-live.ts';
import { noteForeignWrite } from './snapshot.ts';

/** How often a write that the service put off (429: nothing was changed) is offered again. */
const MAX_THROTTLED_WRITES = 4;

/** After these nothing was changed, whatever we sent. */
const SURELY_NOT_WRITTEN: ReadonlySet<ErrorCode> = new Set([
  'api.refused',
  'api.forbidden',
  'api.not-found',
  'api.unauthorized',
  'api.unreachable',
  'api.token-refused',
]);

/** Writes once. What a lost answer means is for `read-back` to find out. */
export async function patch(task: FlowTask): Promise<EventOf<'patch'>> {
  const { base, blocks } = task;
  if (!base || !blocks) throw new Error('patch before snapshot');
  for (let attempt = 1; ; attempt += 1) {
    try {
      const stored = await task.run.ports.backend.write(base, blocks, task.run.signal);
      task.writtenVersion = stored?.version ?? base.version + 1;
      task.lastUpdateAt = task.run.ports.clock.now();
      return 'accepted';
    } catch (error) {
      rethrowIfAborted(task, error);
      const event = eventOf(task, noteError(task, error));
      if (event === 'unknown') task.maybeLanded = { baseVersion: base.version };
      if (event !== 'throttled' || attempt >= MAX_THROTTLED_WRITES) return event;
    }
  }
}

function eventOf(task: FlowTask, error: FlowkeeperError): EventOf<'patch'> {
  if (error.code === 'api.conflict') return 'stale';
  if (error.code === 'api.rate-limited') {
    if (isError(error, 'api.rate-limited') && error.details.retryAfterMs !== undefined)
      task.retryAt = task.run.ports.clock.now() + error.details.retryAfterMs;
    return 'throttled';
  }
  return SURELY_NOT_WRITTEN.has(error.code) ? 'refused' : 'unknown';
}

/**
 * Finds out what became of a write whose answer was lost. It may also land later than this read: then the
 * next write meets a conflict, and the read after that one finds it.
 */
export async function readBack(task: FlowTask): Promise<EventOf<'read-back'>> {
  const { base } = task;
  if (!base) throw new Error('read-back before snapshot');
  const live = await readLive(task);
  if (!live) return 'unreadable';
  delete task.expectedVersion;
  if (live.version === base.version) return 'absent';
  if (carriesOurWrite(task, live.settings ?? {})) {
    task.writtenVersion = live.version;
    task.lastUpdateAt = task.run.ports.clock.now();
    return 'landed';
  }
  noteForeignWrite(task, live);
  return 'foreign';
}
