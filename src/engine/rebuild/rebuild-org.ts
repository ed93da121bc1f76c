import type { FlowId, OrgName } from '../../domain/flow.ts';
import type { FlowStatus } from '../../domain/flow-status.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Ports } from '../../ports/ports.ts';
import type { FlowRecord } from '../../ports/state-store.ts';
import { RELOAD_PENDING } from '../flow-conditions.ts';
import { loadDesiredOrg } from '../load-desired.ts';
import type { DesiredLoader } from '../load-desired.ts';
import type { OrgRun } from '../org-run.ts';
import { planOrg } from '../plan-org.ts';
import { findAppliedSettings } from './applied-settings.ts';
import { readBranchMemory } from './branch-memory.ts';
import { rememberedRecord } from './remembered-record.ts';

/** What is known of an org again. */
export interface RebuiltOrg {
  readonly org: OrgName;
  /** Flows that are known again. */
  readonly flows: number;
  readonly heldBack: readonly FlowId[];
  /** Written after they were last recorded: the next run asks for a reload, in case it was us. */
  readonly reloadPending: readonly FlowId[];
  /** What was last applied to them is not known: git does not have it any more. */
  readonly withoutApplied: readonly FlowId[];
  /** Paths of status files that nobody can read. */
  readonly unreadable: readonly string[];
  /** Flows that differ from git now. */
  readonly changes: number;
}

type RebuildPorts = Pick<
  Ports,
  'source' | 'statusBranch' | 'state' | 'backend' | 'clock' | 'observer' | 'rateGate'
>;

/**
 * Fills an empty state store with what the status branch and the history of the desired state know of an org, and
 * looks at the live org for what happened since. Nothing is written but the store.
 *
 * @throws git.*, api.*, desired.no-org, state.*
 */
export async function rebuildOrg(
  ports: RebuildPorts,
  loader: DesiredLoader,
  run: OrgRun,
  signal: AbortSignal,
): Promise<RebuiltOrg> {
  const { state, source } = ports;
  const { org } = run;
  const memory = await readBranchMemory(await ports.statusBranch.tip(signal), org);
  const statuses = [...memory.flows.values()].map(({ status }) => status);
  const settings = await findAppliedSettings({ source, loader }, run, statuses, signal);
  const records = [...memory.flows].map(([flowId, flow]) =>
    rememberedRecord(flow, settings.get(flowId)),
  );
  await state.flows.save(org, records);
  if (memory.orgStatus) await state.flows.saveOrg(memory.orgStatus);
  // all of it came from there
  await state.outbox.markPublished(await state.outbox.pending(org));

  const since = await lookAtLive(ports, loader, run, signal);
  const moved = records.flatMap((record) => movedRecord(record, since, ports.clock.now()) ?? []);
  await state.flows.save(org, moved);
  return {
    org,
    flows: records.length,
    heldBack: idsOf(records.filter(({ heldBack }) => heldBack)),
    reloadPending: idsOf(moved),
    withoutApplied: idsOf(records.filter(lacksApplied)),
    unreadable: memory.unreadable,
    changes: since.changes,
  };
}

/** What the live org is like now. */
interface LiveNow {
  readonly mode: Policy['mode'];
  readonly versions: ReadonlyMap<FlowId, number>;
  readonly changes: number;
}

async function lookAtLive(
  ports: RebuildPorts,
  loader: DesiredLoader,
  run: OrgRun,
  signal: AbortSignal,
): Promise<LiveNow> {
  const loaded = await loadDesiredOrg(loader, run, signal);
  ports.rateGate.configure(loaded.policy.rate);
  const { plan } = await planOrg(ports, run, loaded, signal);
  const flows = [...plan.settled, ...plan.changes];
  return {
    mode: loaded.policy.mode,
    versions: new Map(flows.map(({ flowId, liveVersion }) => [flowId, liveVersion])),
    changes: plan.changes.length,
  };
}

/**
 * A flow that was written after it was last recorded may have been written by the process whose memory was lost: then
 * it counts as just written, and a reload is asked for, since that process may not have come to it.
 */
function movedRecord(
  record: FlowRecord,
  { mode, versions }: LiveNow,
  now: number,
): FlowRecord | undefined {
  const { status } = record;
  const version = versions.get(record.flowId);
  if (mode === 'report' || version === undefined || version === status.liveVersion)
    return undefined;
  return { ...record, status: withReloadPending(status, now), lastUpdateAt: now };
}

function withReloadPending(status: FlowStatus, now: number): FlowStatus {
  const others = status.conditions.filter(({ type }) => type !== 'ReloadPending');
  const since = new Date(now).toISOString();
  const pending = { ...RELOAD_PENDING, reason: 'StateRebuilt', message: WORDS, since };
  return { ...status, conditions: [...others, pending] };
}

const WORDS =
  'written after it was last recorded, and what flowkeeper knew of it was lost: the next run asks for a reload';

function lacksApplied({ status, applied }: FlowRecord): boolean {
  return status.lastAppliedHash !== undefined && !applied;
}

function idsOf(records: readonly FlowRecord[]): readonly FlowId[] {
  return records.map(({ flowId }) => flowId);
}
