import type { LoadedOrg } from '../config/load-desired.ts';
import type { ExitCode } from '../domain/error-catalog.ts';
import { faultLine } from '../domain/diagnostic.ts';
import type { InvalidFlow } from '../domain/diagnostic.ts';
import type { DesiredFlow, FlowId, OrgName } from '../domain/flow.ts';
import type { FlowState, FlowStatus } from '../domain/flow-status.ts';

/**
 * What became of a commit, of one flow or of all: live as it says; `failed`: tried, and not live; `denied`: a gate
 * wants a person; `invalid`: a file has faults; `waiting`: no run has told yet; `held`: left alone, or put off.
 */
export type RevisionEnd = 'applied' | 'failed' | 'denied' | 'invalid' | 'waiting' | 'held';

/** The worst first: what is told of several. */
const ENDS: readonly RevisionEnd[] = ['failed', 'denied', 'invalid', 'waiting', 'held', 'applied'];

/** Exit codes of `wait`: those of every command, and 5 for what is not known yet. */
export const EXIT_OF_END: Readonly<Record<RevisionEnd, ExitCode | 5>> = {
  applied: 0,
  failed: 1,
  held: 2,
  invalid: 3,
  denied: 4,
  waiting: 5,
};

/** What became of a commit for one flow that it changes. */
export interface FlowVerdict {
  readonly org: OrgName;
  readonly flowId?: FlowId;
  readonly name: string;
  readonly file: string;
  readonly end: RevisionEnd;
  /** False: a run may yet change it without anybody doing anything. */
  readonly isFinal: boolean;
  /** What the status branch says of the flow; missing: nothing of this commit yet. */
  readonly state?: FlowState;
  readonly reason?: string;
  /** A later commit says something else of the flow, and the state is of that one. */
  readonly overtaken?: boolean;
}

/** What git says of one org: at the commit, before it, and now. */
export interface RevisionOrg {
  readonly at: LoadedOrg;
  readonly before: LoadedOrg;
  readonly head: LoadedOrg;
}

type StatusOf = (flow: FlowKey) => FlowStatus | undefined;

/** Whom a file means. */
export interface FlowKey {
  readonly flowId?: FlowId;
  readonly file: string;
}

const ENDS_OF_STATE: Readonly<Record<FlowState, Pick<FlowVerdict, 'end' | 'isFinal'>>> = {
  InSync: { end: 'applied', isFinal: true },
  Drifted: { end: 'held', isFinal: true },
  Deferred: { end: 'held', isFinal: false },
  Blocked: { end: 'denied', isFinal: true },
  Suspended: { end: 'held', isFinal: true },
  Invalid: { end: 'invalid', isFinal: true },
  Missing: { end: 'held', isFinal: true },
  Conflict: { end: 'failed', isFinal: false },
  Failed: { end: 'failed', isFinal: true },
  RolledBack: { end: 'failed', isFinal: true },
  Stuck: { end: 'failed', isFinal: true },
  Unresolved: { end: 'failed', isFinal: false },
};

/** `applied` where there is nothing to tell of. */
export function worstEnd(ends: readonly RevisionEnd[]): RevisionEnd {
  return ENDS.find((end) => ends.includes(end)) ?? 'applied';
}

/** The flows of an org whose effective settings, or file, a commit changes. Pure. */
export function changedFlows({
  at,
  before,
}: Pick<RevisionOrg, 'at' | 'before'>): readonly FlowKey[] {
  const known = new Map(before.flows.map((flow) => [keyOf(flow), flow.hash]));
  const faulty = new Set(before.invalid.map(faultsOf));
  const gone = before.flows.filter(
    (flow) => !flowOf(at.flows, flow) && !at.invalid.some(({ file }) => file === flow.file),
  );
  return [
    ...at.flows.filter((flow) => known.get(keyOf(flow)) !== flow.hash),
    ...at.invalid.filter((flow) => !faulty.has(faultsOf(flow))),
    ...gone,
  ];
}

/** What became of a commit for the flows that it changes, as far as the status files tell. Pure. */
export function judgeRevision(desired: RevisionOrg, statusOf: StatusOf): readonly FlowVerdict[] {
  return changedFlows(desired).map((flow) => judgeFlow(desired, flow, statusOf(flow)));
}

function judgeFlow(
  { at, head }: RevisionOrg,
  key: FlowKey,
  status: FlowStatus | undefined,
): FlowVerdict {
  const wanted = flowOf(at.flows, key);
  const now = flowOf(head.flows, key);
  const about = aboutOf(at.org, key, [status, now, wanted]);
  const faulty = faultyOf(head, key) ?? (now ? undefined : faultyOf(at, key));
  if (faulty) return { ...about, end: 'invalid', isFinal: true, reason: whyInvalid(faulty) };
  const overtaken = isSame(wanted, now) ? {} : { overtaken: true as const };
  if (!now && !status)
    return { ...about, end: 'applied', isFinal: true, reason: NO_LONGER, ...overtaken };
  const told = toldOf(status, wanted, now);
  if (!told) return { ...about, end: 'waiting', isFinal: false };
  return { ...about, ...judgeStatus(told), ...overtaken };
}

function isSame(a: DesiredFlow | undefined, b: DesiredFlow | undefined): boolean {
  return a?.hash === b?.hash;
}

/** What is told of settings of before or between is not of this commit. */
function toldOf(
  status: FlowStatus | undefined,
  wanted: DesiredFlow | undefined,
  now: DesiredFlow | undefined,
): FlowStatus | undefined {
  if (!now || !status) return undefined;
  const isOf = [wanted?.hash, now.hash].includes(status.desiredHash ?? '');
  return isOf ? status : undefined;
}

function aboutOf(
  org: OrgName,
  { flowId, file }: FlowKey,
  known: readonly ({ readonly name?: string } | undefined)[],
): Pick<FlowVerdict, 'org' | 'flowId' | 'name' | 'file'> {
  const named = known.find((each) => each?.name !== undefined);
  const name = named?.name ?? flowId ?? file;
  return { org, ...(flowId !== undefined && { flowId }), name, file };
}

function whyInvalid({ file, diagnostics: [first] }: InvalidFlow): string {
  return first ? faultLine(first) : file;
}

const NO_LONGER = 'git does not describe it any more, and it stays as it is';

function judgeStatus(
  status: FlowStatus,
): Pick<FlowVerdict, 'end' | 'isFinal' | 'state' | 'reason'> {
  const { state, conditions } = status;
  const reload = conditions.find((condition) => condition.type === 'ReloadPending');
  if (state === 'InSync' && reload)
    return { state, end: 'held', isFinal: false, reason: reload.message ?? reload.reason };
  const ready = conditions.find(({ type, status: holds }) => type === 'Ready' && !holds);
  const reason = ready?.message ?? ready?.reason;
  return { state, ...ENDS_OF_STATE[state], ...(reason !== undefined && { reason }) };
}

function keyOf({ flowId, file }: FlowKey): string {
  return flowId ?? file;
}

function flowOf(flows: readonly DesiredFlow[], key: FlowKey): DesiredFlow | undefined {
  return flows.find((flow) => keyOf(flow) === keyOf(key));
}

function faultyOf({ invalid }: LoadedOrg, key: FlowKey): InvalidFlow | undefined {
  return invalid.find(
    ({ file, flowId }) => file === key.file || (flowId !== undefined && flowId === key.flowId),
  );
}

/** The same faults of the same file were there before. */
function faultsOf({ file, diagnostics }: InvalidFlow): string {
  return JSON.stringify([file, diagnostics]);
}
