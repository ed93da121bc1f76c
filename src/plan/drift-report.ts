import type { AuditRecord } from '../domain/audit.ts';
import type { Diagnostic } from '../domain/diagnostic.ts';
import type { FlowId, Mode, OrgName, Revision } from '../domain/flow.ts';
import type { FlowStatus } from '../domain/flow-status.ts';
import type {
  FieldChange,
  FlowChange,
  MissingFlow,
  PlanNotice,
  UnmanagedFlow,
  UnreadFlow,
} from '../domain/plan.ts';
import { withoutUndefined } from '../domain/without-undefined.ts';
import type { PlanCounts } from './count-plan.ts';
import { byText } from './order.ts';
import type { PlanReport } from './plan-report.ts';
import { heldFlow } from './plan-wording.ts';

/** One flow that is not as git says. */
export interface DriftedFlow {
  readonly flowId: FlowId;
  readonly name: string;
  readonly file: string;
  readonly kind: FlowChange['kind'];
  readonly fields: readonly FieldChange[];
  /** ISO 8601. Since when the status branch knows of it, else when the flow was last written; missing: neither tells. */
  readonly since?: string;
  /** Who wrote the flow last, as far as the service tells. */
  readonly by?: string;
  /** ISO 8601; when that was. */
  readonly writtenAt?: string;
  /** Why a run would not correct it now. */
  readonly held?: string;
  readonly answers: DriftAnswers;
}

/** One command for each of the three answers. */
export interface DriftAnswers {
  readonly correct: string;
  readonly accept: string;
  readonly ignore: string;
}

/** A flow that is left alone: by a person, or because what git says did not work. */
export interface RestingFlow {
  readonly flowId: FlowId;
  readonly name: string;
  readonly reason: string;
  readonly by?: string;
  /** ISO 8601. */
  readonly since?: string;
  /** ISO 8601; missing: until somebody acts. */
  readonly until?: string;
}

export interface AgeClass {
  readonly name: string;
  readonly flows: number;
}

/** What flowkeeper wrote on one day (UTC). */
export interface DayOfWrites {
  readonly day: string;
  readonly drift: number;
  /** By commits: desired changes and reverts. */
  readonly commits: number;
  /** Attempts that did not end as wanted. */
  readonly failed: number;
}

/** How many flows were not in sync at the end of one day (UTC), of those that git describes now. */
export interface DayOfDrift {
  readonly day: string;
  readonly flows: number;
}

/** What a status file came to say, once. */
export type StatusVersion = Pick<FlowStatus, 'flowId' | 'state' | 'since'>;

/** Defined by schemas/drift-report.schema.json. */
export interface DriftReport {
  readonly org: OrgName;
  readonly revision: Revision;
  /** ISO 8601. */
  readonly madeAt: string;
  readonly mode: Mode;
  readonly counts: PlanCounts;
  /** The oldest first. */
  readonly drifted: readonly DriftedFlow[];
  readonly ages: readonly AgeClass[];
  readonly heldBack: readonly RestingFlow[];
  readonly suspended: readonly RestingFlow[];
  /** Absent where every flow was read. */
  readonly unread?: readonly UnreadFlow[];
  readonly missing: readonly MissingFlow[];
  readonly unmanaged: readonly UnmanagedFlow[];
  readonly invalid: readonly Diagnostic[];
  readonly notices: readonly PlanNotice[];
  /** The last 30 days, the oldest first, from the first on of which something is recorded. */
  readonly trend: readonly DayOfDrift[];
  /** The last 30 days, the oldest first. */
  readonly writes: readonly DayOfWrites[];
}

