import { FlowkeeperError } from '../domain/errors.ts';
import type { FlowId, OrgName } from '../domain/flow.ts';
import type { FlowRecord, FlowRecordStore } from '../ports/state-store.ts';

/** A flow that a person named, as flowkeeper remembers it. */
export interface FoundFlow {
  readonly org: OrgName;
  readonly flowId: FlowId;
  /** The id where no name is known. */
  readonly name: string;
  readonly record: FlowRecord;
}

/** Records that are looked through for a name at once. */
const AT_ONCE = 1000;

/**
 * The one flow of these orgs with this id (in any case) or exactly this name.
 *
 * @throws cli.unknown-flow; cli.ambiguous-flow when several bear the name
 */
export async function findFlow(
  flows: FlowRecordStore,
  orgs: readonly OrgName[],
  named: string,
): Promise<FoundFlow> {
  const byId = await findById(flows, orgs, named.toLowerCase());
  return onlyOne(named, orgs, byId.length > 0 ? byId : await findByName(flows, orgs, named));
}

/** @throws as `findFlow` does, for what was found elsewhere */
export function onlyOne<T extends Pick<FoundFlow, 'org' | 'flowId'>>(
  named: string,
  orgs: readonly OrgName[],
  found: readonly T[],
): T {
  const [first, ...others] = found;
  if (!first) {
    const message = `no flow ${named} is known in ${orgs.join(', ')}`;
    throw new FlowkeeperError('cli.unknown-flow', message, { flow: named });
  }
  if (others.length === 0) return first;
  const candidates = found.map(({ org, flowId }) => `${flowId} in ${org}`);
  const message = `${named} is the name of ${String(found.length)} flows: ${candidates.join(', ')}`;
  throw new FlowkeeperError('cli.ambiguous-flow', message, { flow: named, candidates });
}

async function findById(
  flows: FlowRecordStore,
  orgs: readonly OrgName[],
  id: FlowId,
): Promise<FoundFlow[]> {
  const found: FoundFlow[] = [];
  for (const org of orgs) {
    const record = (await flows.load(org, [id])).get(id);
    if (record) found.push(foundFlow(org, record));
  }
  return found;
}

async function findByName(
  flows: FlowRecordStore,
  orgs: readonly OrgName[],
  name: string,
): Promise<FoundFlow[]> {
  const found: FoundFlow[] = [];
  for (const org of orgs) {
    const ids = [...(await flows.index(org)).keys()];
    for (let at = 0; at < ids.length; at += AT_ONCE)
      for (const record of (await flows.load(org, ids.slice(at, at + AT_ONCE))).values())
        if (record.status.name === name) found.push(foundFlow(org, record));
  }
  return found;
}

function foundFlow(org: OrgName, record: FlowRecord): FoundFlow {
  const { flowId, status } = record;
  return { org, flowId, name: status.name ?? flowId, record };
}
