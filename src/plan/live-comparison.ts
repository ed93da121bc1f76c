import type { ErrorCode } from '../domain/error-details.ts';
import type { InvalidFlow } from '../domain/diagnostic.ts';
import type { Actor, DesiredFlow, FlowId, LiveFlow } from '../domain/flow.ts';
import type { MissingFlow, PlanNotice, UnmanagedFlow, UnreadFlow } from '../domain/plan.ts';
import { checkIgnores } from './check-ignores.ts';
import type { Difference } from './compare-settings.ts';
import { compareSettings } from './compare-settings.ts';
import { nameMismatch } from './identity-faults.ts';
import type { DesiredIndex, Slot as SlotOf } from './match-flows.ts';
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

/** Every desired flow is in exactly one of `observed`, `unread`, `missing` and `invalid`. */
export interface LiveComparisonResult {
  readonly orgId: string;
  /** Flows in the org, managed or not. */
  readonly liveCount: number;
  /** In the order of the desired flows. */
  readonly observed: readonly ObservedFlow[];
  /** By flowId. */
  readonly unread: readonly UnreadFlow[];
  /** By file, as all that follow. */
  readonly missing: readonly MissingFlow[];
  /** By flowId. */
  readonly unmanaged: readonly UnmanagedFlow[];
  /** Files that do not say clearly which flow they mean. */
  readonly invalid: readonly InvalidFlow[];
  readonly notices: readonly PlanNotice[];
}

/** A page of the list on which each flow is in sync, or none of git's: nothing of it needs another look. */
export interface CalmPage {
  /** Flows on the page. */
  readonly count: number;
  /** Without differences, all of them. */
  readonly observed: readonly ObservedFlow[];
  readonly unmanaged: readonly UnmanagedFlow[];
}

export interface LiveComparison {
  /**
   * Takes one page of the list; nothing of its settings is kept but what differs.
   * @returns the page when it is calm
   */
  add(flows: readonly LiveFlow[]): CalmPage | undefined;
  /**
   * Takes a page that was calm in an earlier comparison of the same `desired`, for the same org and with the same
   * ignore rules in force (see `PageMemory`), and says the same now.
   */
  addCalm(page: CalmPage): void;
  /** After the last page: matched flows that the list showed without settings, to be read one by one. */
  unread(): readonly { readonly flowId: FlowId; readonly name: string }[];
  /** Takes one of the `unread` flows as read alone; one that has no settings even so has empty ones. */
  addRead(flow: LiveFlow): void;
  /** One of the `unread` flows could not be read: it stays unknown, and is told as such. */
  leaveUnread(flowId: FlowId, code: ErrorCode): void;
  /** To be called once the list was whole. Throws while a flow is unread that nobody left so: unknown is not unchanged. */
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

  const unread = (): Slot[] => {
    judgeNames(index);
    return index.slots.filter(
      ({ flowId, observed, fault, unread: code }) =>
        flowId !== undefined && !observed && !fault && code === undefined,
    );
  };
  let pending: ReadonlyMap<FlowId, Slot> | undefined;

