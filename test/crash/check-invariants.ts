import { parse } from 'yaml';
import type { AuditRecord } from '../../src/domain/audit.ts';
import { statusPathOf } from '../../src/domain/flow-status.ts';
import type { FlowStatus } from '../../src/domain/flow-status.ts';
import type { Snapshot } from '../../src/ports/state-store.ts';
import type { LoggedRequest } from '../../src/simulator/request-log.ts';
import { canonical, readAuditChain } from '../support/audit-chain.ts';
import { overlapsOf } from '../support/overlaps.ts';
import { bodyOf, hashApart, integrityOf, openAttempts, planNow } from './after-kill.ts';
import { ORG, SECRETS, STATUS_BRANCH } from './crash-world.ts';
import type { CrashWorld } from './crash-world.ts';
import type { ServiceState } from './simulator-client.ts';

/** All that is known of one kill and what came after it. */
export interface RoundFacts {
  readonly world: CrashWorld;
  /** The service before the round, and right after the kill. */
  readonly before: ServiceState;
  readonly afterKill: ServiceState;
  /** What git says of `routing.maxWaitTime`, by flow. */
  readonly wished: ReadonlyMap<string, number>;
  /** Audit records that were there before. */
  readonly auditsBefore: number;
  /** Whether a flow may end as it was, and held back. */
  readonly mayRollBack: boolean;
  /** What the processes of the round printed. */
  readonly printed: string;
}

/** What the world holds at the end of a round. */
interface Findings {
  readonly live: ServiceState;
  readonly requests: readonly LoggedRequest[];
  readonly patches: readonly LoggedRequest[];
  readonly files: ReadonlyMap<string, string>;
  readonly audits: readonly AuditRecord[];
  readonly statuses: ReadonlyMap<string, FlowStatus>;
}

/**
 * Everything that must hold once a killed controller was started again and came to its end.
 *
 * @returns what does not hold, in words; empty when all does
 */
export async function findBreaches(round: RoundFacts): Promise<readonly string[]> {
  const { world } = round;
  const files = await world.repository.files(STATUS_BRANCH);
  const requests = await world.simulator.requests();
  const found: Findings = {
    live: await world.simulator.state(),
    requests,
    patches: requests.filter(({ method }) => method === 'PATCH'),
    files,
    audits: readAuditChain(files, ORG).slice(round.auditsBefore),
    statuses: statusesOf(files, world.flowIds),
  };
  return [
    ...writeOverlaps(round, found),
    ...accountBreaches(found),
    ...found.audits.flatMap((record) => snapshotBreaches(round, found, record)),
    ...world.flowIds.flatMap((id) => flowBreaches(round, found, id)),
    ...(await stateBreaches(round, found)),
    ...(await branchBreaches(round, found)),
    ...(await secretBreaches(round, found)),
  ];
}

function statusesOf(
  files: ReadonlyMap<string, string>,
  flowIds: readonly string[],
): ReadonlyMap<string, FlowStatus> {
  const found = flowIds.flatMap((id): [string, FlowStatus][] => {
    const text = files.get(statusPathOf(ORG, id));
    return text === undefined ? [] : [[id, parse(text) as FlowStatus]];
  });
  return new Map(found);
}

const isHeldBack = ({ state, conditions }: FlowStatus): boolean =>
  state === 'RolledBack' && conditions.some(({ type, status }) => type === 'Stalled' && status);

/** Invariant 2. */
function writeOverlaps({ before }: RoundFacts, { live, requests }: Findings): string[] {
  return overlapsOf(live.violations.slice(before.violations.length), requests).map(
    (violation) => `two at once: ${JSON.stringify(violation)}`,
  );
}

/**
 * Invariant 3. A record covers the versions after `versionBefore` up to `versionAfter`: each write that the service
 * accepted lies in exactly one record, an applied one holds one write, one rolled back two.
 */
function accountBreaches({ patches, audits }: Findings): string[] {
  const accepted = patches.filter((patch) => patch.appliedSequence !== undefined).map(bodyOf);
  const coveredBy = (record: AuditRecord): number[] =>
    accepted
      .filter(({ flowId, version }) => {
        const { versionBefore, versionAfter } = versionsOf(record);
        return flowId === record.flowId && version > versionBefore && version <= versionAfter;
      })
      .map(({ version }) => version);
  const unaccounted = accepted.flatMap(({ flowId, version }) => {
    const records = audits.filter(
      (record) => record.flowId === flowId && coveredBy(record).includes(version),
    );
    if (records.length === 1) return [];
    return [`${String(records.length)} audit records for version ${String(version)} of ${flowId}`];
  });
  const unfounded = audits.flatMap((record) => {
    const count = coveredBy(record).length;
    const isRight = WRITES[record.status]?.(count) ?? true;
    return isRight ? [] : [`${record.status} with ${String(count)} writes: ${told(record)}`];
  });
  const twice = new Set(audits.map(({ attemptId }) => attemptId)).size < audits.length;
  return [...unaccounted, ...unfounded, ...(twice ? ['an attempt is in the audit twice'] : [])];
}

const WRITES: Readonly<Record<string, (count: number) => boolean>> = {
  applied: (count) => count === 1,
  'rolled-back': (count) => count === 2,
  stuck: () => false,
};

function versionsOf({ details }: AuditRecord): {
  readonly versionBefore: number;
  readonly versionAfter: number;
} {
  const versionBefore = Number(details['versionBefore'] ?? 0);
  return { versionBefore, versionAfter: Number(details['versionAfter'] ?? versionBefore) };
}

