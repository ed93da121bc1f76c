import type { ErrorCode } from '../../domain/error-details.ts';
import { asFlowkeeperError } from '../../domain/errors.ts';
import { untilAborted } from '../../domain/until-aborted.ts';
import type { EventOf } from '../flow-machine.ts';
import type { FlowTask } from '../flow-task.ts';
import { rethrowIfAborted } from './api-move.ts';

const MAX_RELOADS = 3;
const FIRST_DELAY_MS = 500;

/** Asking again does not change these answers. */
const FINAL: ReadonlySet<ErrorCode> = new Set(['api.refused', 'api.forbidden', 'api.not-found']);

/** Makes the write effective. Repeated, since a reload is idempotent. */
export async function reload(task: FlowTask): Promise<EventOf<'reload'>> {
  if (await tryReload(task)) return 'done';
  if (task.run.policy.apply.onReloadFailure === 'keep') return 'pending';
  const { reloadError } = task;
  if (reloadError) task.error = reloadError;
  task.reason = `the reload failed: ${reloadError?.message ?? 'no answer'}`;
  task.reloadPending = false;
  return 'refused';
}

/** Makes a snapshot that was put back effective again. */
export async function reloadRestored(task: FlowTask): Promise<EventOf<'reload-restored'>> {
  return (await tryReload(task)) ? 'done' : 'pending';
}

/** What is told of a failed reload is kept apart from what is told of the write. */
async function tryReload(task: FlowTask): Promise<boolean> {
  const { clock } = task.run.ports;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await untilAborted(task.run.reloader.reload(), task.run.signal);
      task.reloaded = true;
      task.reloadPending = false;
      return true;
    } catch (error) {
      rethrowIfAborted(task, error);
      const typed = asFlowkeeperError(error);
      task.reloadError = typed;
      task.reloadPending = true;
      if (FINAL.has(typed.code) || attempt >= MAX_RELOADS) return false;
      await clock.sleep(FIRST_DELAY_MS * 2 ** (attempt - 1), task.run.signal);
    }
  }
}
