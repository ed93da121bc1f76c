import type { FlowId, OrgName } from '../domain/flow.ts';
import type { HeldBack } from '../domain/held-back.ts';
import { withoutUndefined } from '../domain/without-undefined.ts';
import { fightWords } from '../gates/fighting.ts';
import type { Ports } from '../ports/ports.ts';
import type { FlowRecord } from '../ports/state-store.ts';
import { makeEventDraft } from './event-draft.ts';
import type { FoundFlow } from './find-flow.ts';
import { withLease } from './with-lease.ts';

/** What became of a wish to try a flow again. */
export interface Released {
  readonly org: OrgName;
  readonly flowId: FlowId;
  readonly name: string;
  /** Why it was held back; undefined: it was not. */
  readonly heldBack?: HeldBack;
  /** Why it was left alone because others keep changing it; undefined: it was not. */
  readonly fighting?: { readonly reason: string };
}

/**
 * Lets the next run try again what is held back of a flow, or what is left alone because others keep changing it. The
 * status document tells of it only then: until there is a run, nothing has become of it. Who asked for it is audited.
 *
 * @param asked the flow, and who asks for it
 * @throws state.busy when a run of the org does not end in time
 */
export async function releaseFlow(
  given: Pick<Ports, 'lease' | 'clock' | 'log' | 'state' | 'ids'>,
  asked: FoundFlow & { readonly by: string },
  signal: AbortSignal,
): Promise<Released> {
  const { org, flowId, name, by } = asked;
  return withLease(given, org, signal, async ({ ports }) => {
    const { flows } = ports.state;
    // a run that was waited for may have changed it
    const record = (await flows.load(org, [flowId])).get(flowId);
    const held = record && heldOf(record);
    if (!held) return { org, flowId, name };
    const reason = held.heldBack?.reason ?? held.fighting?.reason ?? '';
    const released = withoutUndefined({ ...record, heldBack: undefined, fight: undefined });
    // the audit tells of it with the next publication
    const event = makeEventDraft(ports.ids, {
      event: 'flow.released',
      status: 'released',
      at: ports.clock.now(),
      runId: ports.ids.next('run'),
      flowId,
      revision: record.status.desiredRevision,
      planDigest: null,
      details: withoutUndefined({ name, by, reason, desiredHash: record.status.desiredHash }),
    });
    await flows.save(org, [released], [event]);
    ports.log.info('released by hand', { org, flowId, by, reason });
    return { org, flowId, name, ...held };
  });
}

/** Undefined when nothing holds the flow but what every flow waits for. */
function heldOf({
  heldBack,
  fight,
}: FlowRecord): Pick<Released, 'heldBack' | 'fighting'> | undefined {
  const fighting = fight && fightWords(fight);
  if (!heldBack && fighting === undefined) return undefined;
  return {
    ...(heldBack && { heldBack }),
    ...(fighting !== undefined && { fighting: { reason: fighting } }),
  };
}
