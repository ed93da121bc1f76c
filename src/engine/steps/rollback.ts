import { isError } from '../../domain/errors.ts';
import type { LiveFlow } from '../../domain/flow.ts';
import { restoreBlocks, sameSettings } from '../../plan/make-blocks.ts';
import type { Snapshot } from '../../ports/state-store.ts';
import type { EventOf } from '../flow-machine.ts';
import type { FlowTask } from '../flow-task.ts';
import { noteError, rethrowIfAborted } from './api-move.ts';
import { readLive } from './read-live.ts';
import { noteForeignWrite } from './snapshot.ts';

/**
 * Puts the snapshot back whole, but only over what we wrote ourselves, with a fresh version, and reads
 * whether it is there. What a third party wrote meanwhile is not touched: a human is told.
 */
export async function rollback(task: FlowTask): Promise<EventOf<'rollback'>> {
  const { snapshot } = task;
  if (!snapshot) throw new Error('rollback before snapshot');
  const live = await readLive(task);
  if (!live) return 'unreadable';
  if (isRestored(snapshot, live)) return restored(task, live);
  if (live.version !== task.writtenVersion) return foreign(task, live);

  const failure = await putBack(task, snapshot, live);
  const now = await readLive(task);
  if (!now) return 'unreadable';
  if (isRestored(snapshot, now)) return restored(task, now);
  const isForeign = failure === 'conflict' || now.version > live.version + 1;
  return isForeign ? foreign(task, now) : notRestored(task, now);
}

function isRestored(snapshot: Snapshot, live: LiveFlow): boolean {
  return sameSettings(snapshot.settings, live.settings ?? {});
}

async function putBack(
  task: FlowTask,
  snapshot: Snapshot,
  live: LiveFlow,
): Promise<'conflict' | 'failed' | undefined> {
  const { reason } = task;
  try {
    const blocks = restoreBlocks(snapshot.settings, live.settings ?? {});
    await task.run.ports.backend.write(live, blocks, task.run.signal);
    return undefined;
  } catch (error) {
    rethrowIfAborted(task, error);
    noteError(task, error);
    // told with the reason for the rollback, which is the one that matters
    if (reason !== undefined) task.reason = reason;
    return isError(error, 'api.conflict') ? 'conflict' : 'failed';
  } finally {
    task.lastUpdateAt = task.run.ports.clock.now();
  }
}

/** Keeps what is there now. */
function restored(task: FlowTask, live: LiveFlow): EventOf<'rollback'> {
  task.after = live.settings ?? {};
  task.afterVersion = live.version;
  return 'restored';
}

function notRestored(task: FlowTask, live: LiveFlow): EventOf<'rollback'> {
  restored(task, live);
  task.reason = `${whyOf(task)}; the snapshot could not be put back`;
  return 'failed';
}

function whyOf(task: FlowTask): string {
  return task.reason ?? 'the write did not verify';
}

function foreign(task: FlowTask, live: LiveFlow): EventOf<'rollback'> {
  noteForeignWrite(task, live);
  restored(task, live);
  task.reason = `${whyOf(task)}; somebody wrote version ${String(live.version)} meanwhile, so nothing was put back`;
  return 'foreign';
}
