import { FlowkeeperError } from '../domain/errors.ts';
import { snapshotPathOf } from '../domain/flow-status.ts';
import { hashOf } from '../domain/hash.ts';
import { isJsonObject } from '../domain/json.ts';
import type { Json } from '../domain/json.ts';
import type { Ports } from '../ports/ports.ts';
import type { Snapshot } from '../ports/state-store.ts';
import type { FoundFlow } from './find-flow.ts';

/** A recorded snapshot, as far as a rollback needs it. */
export type RecordedSnapshot = Pick<Snapshot, 'version' | 'takenAt' | 'settings'>;

/**
 * The recorded snapshot of one version of a flow; by default the one that was taken before the last write. Looked
 * for in the state store, then on the status branch, which keeps all of them.
 *
 * @throws snapshot.unknown, naming those that there are; snapshot.damaged; git.*
 */
export async function findSnapshot(
  ports: Pick<Ports, 'state' | 'statusBranch'>,
  flow: FoundFlow,
  version: number | undefined,
  signal: AbortSignal,
): Promise<RecordedSnapshot> {
  const wanted = version ?? lastVersionOf(flow);
  const { org, flowId } = flow;
  const kept =
    wanted === undefined ? undefined : await ports.state.snapshots.get(org, flowId, wanted);
  const found = kept ?? (await findPublished(ports, flow, wanted, signal));
  if (hashOf(found.settings) !== found.hash)
    throw damaged(flow, found.version, 'its settings do not have its hash');
  return found;
}

/** Of the path that the status names. */
function lastVersionOf({ record }: FoundFlow): number | undefined {
  const version = /\/(\d+)\.json$/.exec(record.status.snapshot ?? '')?.[1];
  return version === undefined ? undefined : Number(version);
}

async function findPublished(
  ports: Pick<Ports, 'statusBranch'>,
  flow: FoundFlow,
  version: number | undefined,
  signal: AbortSignal,
): Promise<Snapshot> {
  const { org, flowId, name } = flow;
  const tip = await ports.statusBranch.tip(signal);
  const text =
    version === undefined ? undefined : await tip.read(snapshotPathOf(org, flowId, version));
  if (text !== undefined && version !== undefined) return readSnapshot(flow, version, text);
  const paths = await tip.list(`snapshots/${org}/${flowId}`);
  const versions = paths
    .flatMap((path) => /\/(\d+)\.json$/.exec(path)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b);
  const wanted = version === undefined ? '' : ` of version ${String(version)}`;
  const others = versions.length === 0 ? 'there is none' : `there are ${versions.join(', ')}`;
  const message = `no snapshot${wanted} of ${name} is recorded; ${others}`;
  throw new FlowkeeperError('snapshot.unknown', message, { flowId, versions });
}

/** Somebody may have changed the file by hand. */
function readSnapshot(flow: FoundFlow, version: number, text: string): Snapshot {
  try {
    const value = JSON.parse(text) as Json;
    const isWhole = isJsonObject(value) && isJsonObject(value['settings']);
    if (isWhole && value['flowId'] === flow.flowId && value['version'] === version)
      return value as unknown as Snapshot;
  } catch {
    throw damaged(flow, version, 'the file is no JSON');
  }
  throw damaged(flow, version, 'the file is no snapshot of this flow and version');
}

function damaged(
  { flowId, name }: FoundFlow,
  version: number,
  reason: string,
): FlowkeeperError<'snapshot.damaged'> {
  const message = `the snapshot of version ${String(version)} of ${name} cannot be used: ${reason}`;
  return new FlowkeeperError('snapshot.damaged', message, { flowId, version, reason });
}
