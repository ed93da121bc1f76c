import type { AuditRecord } from '../../domain/audit.ts';
import type { Correction, Fight, FightBreaker } from '../../domain/fight.ts';
import type { FlowStatus, StatusCondition } from '../../domain/flow-status.ts';
import type { Settings } from '../../domain/flow.ts';
import type { HeldBack } from '../../domain/held-back.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { Json } from '../../domain/json.ts';
import { withoutUndefined } from '../../domain/without-undefined.ts';
import type { AppliedSettings, FlowRecord } from '../../ports/state-store.ts';
import type { FlowMemory } from './branch-memory.ts';

/** How attempts end that may have written. */
const WROTE: ReadonlySet<string> = new Set(['applied', 'rolled-back', 'stuck', 'conflict']);
const TAKEN_BACK: ReadonlySet<string> = new Set(['rolled-back', 'stuck']);

/**
 * The record of a flow as its state store had it when it was last published, made of what the status branch tells.
 * Where the branch does not tell all, the record holds rather more back than less. Pure.
 *
 * @param settings the desired settings that were last applied, from the history of the desired state; undefined:
 *   they are not there any more
 */
export function rememberedRecord(memory: FlowMemory, settings: Settings | undefined): FlowRecord {
  const { status, pastHashes, audits } = memory;
  // what a person let go holds nothing any more
  const since = audits.slice(audits.findLastIndex(({ event }) => event === 'flow.released') + 1);
  const isReleased = since.length === 0 && audits.length > 0;
  return withoutUndefined({
    flowId: status.flowId,
    status,
    applied: settings && appliedOf(status, audits, settings),
    pastHashes,
    lastUpdateAt: lastUpdateOf(audits),
    heldBack: isReleased ? undefined : heldBackOf(status, audits),
    fight: fightOf(status, since),
  });
}

function appliedOf(
  status: FlowStatus,
  audits: readonly AuditRecord[],
  settings: Settings,
): AppliedSettings | undefined {
  const { lastAppliedHash: hash, lastAppliedRevision: revision } = status;
  if (hash === undefined || revision === undefined) return undefined;
  const attempts = audits.filter(isAttempt);
  const { displaced } = attempts.at(-1)?.details ?? {};
  return {
    settings,
    hash,
    revision,
    ...broughtBy(attempts, status),
    ...(isJsonObject(displaced) && { displaced }),
  };
}

/** The version that the flow had when it was last brought to what git said, or found so, and when that was. */
function broughtBy(
  attempts: readonly AuditRecord[],
  { liveVersion = 0, since }: FlowStatus,
): Pick<AppliedSettings, 'version' | 'at'> {
  const last = attempts.findLastIndex(({ event }) => event === 'flow.updated');
  const brought = attempts[last];
  const known = brought?.details['versionAfter'] ?? attempts[last + 1]?.details['versionBefore'];
  return {
    version: typeof known === 'number' ? known : liveVersion,
    at: Date.parse(brought?.timestamp ?? since),
  };
}

/** The end of the last attempt that may have written; the write itself was a moment before. */
function lastUpdateOf(audits: readonly AuditRecord[]): number | undefined {
  const last = audits.findLast((record) => isAttempt(record) && WROTE.has(record.status));
  return last && Date.parse(last.timestamp);
}

/**
 * What is held back is told by the condition `Stalled`; but what was taken back before git said something else is
 * held back too, should git return to it.
 */
function heldBackOf(
  status: FlowStatus,
  audits: readonly AuditRecord[],
): FlowRecord['heldBack'] | undefined {
  const { desiredHash, state, conditions } = status;
  const last = audits.findLast(
    (record) => isAttempt(record) && (record.status !== 'failed' || isRefusal(record)),
  );
  const isStalled = conditions.some(({ type }) => type === 'Stalled');
  if (isStalled && desiredHash !== undefined) return heldBy(last, desiredHash, status);
  if (!last || state === 'InSync') return undefined;
  if (!TAKEN_BACK.has(last.status) && !isRefusal(last)) return undefined;
  const hash = textOf(last.details['desiredHash']);
  return hash === undefined ? undefined : heldBy(last, hash, status);
}