  return {
    add(flows) {
      const calm: GrowingPage = { count: flows.length, observed: [], unmanaged: [] };
      const disturbed = flows.filter((live) => !take(index, live, input, calm)).length;
      liveCount += calm.count;
      unmanaged.push(...calm.unmanaged);
      return disturbed === 0 ? calm : undefined;
    },
    addCalm(page) {
      liveCount += page.count;
      unmanaged.push(...page.unmanaged);
      for (const observed of page.observed) matchAgain(slotOf(index, observed), observed);
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
    leaveUnread(flowId, code) {
      const slot = pending?.get(flowId);
      if (slot) slot.unread = code;
    },
    finish() {
      const left = unread().length;
      if (left > 0) throw new Error(`${String(left)} live flows were listed and never read`);
      unmanaged.sort(byText(({ flowId }) => flowId));
      return { orgId: input.orgId, liveCount, unmanaged, ...sortOut(index.slots, input) };
    },
  };
}

interface GrowingPage extends CalmPage {
  readonly observed: ObservedFlow[];
  readonly unmanaged: UnmanagedFlow[];
}

/** @returns false when the flow needs another look; else `calm` then holds what it was found as */
function take(
  index: DesiredIndex<ObservedFlow>,
  live: LiveFlow,
  input: CompareInput,
  calm: GrowingPage,
): boolean {
  const flowId = live.id.toLowerCase();
  const byId = index.byId.get(flowId);
  // mostly there are none, and a name that was just read would have to be hashed
  const byName = index.byName.size > 0 ? index.byName.get(live.name) : undefined;
  if (!byId && !byName) {
    calm.unmanaged.push({ flowId, name: live.name });
    return true;
  }
  const isCalmById = !byId || match(byId, live, input, calm);
  const isCalmByName = !byName || match(byName, live, input, calm);
  return isCalmById && isCalmByName;
}

/** @returns whether the flow was compared now, and is in sync; a second flow of the same name is not even compared */
function match(slot: Slot, live: LiveFlow, input: CompareInput, calm: GrowingPage): boolean {
  const flowId = live.id.toLowerCase();
  if (!isFirst(slot, flowId)) return false;
  observe(slot, flowId, live, input);
  const { observed } = slot;
  if (observed?.differences.length !== 0) return false;
  calm.observed.push(observed);
  return true;
}

/** As `match` would, with the comparison already made. */
function matchAgain(slot: Slot | undefined, observed: ObservedFlow): void {
  if (slot && isFirst(slot, observed.flowId)) slot.observed = observed;
}

/** The slot in which the flow was found. */
function slotOf(index: DesiredIndex<ObservedFlow>, observed: ObservedFlow): Slot | undefined {
  const { flow, flowId } = observed;
  return flow.flowId === undefined ? index.byName.get(observed.liveName) : index.byId.get(flowId);
}

/** Notes which live flow the file means; false when that is already known. */
function isFirst(slot: Slot, flowId: FlowId): boolean {
  if (slot.flowId === undefined) {
    slot.flowId = flowId;
    return true;
  }
  if (slot.flowId !== flowId) (slot.others ??= []).push(flowId);
  return false;
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
): Pick<LiveComparisonResult, 'observed' | 'unread' | 'missing' | 'invalid' | 'notices'> {
  const observed: ObservedFlow[] = [];
  const unread: UnreadFlow[] = [];
  const missing: MissingFlow[] = [];
  const invalid: InvalidFlow[] = [];
  const notices: PlanNotice[] = [];
  for (const slot of slots) {
    if (slot.fault) invalid.push(slot.fault);
    else if (slot.observed) observed.push(slot.observed);
    else if (slot.unread !== undefined) unread.push(asUnread(slot, slot.unread));
    else missing.push(asMissing(slot.flow));
    if (slot.flow.ignore.length > 0) notices.push(...checkIgnores(slot.flow, input));
  }
  const byFile = byText<{ readonly file: string }>(({ file }) => file);
  return {
    observed,
    unread: unread.sort(byText(({ flowId }) => flowId)),
    missing: missing.sort(byFile),
    invalid: invalid.sort(byFile),
    notices: notices.sort(byText(({ file, code, message }) => `${file}\n${code}\n${message}`)),
  };
}

function asUnread({ flow, flowId = '' }: Slot, code: ErrorCode): UnreadFlow {
  return { flowId, name: flow.name ?? flowId, file: flow.file, desiredHash: flow.hash, code };
}

function asMissing({ file, flowId, name }: DesiredFlow): MissingFlow {
  return {
    file,
    ...(flowId !== undefined && { flowId: flowId.toLowerCase() }),
    ...(name !== undefined && { name }),
  };
}
