import { asFlowkeeperError } from '../../domain/errors.ts';
import type { FlowTask } from '../flow-task.ts';

/** Cancel and deadline go up through every step; anything else becomes an event of the step. */
export function rethrowIfAborted(task: FlowTask, error: unknown): void {
  if (task.run.signal.aborted) throw error;
}

/** Keeps what went wrong for status, audit and log, and returns it typed. */
export function noteError(task: FlowTask, error: unknown): ReturnType<typeof asFlowkeeperError> {
  const typed = asFlowkeeperError(error);
  task.error = typed;
  task.reason = typed.message;
  return typed;
}
