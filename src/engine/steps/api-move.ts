import type { ErrorCode } from '../../domain/error-details.ts';
import { asFlowkeeperError, isError } from '../../domain/errors.ts';
import type { FlowTask } from '../flow-task.ts';

const UNWRITTEN: ReadonlySet<ErrorCode> = new Set([
  'api.refused',
  'api.forbidden',
  'api.not-found',
  'api.unauthorized',
  'api.unreachable',
  'api.token-refused',
  'api.conflict',
  'api.rate-limited',
]);

/** True for what a write can fail with when nothing was changed, whatever we sent. */
export function isSurelyUnwritten(code: ErrorCode): boolean {
  return UNWRITTEN.has(code);
}

/** Cancel and deadline go up through every step; anything else becomes an event of the step. */
export function rethrowIfAborted(task: FlowTask, error: unknown): void {
  if (task.run.signal.aborted) throw error;
}

/** Keeps what went wrong for status, audit and log, and returns it typed. */
export function noteError(task: FlowTask, error: unknown): ReturnType<typeof asFlowkeeperError> {
  const typed = asFlowkeeperError(error);
  task.error = typed;
  task.reason = typed.message;
  if (isError(error, 'api.rate-limited') && error.details.retryAfterMs !== undefined)
    task.retryAt = task.run.ports.clock.now() + error.details.retryAfterMs;
  return typed;
}

/** A step that gives up says so only when no write of this attempt can land any more. */
export function orInDoubt<E extends string>(task: FlowTask, event: E): E | 'in-doubt' {
  if (!task.maybeLanded) return event;
  task.reason = `${task.reason ?? 'no answer'}; an earlier write of this flow got no answer and may still land`;
  return 'in-doubt';
}
