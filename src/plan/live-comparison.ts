import type { InvalidFlow } from '../domain/diagnostic.ts';
import type { Actor, DesiredFlow, FlowId, LiveFlow } from '../domain/flow.ts';
import type { MissingFlow, PlanNotice, UnmanagedFlow } from '../domain/plan.ts';
import { checkIgnores } from './check-ignores.ts';
import type { Difference } from './compare-settings.ts';
import { compareSettings } from './compare-settings.ts';
import { nameMismatch } from './identity-faults.ts';
import type { Slot as SlotOf } from './match-flows.ts';
import { indexDesired, judgeNames } from './match-flows.ts';
import { byText } from './order.ts';

/** A desired flow whose live one was found and compared. */
export interface ObservedFlow {
  readonly flow: DesiredFlow;
  readonly flowId: FlowId;
  readonly liveName: string;
  readonly version: number;
  readonly differences: readonly Difference[];
  /** Only where something differs: who wrote the live flow last, as far as the service tells. */
  readonly modifiedBy?: Actor;
  readonly modifiedAt?: string;
}

/** Every desired flow is in exactly one of `observed`, `missing` and `invalid`. */
export interface LiveComparisonResult {
  readonly orgId: string;
  /** Flows in the org, managed or not. */
  readonly liveCount: number;
  /** In the order of the desired flows. */
  readonly observed: readonly ObservedFlow[];
  /** By file, as all that follow. */
  readonly missing: readonly MissingFlow[];
  /** By flowId. */
  readonly unmanaged: readonly UnmanagedFlow[];
  /** Files that do not say clearly which flow they mean. */
  readonly invalid: readonly InvalidFlow[];
  readonly notices: readonly PlanNotice[];
}

export interface LiveComparison {
  /** Takes one page of the list; nothing of its settings is kept but what differs. */
  add(flows: readonly LiveFlow[]): void;
  /** After the last page: matched flows that the list showed without settings, to be read one by one. */
  unread(): readonly { readonly flowId: FlowId; readonly name: string }[];
  /** Takes one of the `unread` flows as read alone; one that has no settings even so has empty ones. */
  addRead(flow: LiveFlow): void;
  /** To be called once the list was whole. Throws while a flow is unread: unknown is not unchanged. */
  finish(): LiveComparisonResult;
}

type Slot = SlotOf<ObservedFlow>;

interface CompareInput {
  readonly desired: readonly DesiredFlow[];
  readonly orgId: string;
  /** Epoch ms, for the ends of ignore rules. */
  readonly now: number;
}

/**
 * Matches files to live flows, by `flowId` or else by `name`, and compares them page by page, so that no
 * more than a page of live settings is ever held. Linear in the number of flows.
 *
 * | the file has            | the org has                 | the file is                            |
 * |-------------------------|-----------------------------|----------------------------------------|
 * | `flowId`                | no such flow                | missing                                |
 * | `flowId` and `name`     | that flow, called otherwise | invalid, `desired.name-mismatch`       |
 * | `name` alone            | no flow of that name        | missing                                |
 * | `name` alone            | several                     | invalid, `desired.name-ambiguous`      |
 * | what another file means | that flow                   | both invalid, `desired.duplicate-flow` |
 *
 * Ids are compared in lower case, names exactly. A live flow that some file means, however unclearly, is
 * not unmanaged.
 */
export function makeLiveComparison(input: CompareInput): LiveComparison {
  const index = indexDesired<ObservedFlow>(input.desired);
  const unmanaged: UnmanagedFlow[] = [];
  let liveCount = 0;

  const addOne = (live: LiveFlow): void => {
    const flowId = live.id.toLowerCase();
    const byId = index.byId.get(flowId);
    const byName = index.byName.get(live.name);
    liveCount += 1;
    if (byId) match(byId, flowId, live, input);
    if (byName) match(byName, flowId, live, input);
    if (!byId && !byName) unmanaged.push({ flowId, name: live.name });
  };
  const unread = (): Slot[] => {
    judgeNames(index);
    return index.slots.filter((slot) => slot.flowId !== undefined && !slot.observed && !slot.fault);
  };
  let pending: ReadonlyMap<FlowId, Slot> | undefined;

  return {
    add(flows) {
      flows.forEach(addOne);
    },
    unread() {
      const slots = unread();
      pending = new Map(slots.map((slot) => [slot.flowId ?? '', slot]));
      return slots.map(({ flowId = '', flow }) => ({ flowId, name: flow.name ?? flowId }));
    },
    addRead(live) {
      const flowId = live.id.toLowerCase();
      const slot = pending?.get(flowId);
      if (slot) observe(slot, flowId, { ...live, settings: live.settings ?? {} }, input);
    },
    finish() {
      const left = unread().length;
      if (left > 0) throw new Error(`${String(left)} live flows were listed and never read`);
      unmanaged.sort(byText(({ flowId }) => flowId));
      return { orgId: input.orgId, liveCount, unmanaged, ...sortOut(index.slots, input) };
    },
  };
}

function match(slot: Slot, flowId: FlowId, live: LiveFlow, input: CompareInput): void {
  if (slot.flowId === undefined) {
    slot.flowId = flowId;
    observe(slot, flowId, live, input);
  } else {
    (slot.others ??= []).push(flowId);
  }
}

function observe(slot: Slot, flowId: FlowId, live: LiveFlow, { orgId, now }: CompareInput): void {
  const { flow } = slot;
  if (flow.name !== undefined && flow.name !== live.name) {
    slot.fault ??= nameMismatch(flow, flowId, live.name);
    return;
  }
  if (live.settings === undefined) return;
  const { ignore, settings } = flow;
  const differences = compareSettings(settings, live.settings, { orgId, ignore, now });
  const differs = differences.length > 0;
  slot.observed = {
    flow,
    flowId,
    // the file's own string where there is one, so that the page's can go
    liveName: flow.name ?? live.name,
    version: live.version,
    differences,
    ...(differs && live.modifiedBy && { modifiedBy: live.modifiedBy }),
    ...(differs && live.modifiedAt !== undefined && { modifiedAt: live.modifiedAt }),
  };
}

function sortOut(
  slots: readonly Slot[],
  input: CompareInput,
): Pick<LiveComparisonResult, 'observed' | 'missing' | 'invalid' | 'notices'> {
  const observed: ObservedFlow[] = [];
  const missing: MissingFlow[] = [];
  const invalid: InvalidFlow[] = [];
  const notices: PlanNotice[] = [];
  for (const slot of slots) {
    if (slot.fault) invalid.push(slot.fault);
    else if (slot.observed) observed.push(slot.observed);
    else missing.push(asMissing(slot.flow));
    if (slot.flow.ignore.length > 0) notices.push(...checkIgnores(slot.flow, input));
  }
  const byFile = byText<{ readonly file: string }>(({ file }) => file);
  return {
    observed,
    missing: missing.sort(byFile),
    invalid: invalid.sort(byFile),
    notices: notices.sort(byText(({ file, code, message }) => `${file}\n${code}\n${message}`)),
  };
}

function asMissing({ file, flowId, name }: DesiredFlow): MissingFlow {
  return {
    file,
    ...(flowId !== undefined && { flowId: flowId.toLowerCase() }),
    ...(name !== undefined && { name }),
  };
}
