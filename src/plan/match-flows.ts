import type { InvalidFlow } from '../domain/diagnostic.ts';
import type { ErrorCode } from '../domain/error-details.ts';
import type { DesiredFlow, FlowId } from '../domain/flow.ts';
import { ambiguousName, duplicateFlow } from './identity-faults.ts';

/** One file of the org, and which live flows it may mean. Small: a hundred thousand may be in memory. */
export interface Slot<Observed> {
  readonly flow: DesiredFlow;
  /** The first live flow that matched. */
  flowId?: FlowId;
  /** Further ones, which only a name can have. */
  others?: FlowId[];
  /** Set once the live settings were seen and compared. */
  observed?: Observed;
  /** Set when the live settings could not be read. */
  unread?: ErrorCode;
  /** Set when the file does not say clearly which flow it means. */
  fault?: InvalidFlow;
}

export interface DesiredIndex<Observed> {
  readonly slots: readonly Slot<Observed>[];
  /** By `flowId` in lower case. */
  readonly byId: ReadonlyMap<FlowId, Slot<Observed>>;
  /** Those without `flowId`, by `name`. */
  readonly byName: ReadonlyMap<string, Slot<Observed>>;
}

/** Of several files that mean one flow, all are faulty and the first is found. */
export function indexDesired<Observed>(desired: readonly DesiredFlow[]): DesiredIndex<Observed> {
  const slots: Slot<Observed>[] = [];
  const byId = new Map<FlowId, Slot<Observed>>();
  const byName = new Map<string, Slot<Observed>>();
  for (const flow of desired) {
    const slot: Slot<Observed> = { flow };
    slots.push(slot);
    if (flow.flowId !== undefined) claim(byId, flow.flowId.toLowerCase(), slot);
    else if (flow.name !== undefined) claim(byName, flow.name, slot);
  }
  return { slots, byId, byName };
}

function claim<Observed>(
  index: Map<string, Slot<Observed>>,
  key: string,
  slot: Slot<Observed>,
): void {
  const first = index.get(key);
  if (first) markDuplicate(first, slot, slot.flow.flowId?.toLowerCase());
  else index.set(key, slot);
}

/** Once all live flows were seen: finds the names that mean several, or a flow that another file has by its id. */
export function judgeNames<Observed>({ byId, byName }: DesiredIndex<Observed>): void {
  for (const slot of byName.values()) {
    const { flowId, others } = slot;
    if (slot.fault || flowId === undefined) continue;
    const twin = byId.get(flowId);
    if (others) slot.fault = ambiguousName(slot.flow, [flowId, ...others]);
    else if (twin) markDuplicate(twin, slot, flowId);
  }
}

function markDuplicate<Observed>(
  a: Slot<Observed>,
  b: Slot<Observed>,
  flowId: FlowId | undefined,
): void {
  a.fault ??= duplicateFlow(a.flow, flowId, [b.flow.file]);
  b.fault ??= duplicateFlow(b.flow, flowId, [a.flow.file]);
}
