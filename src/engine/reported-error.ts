import { asFlowkeeperError, FlowkeeperError } from '../domain/errors.ts';
import type { ReportedError } from './run-report.ts';

/** An error as a report tells it. */
export function reportedError(thrown: unknown): ReportedError {
  const error = asFlowkeeperError(thrown);
  return { code: error.code, message: error.message, advice: error.advice, exit: error.exit };
}

/** What ended a run: why it was stopped, if it was; else what was thrown. */
export function endOf(thrown: unknown, org: string, signal: AbortSignal): FlowkeeperError {
  if (!signal.aborted) return asFlowkeeperError(thrown);
  const { reason } = signal as { readonly reason: unknown };
  if (reason instanceof FlowkeeperError) return reason as FlowkeeperError;
  return new FlowkeeperError('run.cancelled', `the run of ${org} was cancelled`, { org });
}
