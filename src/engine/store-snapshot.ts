import { FlowkeeperError } from '../domain/errors.ts';
import type { LiveFlow } from '../domain/flow.ts';
import { hashOf } from '../domain/hash.ts';
import type { Snapshot } from '../ports/state-store.ts';
import type { FlowRun } from './flow-task.ts';

/**
 * Stores the settings of a flow as it was just read, and reads them back.
 *
 * @returns what is stored: the very same snapshot as before, where one of this version and content is there already
 * @throws snapshot.not-durable, state.*
 */
export async function storeSnapshot(
  {
    ports,
    org,
    runId,
  }: Pick<FlowRun, 'org' | 'runId'> & {
    readonly ports: Pick<FlowRun['ports'], 'clock' | 'state'>;
  },
  { id: flowId, name, version, settings = {} }: LiveFlow,
): Promise<Snapshot> {
  const { snapshots } = ports.state;
  const hash = hashOf(settings);
  // an attempt that came to nothing left the very same one: it is not published twice
  const known = await snapshots.get(org, flowId, version);
  if (known && holds(known, hash)) return known;
  const takenAt = new Date(ports.clock.now()).toISOString();
  await snapshots.put({ org, flowId, name, version, takenAt, runId, hash, settings });
  const kept = await snapshots.get(org, flowId, version);
  if (kept && holds(kept, hash)) return kept;
  const reason = kept ? 'it reads back different' : 'it does not read back';
  const message = `the snapshot was stored and ${reason}`;
  throw new FlowkeeperError('snapshot.not-durable', message, { flowId, reason });
}

function holds({ settings }: Snapshot, hash: string): boolean {
  return hashOf(settings) === hash;
}
