import type { ErrorCode } from '../domain/error-details.ts';
import { FlowkeeperError } from '../domain/errors.ts';
import type { LiveComparison } from '../plan/live-comparison.ts';
import type { Ports } from '../ports/ports.ts';

/** What a service may answer for one flow alone; everything else is about the whole org. */
const OF_ONE_FLOW: ReadonlySet<ErrorCode> = new Set([
  'api.refused',
  'api.forbidden',
  'api.not-found',
  'api.server-error',
  'api.timeout',
  'api.reset',
  'api.bad-answer',
  'api.too-large',
]);

/** After so many failures in a row it is not the flows. */
const MAX_IN_A_ROW = 10;

/**
 * Reads the flows that the list showed without settings, one by one. One that cannot be read is left unread, and holds
 * up no other.
 *
 * @throws what is about the whole org: a token that does not hold, a service that wants silence, that is not reached,
 *   or that fails for one flow after the other
 */
export async function readUnlisted(
  { backend }: Pick<Ports, 'backend'>,
  comparison: LiveComparison,
  signal: AbortSignal,
): Promise<void> {
  let inARow = 0;
  for (const { flowId } of comparison.unread()) {
    try {
      comparison.addRead(await backend.read(flowId, signal));
      inARow = 0;
    } catch (error) {
      const code = codeOfOneFlow(error);
      inARow += 1;
      if (signal.aborted || code === undefined || inARow >= MAX_IN_A_ROW) throw error;
      comparison.leaveUnread(flowId, code);
    }
  }
}

function codeOfOneFlow(error: unknown): ErrorCode | undefined {
  if (!(error instanceof FlowkeeperError)) return undefined;
  const { code } = error as FlowkeeperError;
  return OF_ONE_FLOW.has(code) ? code : undefined;
}

/** How a flow ends whose live settings were not read: nothing is known of it, so nothing is written. */
export function unreadReason(code: ErrorCode): string {
  return `its live settings could not be read (${code})`;
}
