import type { FlowStatus } from '../domain/flow-status.ts';
import type { DesiredFlow, FlowId, Settings } from '../domain/flow.ts';
import type { FlowOutcome, OutcomeStatus } from '../domain/outcome.ts';
import type { FieldChange } from '../domain/plan.ts';
import { withoutUndefined } from '../domain/without-undefined.ts';
import type { FlowRecord } from '../ports/state-store.ts';
import { conditionsOf, isHeldBack, newlyHeldBack, STATE_OF } from './flow-conditions.ts';
import type { FlowTask } from './flow-task.ts';
import { fightConditions, nextFight } from './next-fight.ts';
import { displacedBy, stillDeclared } from '../plan/displaced.ts';
import type { Displaced } from '../plan/displaced.ts';
import { nextStatus } from './next-status.ts';
import type { StatusFacts } from './next-status.ts';
import { asFields, differencesOf } from './steps/read-live.ts';

/** How many versions of a flow's settings are remembered to know a revert by. */
const MAX_PAST_HASHES = 50;

/** Outcomes of which a write was at least tried. */
const ATTEMPTED: ReadonlySet<OutcomeStatus> = new Set([
  'applied',
  'conflict',
  'failed',
  'rolled-back',
  'stuck',
  'unresolved',
]);

/** What is known of a flow after its way through the machine. Pure but for reading the task. */
export function nextRecord(
  previous: FlowRecord | undefined,
  task: FlowTask,
  outcome: FlowOutcome,
  now: number,
): FlowRecord {
  if (isHeldBack(task)) {
    const { flowId, wanted, run, fields: differences } = task;
    const stands = {
      flowId,
      hash: wanted.hash,
      differences,
      liveVersion: versionOf(task, outcome),
    };
    const stalled = stalledRecord(previous, stands, run.reloadPending);
    if (stalled) return stalled;
  }
  const fight = nextFight(previous?.fight, task, outcome.status, now);
  const facts = factsOf(previous?.status, task, outcome, now);
  const conditions = [...facts.conditions, ...fightConditions(fight, task.run.policy.fight)];
  const status = nextStatus(previous?.status, { ...facts, conditions }, now);
  return withoutUndefined({
    flowId: task.flowId,
    status,
    fight,
    lastUpdateAt: task.lastUpdateAt ?? previous?.lastUpdateAt,
    ...(isSettled(outcome)
      ? appliedOf(previous, task, outcome, now)
      : { ...keptOf(previous), heldBack: heldBackOf(previous, task, outcome) }),
  });
}

/** How a flow that is held back stands now. */
export interface StalledFlow extends Pick<StatusFacts, 'flowId' | 'differences' | 'liveVersion'> {
  /** Of what git says. */
  readonly hash: string;
}

/**
 * Being held back is no news: what is told stays why it came to it; but the differences are those that there are
 * now, whoever moved it since. Undefined when that is not what is told of these settings.
 */
export function stalledRecord(
  known: FlowRecord | undefined,
  { flowId, hash, differences, liveVersion }: StalledFlow,
  reloadPending: ReadonlySet<FlowId>,
): FlowRecord | undefined {
  if (known?.heldBack?.hash !== hash || known.status.desiredHash !== hash) return undefined;
  const { status } = known;
  if (!status.conditions.some(({ type }) => type === 'Stalled')) return undefined;
  const conditions = status.conditions.filter(
    ({ type }) => type !== 'ReloadPending' || reloadPending.has(flowId),
  );
  const isSame = JSON.stringify(status.differences) === JSON.stringify(differences);
  if (isSame && conditions.length === status.conditions.length) return known;
  const moved = isSame ? {} : withoutUndefined({ differences, liveVersion });
  return { ...known, status: { ...status, conditions, ...moved } };
}

function appliedOf(
  previous: FlowRecord | undefined,
  task: FlowTask,
  outcome: FlowOutcome,
  now: number,
): Pick<FlowRecord, 'applied' | 'pastHashes'> {
  const { hash } = task.wanted;
  const settings = ownSettingsOf(task.wanted);
  const version = versionOf(task, outcome) ?? 0;
  const displaced = displacedBy({
    before: task.snapshot?.settings ?? {},
    wanted: settings,
    // without a write of ours nothing is known of what stood there before
    previous: task.snapshot && previous?.applied?.settings,
    kept: previous?.applied?.displaced,
    orgId: task.run.orgId,
  });
  return {
    applied: { settings, hash, revision: task.revision, version, at: now, ...someOf(displaced) },
    pastHashes: withHash(previous?.pastHashes, hash),
  };
}

/** What the file says: what a revert gave back is nobody's any more. */
export function ownSettingsOf({
  declared,
  settings,
}: Pick<DesiredFlow, 'declared' | 'settings'>): Settings {
  return declared ?? settings;
}

function someOf(displaced: Displaced): { readonly displaced?: Displaced } {
  return Object.keys(displaced).length > 0 ? { displaced } : {};
}

/** What a flow was last brought to stays what it was. */
export function keptOf(
  previous: FlowRecord | undefined,
): Pick<FlowRecord, 'applied' | 'pastHashes'> {
  const { applied, pastHashes = [] } = previous ?? {};
  return { pastHashes, ...(applied && { applied }) };
}

