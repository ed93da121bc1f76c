import type { AuditRecord } from '../domain/audit.ts';
import type { FlowId } from '../domain/flow.ts';
import { isJsonObject } from '../domain/json.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import { withoutUndefined } from '../domain/without-undefined.ts';
import type { AuditFiles } from '../engine/audit-files.ts';
import { FLOW_MACHINE } from '../engine/flow-machine.ts';

/** One field of an attempt. A side that is undefined does not have the field. */
export interface HistoryField {
  /** JSON pointer under the flow's settings. */
  readonly path: string;
  readonly before?: Json;
  /** What the attempt was to bring it to; `status` says whether it did. */
  readonly after?: Json;
}

/** One audit record, as history tells it. */
export interface HistoryEntry {
  readonly seq: number;
  readonly at: string;
  readonly event: string;
  readonly status: string;
  readonly runId: string;
  /** The commit whose desired settings were applied. */
  readonly revision: string;
  readonly author: string | null;
  /** Who let the commit in that wrote the settings, as its trailers tell; missing: they do not, or it could not be asked. */
  readonly approvedBy?: readonly string[];
  /** Who did it by hand. */
  readonly by?: string;
  /** Who had changed the flow before, as the service tells. */
  readonly liveChangedBy?: string;
  readonly file?: string;
  readonly fields: readonly HistoryField[];
  readonly versionBefore?: number;
  readonly versionAfter?: number;
  /** Path on the status branch of the settings before. */
  readonly snapshot?: string;
  readonly latencyMs: number;
  /** Milliseconds by step, in the order of the machine. */
  readonly steps: Readonly<Record<string, number>>;
  readonly reason?: string;
  readonly code?: string;
  /** Who approved the plan that it was part of, where a gate would have held that. */
  readonly planApprovedBy?: readonly string[];
  /** Names the overrides of freeze windows under which it was written. */
  readonly freezeOverride?: string;
  /** How often others wrote the flow right before we did, so that it was planned again. */
  readonly conflicts?: number;
  /** Who did so last, as the service tells. */
  readonly conflictWith?: string;
  readonly reloadPending?: boolean;
  readonly recovered?: boolean;
}

/** Ids of the flows that bear or bore this name. */
export function idsOfName({ records }: AuditFiles, name: string): ReadonlySet<FlowId> {
  return new Set(
    records.flatMap(({ details, flowId }) =>
      details['name'] === name && flowId !== null ? [flowId] : [],
    ),
  );
}

/** Who approved each plan that a gate held, by the plan's digest. */
export function planApprovals({ records }: AuditFiles): ReadonlyMap<string, readonly string[]> {
  const approvals = records.flatMap(({ event, planDigest, details }) => {
    const by = textOf(details['by']);
    return event === 'plan.approved' && planDigest !== null && by !== undefined
      ? [{ planDigest, by }]
      : [];
  });
  return new Map(
    [...Map.groupBy(approvals, ({ planDigest }) => planDigest)].map(([planDigest, some]) => [
      planDigest,
      [...new Set(some.map(({ by }) => by))],
    ]),
  );
}

/** @param approvals see `planApprovals` */
export function historyEntry(
  record: AuditRecord,
  approvals: ReadonlyMap<string, readonly string[]>,
): HistoryEntry {
  const { details } = record;
  return withoutUndefined({
    seq: record.seq,
    at: record.timestamp,
    event: record.event,
    status: record.status,
    runId: record.runId,
    revision: record.revision,
    author: record.author,
    by: textOf(details['by']),
    liveChangedBy: textOf(details['liveChangedBy']),
    file: textOf(details['file']),
    fields: fieldsOf(details['fields']),
    versionBefore: numberOf(details['versionBefore']),
    versionAfter: numberOf(details['versionAfter']),
    snapshot: textOf(details['snapshot']),
    latencyMs: record.latencyMs,
    steps: stepsOf(details['steps']),
    reason: textOf(details['reason']),
    planApprovedBy: approvals.get(record.planDigest ?? ''),
    code: textOf(details['code']),
    freezeOverride: textOf(details['freezeOverride']),
    conflicts: numberOf(details['conflicts']),
    conflictWith: textOf(details['conflictWith']),
    reloadPending: details['reloadPending'] === true ? true : undefined,
    recovered: details['recovered'] === true ? true : undefined,
  });
}

function fieldsOf(value: Json | undefined): HistoryField[] {
  const fields = Array.isArray(value) ? (value as readonly Json[]) : [];
  return fields.filter(isJsonObject).map((field: JsonObject) =>
    withoutUndefined({
      path: textOf(field['path']) ?? '',
      before: field['live'],
      after: field['desired'],
    }),
  );
}

/** The record has them by name; here they stand in the order of the machine. */
function stepsOf(value: Json | undefined): Record<string, number> {
  const steps = isJsonObject(value) ? value : {};
  const names = [...new Set([...Object.keys(FLOW_MACHINE), ...Object.keys(steps)])];
  return Object.fromEntries(
    names.flatMap((step) => {
      const ms = steps[step];
      return typeof ms === 'number' ? [[step, ms]] : [];
    }),
  );
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function numberOf(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
