import type { FlowId } from '../domain/flow.ts';
import { asFlowkeeperError } from '../domain/errors.ts';
import type { Ports } from '../ports/ports.ts';
import type { Reloader } from './reloader.ts';

/**
 * Asks once more for the reload that earlier writes are still waiting for.
 *
 * @returns the flows that go on waiting
 */
export async function retryPendingReloads(
  ports: Pick<Ports, 'state' | 'log'>,
  org: string,
  reload: Reloader,
  signal: AbortSignal,
): Promise<ReadonlySet<FlowId>> {
  const index = await ports.state.flows.index(org);
  const candidates = [...index]
    .filter(([, entry]) => entry.hasConditions)
    .map(([flowId]) => flowId);
  if (candidates.length === 0) return new Set();
  const records = await ports.state.flows.load(org, candidates);
  const waiting = new Set<FlowId>();
  for (const [flowId, { status }] of records)
    if (status.conditions.some(({ type }) => type === 'ReloadPending')) waiting.add(flowId);
  if (waiting.size === 0) return waiting;
  try {
    await reload();
    return new Set();
  } catch (error) {
    if (signal.aborted) throw error;
    const { code, message } = asFlowkeeperError(error);
    ports.log.warn('a reload that earlier writes wait for failed again', { code, message });
    return waiting;
  }
}