function heldBy(last: AuditRecord | undefined, hash: string, status: FlowStatus): HeldBack {
  const refused = last && isRefusal(last) ? last.details['versionBefore'] : undefined;
  const version = typeof refused === 'number' ? refused : undefined;
  return withoutUndefined({ hash, reason: reasonOf(status, last), version });
}

function isRefusal({ status, details }: AuditRecord): boolean {
  return status === 'failed' && details['code'] === 'api.refused';
}

function reasonOf(status: FlowStatus, last: AuditRecord | undefined): string {
  const ready = status.conditions.find(({ type }) => type === 'Ready');
  return (last && toldIn(last)) ?? ready?.message ?? status.state;
}

/** As the record of the attempt told it. */
function toldIn({ event, status, details }: AuditRecord): string {
  const { by, restoredVersion, reason } = details;
  if (event !== 'flow.rolled-back-by-hand') return textOf(reason) ?? status;
  return `rolled back to version ${JSON.stringify(restoredVersion)} by ${textOf(by) ?? 'somebody'}`;
}

/** Drift that was corrected since these settings are wanted, and whether the flow is left alone because of it. */
function fightOf(status: FlowStatus, audits: readonly AuditRecord[]): Fight | undefined {
  const { desiredHash: hash } = status;
  if (hash === undefined) return undefined;
  const own = audits.filter(({ details }) => details['desiredHash'] === hash);
  const fighting = status.conditions.find(({ type }) => type === 'Fighting');
  const opened = fighting && own.findLast(({ event }) => event === 'flow.fighting');
  if (!opened) {
    const corrections = own.flatMap(correctionIn);
    return corrections.length === 0 ? undefined : { hash, corrections };
  }
  const probes = own.slice(own.indexOf(opened)).flatMap(correctionIn);
  const listed = listedIn(opened.details['corrections']);
  // as many are remembered as it took
  const corrections = [...listed, ...probes].slice(-listed.length);
  return { hash, corrections, breaker: breakerOf(opened, fighting, probes.length > 0) };
}

function correctionIn({ status, timestamp, details }: AuditRecord): readonly Correction[] {
  if (status !== 'applied' || details['kind'] !== 'drift') return [];
  return [correctionOf(Date.parse(timestamp), details['liveChangedBy'])];
}

function listedIn(corrections: Json | undefined): readonly Correction[] {
  const listed = Array.isArray(corrections) ? (corrections as readonly Json[]) : [];
  return listed
    .filter(isJsonObject)
    .map(({ at, by }) => correctionOf(Date.parse(textOf(at) ?? ''), by));
}

function correctionOf(at: number, by: Json | undefined): Correction {
  return withoutUndefined({ at, by: textOf(by) });
}

function breakerOf(
  { timestamp, details }: AuditRecord,
  { reason, since }: StatusCondition,
  isProbed: boolean,
): FightBreaker {
  const openedAt = Date.parse(timestamp);
  const untilAt = Date.parse(textOf(details['until']) ?? timestamp);
  return withoutUndefined({
    openedAt,
    pauseMs: untilAt - openedAt,
    by: textOf(details['liveChangedBy']),
    probed: isProbed ? (true as const) : undefined,
    calmSince: reason === 'HalfOpen' ? Date.parse(since) : undefined,
  });
}

/** Not that something happened to the flow without one. */
function isAttempt({ event }: AuditRecord): boolean {
  return !WITHOUT_ATTEMPT.has(event);
}

const WITHOUT_ATTEMPT: ReadonlySet<AuditRecord['event']> = new Set([
  'flow.fighting',
  'flow.released',
  'flow.suspended',
  'flow.resumed',
]);

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