function heldBackOf(
  previous: FlowRecord | undefined,
  task: FlowTask,
  outcome: FlowOutcome,
): FlowRecord['heldBack'] {
  return newlyHeldBack(task, outcome) ?? previous?.heldBack;
}

/** The desired settings that a flow was found to have. */
interface FoundSettings {
  readonly settings: Settings;
  /** The remote's id of the org. */
  readonly orgId: string;
  readonly now: number;
}

/** The record of a flow that is in sync without anything having been written. */
export function settledRecord(
  previous: FlowRecord | undefined,
  facts: StatusFacts,
  { settings, orgId, now }: FoundSettings,
): FlowRecord {
  const status = nextStatus(previous?.status, facts, now);
  const hash = facts.desiredHash ?? '';
  const known = previous?.applied;
  return withoutUndefined({
    flowId: facts.flowId,
    status,
    applied:
      known?.hash === hash
        ? known
        : {
            settings,
            hash,
            revision: status.desiredRevision,
            version: facts.liveVersion ?? 0,
            at: now,
            ...someOf(stillDeclared(known?.displaced, settings, orgId)),
          },
    pastHashes: withHash(previous?.pastHashes, hash),
    lastUpdateAt: previous?.lastUpdateAt,
  });
}

function isSettled({ status }: FlowOutcome): boolean {
  return status === 'applied' || status === 'in-sync';
}

function versionOf(task: FlowTask, outcome: FlowOutcome): number | undefined {
  return outcome.version ?? task.base?.version ?? task.expectedVersion;
}

/**
 * Where others write the same again and again while it is left alone, that is no news: not every run is to tell
 * of another version.
 */
function liveVersionOf(
  previous: FlowStatus | undefined,
  task: FlowTask,
  outcome: FlowOutcome,
): number | undefined {
  const isLeftAlone = task.verdict?.kind === 'defer' && task.verdict.gate === 'fighting';
  const isSame =
    previous?.conditions.some(({ type }) => type === 'Fighting') === true &&
    JSON.stringify(previous.differences) === JSON.stringify(outcome.fields);
  return isLeftAlone && isSame ? previous.liveVersion : versionOf(task, outcome);
}

/** What differs still, of the flow as it was read last; without such a read, what was to be changed. */
function remainingOf(task: FlowTask, { fields }: FlowOutcome): readonly FieldChange[] {
  return task.after ? asFields(task, differencesOf(task, task.after)) : fields;
}

function factsOf(
  previous: FlowStatus | undefined,
  task: FlowTask,
  outcome: FlowOutcome,
  now: number,
): StatusFacts {
  const settled = isSettled(outcome);
  return {
    flowId: task.flowId,
    name: task.name,
    org: task.run.org,
    file: task.wanted.file,
    desiredHash: task.wanted.hash,
    revision: task.revision,
    liveVersion: liveVersionOf(previous, task, outcome),
    state: STATE_OF[outcome.status],
    differences: settled ? [] : remainingOf(task, outcome),
    conditions: conditionsOf(previous, task, outcome),
    settled,
    ...attemptOf(previous, task, outcome, now),
  };
}

/** What a status tells of the last attempt; empty when nothing was tried, or nothing new came of it. */
export function attemptOf(
  previous: FlowStatus | undefined,
  task: FlowTask,
  outcome: FlowOutcome,
  now: number,
): Pick<StatusFacts, 'attempt'> {
  const { status, latencyMs, steps, reason, code, snapshotPath } = outcome;
  if (!ATTEMPTED.has(status) || isNoNews(previous, task, outcome)) return {};
  const attempt = {
    lastOutcome: {
      status,
      runId: task.run.runId,
      at: new Date(now).toISOString(),
      latencyMs,
      steps: Object.fromEntries(steps.map(({ step, ms }) => [step, ms])),
      ...(reason !== undefined && { reason }),
      ...(code !== undefined && { code }),
    },
    ...(snapshotPath !== undefined && { snapshot: snapshotPath }),
  };
  return { attempt };
}

/**
 * The same failure again of the same settings: of the same flow as well, where something was sent and changed
 * nothing; where it is not known what became of it, nothing may have been sent.
 */
export function isNoNews(
  previous: FlowStatus | undefined,
  task: FlowTask,
  outcome: FlowOutcome,
): boolean {
  const last = previous?.lastOutcome;
  if (!last || previous.desiredHash !== task.wanted.hash) return false;
  if (last.status !== outcome.status || last.code !== outcome.code) return false;
  if (outcome.status === 'unresolved') return task.sent !== 'now';
  // refused settings are held back: that they were tried again is what somebody asked for
  if (task.refused === true) return false;
  const isSameFlow = task.sent === 'no' || previous.liveVersion === versionOf(task, outcome);
  return outcome.status === 'failed' && isSameFlow;
}

/** The newest last; a hash that is there already moves to the end. */
export function withHash(hashes: readonly string[] = [], hash: string): readonly string[] {
  if (hashes.at(-1) === hash) return hashes;
  return [...hashes.filter((known) => known !== hash), hash].slice(-MAX_PAST_HASHES);
}