export interface DriftReportInput {
  readonly report: PlanReport;
  /** What the status branch knows. */
  readonly statuses: readonly FlowStatus[];
  readonly audit: readonly AuditRecord[];
  /** Of the status files, as far back as was read; in any order. */
  readonly versions: readonly StatusVersion[];
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DAYS = 30;

const AGES: readonly (readonly [string, number])[] = [
  ['under an hour', HOUR_MS],
  ['under a day', DAY_MS],
  ['under a week', 7 * DAY_MS],
  ['under 30 days', 30 * DAY_MS],
  ['longer', Infinity],
];

/** The plan as a report on drift: since when, by whom, how to answer it, and what was done about it lately. Pure. */
export function makeDriftReport(input: DriftReportInput): DriftReport {
  const { report, statuses, audit, versions } = input;
  const { plan, counts, mode } = report;
  const known = new Map(statuses.map((status) => [status.flowId, status]));
  const drifted = plan.changes
    .map((change) => driftedFlow(change, known.get(change.flowId), report))
    .sort(byText(({ since = '9', flowId }) => `${since} ${flowId}`));
  return {
    org: plan.org,
    revision: plan.revision,
    madeAt: new Date(plan.madeAt).toISOString(),
    mode,
    counts,
    drifted,
    ages: agesOf(drifted, plan.madeAt),
    heldBack: statuses.flatMap(heldBackFlow).sort(byText(({ flowId }) => flowId)),
    suspended: suspendedFlows(report),
    ...(plan.unread && plan.unread.length > 0 && { unread: plan.unread }),
    missing: plan.missing,
    unmanaged: plan.unmanaged,
    invalid: plan.invalid.flatMap(({ diagnostics }) => diagnostics),
    notices: plan.notices,
    trend: trendOf(versions, statuses, plan.madeAt),
    writes: writesByDay(audit, plan.madeAt),
  };
}

function driftedFlow(
  change: FlowChange,
  status: FlowStatus | undefined,
  report: PlanReport,
): DriftedFlow {
  const { flowId, name, file, kind, fields, modifiedBy, modifiedAt } = change;
  const isKnown = status !== undefined && status.state !== 'InSync';
  return withoutUndefined({
    flowId,
    name,
    file,
    kind,
    fields,
    since: isKnown ? status.since : modifiedAt,
    by: modifiedBy?.name ?? modifiedBy?.id,
    writtenAt: modifiedAt,
    held: heldFlow(change, report)?.what,
    answers: answersOf(report, flowId),
  });
}

function answersOf({ plan, mode }: PlanReport, flowId: FlowId): DriftAnswers {
  const org = `--org ${plan.org}`;
  return {
    correct:
      mode === 'enforce'
        ? `flowkeeper reconcile ${org}`
        : `set \`mode: enforce\` in policy.yaml, then flowkeeper reconcile ${org}`,
    accept: `flowkeeper accept ${flowId} ${org}`,
    ignore: `flowkeeper ignore ${flowId} ${org}`,
  };
}

function agesOf(drifted: readonly DriftedFlow[], now: number): readonly AgeClass[] {
  const ages = drifted.flatMap(({ since }) =>
    since === undefined ? [] : [now - Date.parse(since)],
  );
  const classes = AGES.map(([name, below], i) => {
    const from = AGES[i - 1]?.[1] ?? -Infinity;
    return { name, flows: ages.filter((age) => age >= from && age < below).length };
  });
  const unknown = drifted.length - ages.length;
  return unknown === 0 ? classes : [...classes, { name: 'not known', flows: unknown }];
}

function heldBackFlow({ flowId, name, conditions }: FlowStatus): RestingFlow[] {
  const found = conditions.find(
    ({ type, status }) => status && (type === 'Stalled' || type === 'Fighting'),
  );
  if (!found) return [];
  const { reason, message, since } = found;
  return [{ flowId, name: name ?? flowId, reason: message ?? reason, since }];
}

function suspendedFlows({ plan }: PlanReport): readonly RestingFlow[] {
  return [...plan.changes, ...plan.settled]
    .flatMap(({ flowId, name, suspended }): RestingFlow[] => {
      if (!suspended) return [];
      const { reason, by, untilAt } = suspended;
      const until = untilAt === undefined ? undefined : new Date(untilAt).toISOString();
      return [withoutUndefined({ flowId, name, reason, by, until })];
    })
    .sort(byText(({ until = '9', flowId }) => `${until} ${flowId}`));
}

function writesByDay(audit: readonly AuditRecord[], now: number): readonly DayOfWrites[] {
  const ofDay = Map.groupBy(audit, ({ timestamp }) => timestamp.slice(0, 10));
  return lastDays(now).map((day) => {
    const records = ofDay.get(day) ?? [];
    const written = records.filter(({ event }) => event === 'flow.updated');
    const drift = written.filter(({ details }) => details['kind'] === 'drift').length;
    const failed = records.filter(
      ({ event }) => event === 'flow.update-failed' || event === 'flow.rolled-back',
    ).length;
    return { day, drift, commits: written.length - drift, failed };
  });
}

/** A flow is, at any time, as the last of its versions that began before. */
function trendOf(
  versions: readonly StatusVersion[],
  statuses: readonly FlowStatus[],
  now: number,
): readonly DayOfDrift[] {
  const described = new Set(statuses.map(({ flowId }) => flowId));
  const known = [...versions, ...statuses]
    .filter(({ flowId }) => described.has(flowId))
    .sort(byText(({ since }) => since));
  const first = known[0]?.since.slice(0, 10);
  const states = new Map<FlowId, FlowStatus['state']>();
  let at = 0;
  return lastDays(now).flatMap((day) => {
    for (; at < known.length; at += 1) {
      const next = known[at];
      if (!next || next.since.slice(0, 10) > day) break;
      states.set(next.flowId, next.state);
    }
    if (first === undefined || day < first) return [];
    return [{ day, flows: [...states.values()].filter((state) => state !== 'InSync').length }];
  });
}

function lastDays(now: number): readonly string[] {
  return Array.from({ length: DAYS }, (_, i) =>
    new Date(now - (DAYS - 1 - i) * DAY_MS).toISOString().slice(0, 10),
  );
}
