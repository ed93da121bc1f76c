import type { FlowId, OrgName } from '../domain/flow.ts';
import { withoutUndefined } from '../domain/without-undefined.ts';
import type { Ports } from '../ports/ports.ts';
import type { FlowRecord } from '../ports/state-store.ts';
import type { FoundFlow } from './find-flow.ts';
import { withLease } from './with-lease.ts';

/** What became of a wish to try a flow again. */
export interface Released {
  readonly org: OrgName;
  readonly flowId: FlowId;
  readonly name: string;
  /** Why it was held back; undefined: it was not, and nothing was changed. */
  readonly heldBack?: { readonly hash: string; readonly reason: string };
}

/**
 * Lets the next run try again what is held back of a flow. The status document tells of it only then: until
 * there is a run, nothing has become of it.
 *
 * @throws state.busy when a run of the org does not end in time
 */
export async function releaseFlow(
  ports: Pick<Ports, 'lease' | 'clock' | 'log' | 'state'>,
  { org, flowId, name }: FoundFlow,
  signal: AbortSignal,
): Promise<Released> {
  return withLease(ports, org, signal, async () => {
    const { flows } = ports.state;
    // a run that was waited for may have changed it
    const record = (await flows.load(org, [flowId])).get(flowId);
    if (!record?.heldBack) return { org, flowId, name };
    await flows.save(org, [withoutHold(record)]);
    const { heldBack } = record;
    ports.log.info('released by hand', { org, flowId, reason: heldBack.reason });
    return { org, flowId, name, heldBack };
  });
}

function withoutHold(record: FlowRecord): FlowRecord {
  return withoutUndefined({ ...record, heldBack: undefined });
}
