import type { ErrorCode } from '../../domain/error-details.ts';
import type { EventOf } from '../flow-machine.ts';
import type { FlowTask } from '../flow-task.ts';
import { noteError, rethrowIfAborted } from './api-move.ts';

const MAX_RELOADS = 3;
const FIRST_DELAY_MS = 500;

/** Asking again does not change these answers. */
const FINAL: ReadonlySet<ErrorCode> = new Set(['api.refused', 'api.forbidden', 'api.not-found']);

/** Makes the write effective. Repeated, since a reload is idempotent. */
export async function reload(task: FlowTask): Promise<EventOf<'reload'>> {
  if (await tryReload(task)) return 'done';
  if (task.run.policy.apply.onReloadFailure === 'rollback') return 'refused';
  task.reloadPending = true;
  return 'pending';
}

/** Makes a snapshot that was put back effective again. */
export async function reloadRestored(task: FlowTask): Promise<EventOf<'reload-restored'>> {
  // what is told of a rollback is why it came to it, not how its reload went
  const { error, reason } = task;
  const done = await tryReload(task);
  if (error) task.error = error;
  if (reason !== undefined) task.reason = reason;
  if (done) return 'done';
  task.reloadPending = true;
  return 'pending';
}

async function tryReload(task: FlowTask): Promise<boolean> {
  const { clock } = task.run.ports;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await task.run.reload();
      return true;
    } catch (error) {
      rethrowIfAborted(task, error);
      const typed = noteError(task, error);
      if (FINAL.has(typed.code) || attempt >= MAX_RELOADS) return false;
      await clock.sleep(FIRST_DELAY_MS * 2 ** (attempt - 1), task.run.signal);
    }
  }
}