function told({ flowId, attemptId, details }: AuditRecord): string {
  const { versionBefore, versionAfter } = versionsOf({ details } as AuditRecord);
  return `${String(flowId)} ${String(versionBefore)} → ${String(versionAfter)}, ${attemptId}`;
}

/** Invariant 1, as an auditor sees it: the settings from before each change are on the status branch. */
function snapshotBreaches(
  { before, afterKill }: RoundFacts,
  { files }: Findings,
  record: AuditRecord,
): string[] {
  if (record.status !== 'applied' && record.status !== 'rolled-back') return [];
  const text = files.get(JSON.stringify(record.details['snapshot']).slice(1, -1));
  if (text === undefined) return [`the status branch lacks the snapshot of ${told(record)}`];
  const snapshot = JSON.parse(text) as Snapshot;
  const { versionBefore } = versionsOf(record);
  const seen = [before, afterKill]
    .map(({ flows }) => flows.get(record.flowId ?? ''))
    .find((flow) => flow?.version === versionBefore);
  const isRight =
    snapshot.version === versionBefore &&
    snapshot.hash === record.beforeHash &&
    hashApart(snapshot.settings) === snapshot.hash &&
    (seen === undefined || canonical(seen.settings) === canonical(snapshot.settings));
  return isRight ? [] : [`the snapshot is not what was there before: ${told(record)}`];
}

/** Invariant 4, flow by flow: live is as git says and in effect, all else is as it was, and the status says so. */
function flowBreaches(round: RoundFacts, { live, statuses }: Findings, flowId: string): string[] {
  const flow = live.flows.get(flowId);
  const status = statuses.get(flowId);
  if (!flow || !status) return [`${flowId} is gone`];
  const wasRolledBack = isHeldBack(status);
  const wanted = canonical(wantedOf(round, flowId, wasRolledBack));
  const expected = {
    settings: wanted,
    inEffect: wanted,
    pendingReload: false,
    ...(wasRolledBack ? { state: 'RolledBack' } : { state: 'InSync', differences: 0 }),
    statusVersion: flow.version,
    waitsForReload: false,
  };
  const actual = {
    settings: canonical(flow.settings),
    inEffect: canonical(flow.inEffect),
    pendingReload: flow.pendingReload,
    state: status.state,
    ...(!wasRolledBack && { differences: status.differences.length }),
    statusVersion: status.liveVersion,
    waitsForReload: status.conditions.some(({ type }) => type === 'ReloadPending'),
  };
  if (wasRolledBack && !round.mayRollBack) return [`${flowId} was rolled back for no reason`];
  if (canonical(expected) === canonical(actual)) return [];
  return [`${flowId} is ${JSON.stringify(actual)} and not ${JSON.stringify(expected)}`];
}

/** What git says over what the flow was when the process died; or, of a flow rolled back, what it was before. */
function wantedOf(round: RoundFacts, flowId: string, wasRolledBack: boolean): unknown {
  if (wasRolledBack) return round.before.flows.get(flowId)?.settings;
  const settings = round.afterKill.flows.get(flowId)?.settings ?? {};
  const maxWaitTime = round.wished.get(flowId);
  return { ...settings, routing: { ...(settings['routing'] as object), maxWaitTime } };
}

/** Nothing is left to do, and nothing is left half done. */
async function stateBreaches({ world }: RoundFacts, { statuses }: Findings): Promise<string[]> {
  const { changes } = await planNow(world);
  const left = changes.filter(({ flowId }) => {
    const status = statuses.get(flowId);
    return !status || !isHeldBack(status);
  });
  const open = await openAttempts(world);
  const integrity = integrityOf(world);
  return [
    ...left.map(({ flowId }) => `the plan still holds ${flowId}`),
    ...open.map(({ attemptId, flowId }) => `attempt ${attemptId} of ${flowId} is still open`),
    ...(integrity === 'ok' ? [] : [`the state file is damaged: ${integrity}`]),
  ];
}

/** Invariant 6: what people write is theirs alone; and on the status branch is nothing but what belongs there. */
async function branchBreaches({ world }: RoundFacts, { files }: Findings): Promise<string[]> {
  const head = await world.repository.head();
  const refs = await world.repository.run('for-each-ref', '--format=%(refname)');
  const expected = `refs/heads/${STATUS_BRANCH}\nrefs/heads/main`;
  const strange = [...files.keys()].filter(
    (path) => !/^(status|audit|snapshots|orgs)\//.test(path),
  );
  return [
    ...(head === world.mainHead ? [] : ['the branch with the desired state was written']),
    ...(refs.trim() === expected ? [] : [`the remote has other refs: ${refs}`]),
    ...strange.map((path) => `the status branch holds ${path}`),
  ];
}

/** Invariant 9: neither a credential of the config nor a bearer token in what was printed or committed. */
async function secretBreaches(round: RoundFacts, { files }: Findings): Promise<string[]> {
  const log = await round.world.repository.run('log', '--format=%B%an%ae', STATUS_BRANCH);
  const places = { output: round.printed, branch: [...files.values()].join('\n'), commits: log };
  return Object.entries(places).flatMap(([place, text]) => {
    const secrets = Object.entries(SECRETS).filter(([, secret]) => text.includes(secret));
    const named = secrets.map(([name]) => name);
    if (/bearer\s+[\w-]{20}/i.test(text)) named.push('a bearer token');
    return named.map((name) => `${name} is in the ${place}`);
  });
}
