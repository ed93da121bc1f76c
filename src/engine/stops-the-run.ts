import { FlowkeeperError } from '../domain/errors.ts';
import type { ErrorCode } from '../domain/error-details.ts';

/** These are about one attempt; the store itself works. */
const OF_ONE_FLOW: ReadonlySet<ErrorCode> = new Set(['state.attempt-open', 'state.attempt-closed']);

/** True for errors after which no flow may be written: without a journal nothing is safe. */
export function stopsTheRun(error: unknown): boolean {
  if (!(error instanceof FlowkeeperError)) return false;
  const { code } = error as FlowkeeperError;
  return code.startsWith('state.') && !OF_ONE_FLOW.has(code);
}
