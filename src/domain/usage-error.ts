import { FlowkeeperError } from './errors.ts';

/**
 * A line, or what it names, that cannot be meant so.
 *
 * @param reason what is wrong, and why
 * @param hint the next step
 */
export function usageError(reason: string, hint: string, cause?: unknown): FlowkeeperError {
  return new FlowkeeperError('cli.usage', reason, { reason, hint }, { cause });
}
