import { flowInputProblems } from './flow.ts';
import type { FlowInput, FlowState } from './flow.ts';
import { OBJECT, TEXT, UUID_TEXT, listOf, problemsOf, refuseProblems, required } from './input.ts';
import type { SimulatorInside } from './inside.ts';
import type { SimulatedOrg } from './simulated-org.ts';

export interface FlowChanges {
  readonly orgId?: string;
  readonly add?: readonly FlowInput[];
  readonly remove?: readonly string[];
  readonly rename?: readonly {
    readonly flowId: string;
    readonly name: string;
    readonly by: string;
  }[];
}

export const FLOW_CHANGES_FIELDS = {
  orgId: UUID_TEXT,
  add: listOf(OBJECT),
  remove: listOf(UUID_TEXT),
  rename: listOf(OBJECT),
};
const RENAME_FIELDS = { flowId: required(UUID_TEXT), name: required(TEXT), by: required(TEXT) };

/**
 * Removes, adds and renames, in this order; all or nothing.
 * @returns the flows added and renamed @throws SimulatorInputError
 */
export function changeFlows(simulator: SimulatorInside, changes: FlowChanges): FlowState[] {
  const { add = [], remove = [], rename = [] } = changes;
  const org = simulator.org(changes.orgId);
  refuseProblems(shapeProblems(changes));
  refuseProblems(idProblems(org, changes));
  for (const id of remove) org.removeFlow(id);
  const added = add.map((flow) => org.addFlow(flow));
  const renamed = rename.map(({ flowId, name, by }) => org.renameFlow(flowId, name, { by }));
  return [...added, ...renamed];
}

function shapeProblems({ add = [], rename = [] }: FlowChanges): string[] {
  return [
    ...add.flatMap((flow, index) => flowInputProblems(flow, `add[${String(index)}]`)),
    ...rename.flatMap((item, index) => problemsOf(item, RENAME_FIELDS, `rename[${String(index)}]`)),
  ];
}

/** Follows the ids through the three lists: removed ones are gone, added ones are there. */
function idProblems(org: SimulatedOrg, { add = [], remove = [], rename = [] }: FlowChanges) {
  const there = new Map<string, boolean>();
  const has = (id: string): boolean => there.get(id.toLowerCase()) ?? org.hasFlow(id);
  const problems: string[] = [];
  for (const id of remove) {
    if (!has(id)) problems.push(`remove: there is no flow ${id}`);
    there.set(id.toLowerCase(), false);
  }
  for (const { id } of add) {
    if (has(id)) problems.push(`add: flow ${id} exists already`);
    there.set(id.toLowerCase(), true);
  }
  for (const { flowId } of rename) {
    if (!has(flowId)) problems.push(`rename: there is no flow ${flowId}`);
  }
  return problems;
}
