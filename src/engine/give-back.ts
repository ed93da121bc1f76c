import type { DesiredFlow, FlowId, OrgName } from '../domain/flow.ts';
import { withDisplaced } from '../plan/displaced.ts';
import type { Ports } from '../ports/ports.ts';
import type { FlowIndexEntry, FlowRecord } from '../ports/state-store.ts';

/**
 * Adds to reverted flows the fields that the revert stops declaring, with what stood there before they were declared:
 * reverting a commit restores for each flow the settings before it. A flow whose desired settings are those last
 * applied, or new ones, is left as it is.
 */
export async function withGivenBack(
  ports: Pick<Ports, 'state'>,
  org: { readonly org: OrgName; readonly orgId: string },
  flows: readonly DesiredFlow[],
): Promise<readonly DesiredFlow[]> {
  const index = await ports.state.flows.index(org.org);
  if (nothingToGive.get(index) === flows) return flows;
  const idOf = makeIdLookup(index, flows);
  const changed = flows.filter((flow) => {
    const applied = index.get(idOf(flow) ?? '')?.appliedHash;
    return applied !== undefined && applied !== flow.hash;
  });
  if (changed.length === 0) {
    nothingToGive.set(index, flows);
    return flows;
  }
  const ids = changed.flatMap((flow) => idOf(flow) ?? []);
  const records = await ports.state.flows.load(org.org, ids);
  const reverted = new Set(changed);
  return flows.map((flow) =>
    reverted.has(flow) ? giveBack(flow, records.get(idOf(flow) ?? ''), org.orgId) : flow,
  );
}

/** While neither git nor the records change, both are the very same from run to run, and so is the answer. */
const nothingToGive = new WeakMap<ReadonlyMap<FlowId, FlowIndexEntry>, readonly DesiredFlow[]>();

function giveBack(flow: DesiredFlow, record: FlowRecord | undefined, orgId: string): DesiredFlow {
  const { applied } = record ?? {};
  if (!applied?.displaced || record?.pastHashes.includes(flow.hash) !== true) return flow;
  const { settings: last, displaced } = applied;
  const given = withDisplaced(flow.settings, { applied: last, displaced, orgId });
  return given ? { ...flow, ...given, declared: flow.settings } : flow;
}

/** A file that only names its flow is known by the flow that it described last. */
function makeIdLookup(
  index: ReadonlyMap<FlowId, FlowIndexEntry>,
  flows: readonly DesiredFlow[],
): (flow: DesiredFlow) => FlowId | undefined {
  if (flows.every(({ flowId }) => flowId !== undefined)) return ({ flowId }) => flowId;
  const byFile = new Map([...index].map(([flowId, { file }]) => [file, flowId]));
  return ({ flowId, file }) => flowId ?? byFile.get(file);
}
