import type { FlowId, OrgName } from '../domain/flow.ts';
import type { FlowStatus } from '../domain/flow-status.ts';
import { withoutUndefined } from '../domain/without-undefined.ts';
import type { Ports } from '../ports/ports.ts';
import type { FlowRecord } from '../ports/state-store.ts';
import { makeEventDraft } from './event-draft.ts';
import type { FoundFlow } from './find-flow.ts';
import { suspendedCondition } from './next-status.ts';
import { withLease } from './with-lease.ts';

type SuspendPorts = Pick<Ports, 'lease' | 'clock' | 'log' | 'state' | 'ids'>;

/** What became of a wish to suspend a flow, or to let it go on. */
export interface SuspendedFlow {
  readonly org: OrgName;
  readonly flowId: FlowId;
  readonly name: string;
  /** Undefined: nobody suspends it by hand. */
  readonly suspended?: NonNullable<FlowStatus['suspended']>;
}

/**
 * Leaves a flow alone until an instant, beside whatever its file says: the status file tells it, so that it outlives
 * the state store. Who asked for it is audited. Suspending again replaces what was said before.
 *
 * @param asked `untilAt`: epoch ms
 * @throws state.busy when a run of the org does not end in time
 */
export function suspendFlow(
  ports: SuspendPorts,
  asked: FoundFlow & { readonly by: string; readonly reason: string; readonly untilAt: number },
  signal: AbortSignal,
): Promise<SuspendedFlow> {
  const { by, reason, untilAt } = asked;
  const suspended = { reason, by, until: new Date(untilAt).toISOString() };
  return change(ports, asked, { event: 'flow.suspended', suspended }, signal);
}

/**
 * Lets a flow go on that was suspended by hand; what its file says holds on. Audited when it was.
 *
 * @throws state.busy when a run of the org does not end in time
 */
export function resumeFlow(
  ports: SuspendPorts,
  asked: FoundFlow & { readonly by: string },
  signal: AbortSignal,
): Promise<SuspendedFlow> {
  return change(ports, asked, { event: 'flow.resumed', suspended: undefined }, signal);
}

interface Change {
  readonly event: 'flow.suspended' | 'flow.resumed';
  readonly suspended: FlowStatus['suspended'];
}

async function change(
  given: SuspendPorts,
  { org, flowId, name, by }: FoundFlow & { readonly by: string },
  { event, suspended }: Change,
  signal: AbortSignal,
): Promise<SuspendedFlow> {
  return withLease(given, org, signal, async ({ ports }) => {
    const { flows } = ports.state;
    const at = ports.clock.now();
    // a run that was waited for may have changed it
    const record = (await flows.load(org, [flowId])).get(flowId);
    const told = { org, flowId, name, ...(suspended && { suspended }) };
    if (!record || (!suspended && !record.status.suspended)) return told;
    const draft = makeEventDraft(ports.ids, {
      ...{ event, status: suspended ? 'suspended' : 'resumed', at, flowId },
      runId: ports.ids.next('run'),
      revision: record.status.desiredRevision,
      planDigest: null,
      details: withoutUndefined({
        ...{ name, by },
        reason: suspended?.reason,
        until: suspended?.until,
      }),
    });
    await flows.save(org, [withSuspension(record, suspended, at)], [draft]);
    ports.log.info(suspended ? 'suspended by hand' : 'resumed by hand', { org, flowId, by });
    return told;
  });
}

/** What the flow's state is, the next run tells. */
function withSuspension(
  record: FlowRecord,
  suspended: FlowStatus['suspended'],
  at: number,
): FlowRecord {
  const { status } = record;
  const others = status.conditions.filter(({ type }) => type !== 'Suspended');
  const since = new Date(at).toISOString();
  const own = suspended ? [{ ...suspendedCondition(suspended.reason), since }] : [];
  const next = withoutUndefined({ ...status, conditions: [...others, ...own], suspended });
  return { ...record, status: next };
}
