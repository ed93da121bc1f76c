import { asFlowkeeperError } from '../domain/errors.ts';
import type { FlowId } from '../domain/flow.ts';
import type { Policy } from '../domain/policy.ts';
import { checkFreeze } from '../gates/freeze.ts';
import type { Ports } from '../ports/ports.ts';
import type { Reloader } from './reloader.ts';

/** Flows whose last write is stored and still not in effect. */
export async function findPendingReloads(
  ports: Pick<Ports, 'state'>,
  org: string,
): Promise<ReadonlySet<FlowId>> {
  const index = await ports.state.flows.index(org);
  const candidates: FlowId[] = [];
  for (const [flowId, { hasConditions }] of index) if (hasConditions) candidates.push(flowId);
  if (candidates.length === 0) return new Set();
  const records = await ports.state.flows.load(org, candidates);
  const waiting = [...records].filter(([, { status }]) =>
    status.conditions.some(({ type }) => type === 'ReloadPending'),
  );
  return new Set(waiting.map(([flowId]) => flowId));
}

/**
 * Asks once more for the reload that earlier writes are still waiting for, unless nothing may change now.
 *
 * @returns the flows that go on waiting
 */
export async function retryPendingReloads(
  run: {
    readonly ports: Pick<Ports, 'log' | 'clock'>;
    readonly policy: Policy;
    readonly reload: Reloader;
    readonly signal: AbortSignal;
  },
  waiting: ReadonlySet<FlowId>,
): Promise<ReadonlySet<FlowId>> {
  const { ports, policy, reload, signal } = run;
  const frozen = checkFreeze(policy, { isRevert: false, now: ports.clock.now() });
  if (waiting.size === 0 || frozen.kind !== 'allow') return waiting;
  try {
    await reload();
    return new Set();
  } catch (error) {
    if (signal.aborted) throw error;
    const { code, message } = asFlowkeeperError(error);
    ports.log.warn('a reload that earlier writes wait for failed again', { code, reason: message });
    return waiting;
  }
}
