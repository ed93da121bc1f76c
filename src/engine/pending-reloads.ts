import { asFlowkeeperError } from '../domain/errors.ts';
import type { FlowId } from '../domain/flow.ts';
import type { FlowStatus } from '../domain/flow-status.ts';
import type { FlowOutcome } from '../domain/outcome.ts';
import type { Policy } from '../domain/policy.ts';
import { withoutUndefined } from '../domain/without-undefined.ts';
import { checkFreeze } from '../gates/freeze.ts';
import type { Ports } from '../ports/ports.ts';
import type { UnfinishedAttempt } from '../ports/state-store.ts';
import { RELOAD_IN_DOUBT } from './flow-conditions.ts';
import { LATEST_LANDING_MS } from './latest-landing.ts';
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
  const waiting = [...records].filter(([, { status }]) => status.conditions.some(isPending));
  return new Set(waiting.map(([flowId]) => flowId));
}

/**
 * Of these flows the ones in which a write of an attempt that stays open may stand, unloaded: an org that only
 * reports finishes no attempt.
 */
export async function findUnfinishedReloads(
  ports: Pick<Ports, 'state'>,
  org: string,
  inSync: readonly { readonly flowId: FlowId }[],
): Promise<readonly FlowId[]> {
  const unfinished = await ports.state.journal.unfinished(org);
  if (unfinished.length === 0) return [];
  const open = new Set(unfinished.filter(isUnloaded).map(({ flowId }) => flowId));
  return inSync.map(({ flowId }) => flowId).filter((flowId) => open.has(flowId));
}

/** A write may have been sent, and no reload since has succeeded. */
function isUnloaded({ entries }: UnfinishedAttempt): boolean {
  const sent = entries.findLastIndex(({ to }) => to === 'patch' || to === 'rollback');
  const isLoaded = entries.slice(sent + 1).some(({ event }) => event === 'done');
  return sent >= 0 && !isLoaded;
}

/**
 * Asks once more for the reload that earlier writes are still waiting for, unless nothing may change now.
 *
 * @returns the flows that go on waiting
 */
export async function retryPendingReloads(
  run: {
    readonly ports: Pick<Ports, 'log' | 'clock' | 'state'>;
    readonly org: string;
    readonly policy: Policy;
    readonly reloader: Reloader;
    readonly signal: AbortSignal;
  },
  waiting: ReadonlySet<FlowId>,
): Promise<ReadonlySet<FlowId>> {
  const { ports, policy, reloader, signal } = run;
  const frozen = checkFreeze(policy, { isRevert: false, now: ports.clock.now() });
  if (waiting.size === 0 || frozen.kind !== 'allow') return waiting;
  try {
    await reloader.reload();
    return await flowsInDoubt(run, waiting);
  } catch (error) {
    if (signal.aborted) throw error;
    const { code, message } = asFlowkeeperError(error);
    ports.log.warn('a reload that earlier writes wait for failed again', { code, reason: message });
    return waiting;
  }
}

/**
 * Looks at the end of a run which flows still wait for a reload: one that another flow asked for later may have
 * brought theirs into effect, too. What was recorded of those is put right.
 *
 * @param waiting flows whose writes were waiting before, and that no reload of this run was there for
 * @param ended flows whose own reload kept failing in this run
 */
export async function settlePendingReloads(
  run: {
    readonly ports: Pick<Ports, 'state' | 'clock'>;
    readonly org: string;
    readonly reloader: Reloader;
  },
  waiting: ReadonlySet<FlowId>,
  ended: ReadonlySet<FlowId>,
): Promise<ReadonlySet<FlowId>> {
  const all = new Set([...waiting, ...ended]);
  if (all.size === 0 || !run.reloader.isCaughtUp) return all;
  const { flows } = run.ports.state;
  const inDoubt = await flowsInDoubt(run, all);
  const effective = [...ended].filter((flowId) => !inDoubt.has(flowId));
  const records = await flows.load(run.org, effective);
  await flows.save(
    run.org,
    [...records.values()].map((record) => ({ ...record, status: withoutPending(record.status) })),
  );
  return inDoubt;
}

/**
 * Of these flows those whose snapshot may still be put back by a write that got no answer: a reload of now may come
 * before it.
 */
async function flowsInDoubt(
  { ports, org }: { readonly ports: Pick<Ports, 'state' | 'clock'>; readonly org: string },
  flowIds: ReadonlySet<FlowId>,
): Promise<ReadonlySet<FlowId>> {
  const records = await ports.state.flows.load(org, [...flowIds]);
  const since = ports.clock.now() - LATEST_LANDING_MS;
  const inDoubt = [...records.values()].filter(
    ({ status, lastUpdateAt = 0 }) => status.conditions.some(isInDoubt) && lastUpdateAt > since,
  );
  return new Set(inDoubt.map(({ flowId }) => flowId));
}

/** As it is told once the reload succeeded after all. */
export function asEffective(outcome: FlowOutcome): FlowOutcome {
  const { reason, code, ...told } = outcome;
  // an applied flow had nothing to explain but the reload that failed
  const why = outcome.status === 'applied' ? {} : { reason, code };
  return { ...told, ...withoutUndefined(why), reloadPending: false };
}

function withoutPending(status: FlowStatus): FlowStatus {
  return { ...status, conditions: status.conditions.filter((known) => !isPending(known)) };
}

function isInDoubt({ reason }: FlowStatus['conditions'][number]): boolean {
  return reason === RELOAD_IN_DOUBT.reason;
}

function isPending({ type }: FlowStatus['conditions'][number]): boolean {
  return type === 'ReloadPending';
}
