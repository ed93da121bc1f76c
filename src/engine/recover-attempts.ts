import type { IgnoreRule, Settings } from '../domain/flow.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import type { FlowOutcome } from '../domain/outcome.ts';
import type { Cause, ChangeKind, FieldChange, Plan } from '../domain/plan.ts';
import { withoutUndefined } from '../domain/without-undefined.ts';
import type { UnfinishedAttempt } from '../ports/state-store.ts';
import type { FlowRun, FlowTask, PendingAttempt, WantedFlow } from './flow-task.ts';
import { runOfFlow } from './in-place.ts';
import { LATEST_LANDING_MS } from './latest-landing.ts';
import type { Place } from './place.ts';
import { endedWell, runFlowTask } from './run-flow-task.ts';
import { runSchedule } from './schedule.ts';

export interface Recovered {
  readonly outcomes: readonly FlowOutcome[];
  /** By flow; at most one each. */
  readonly pending: ReadonlyMap<string, PendingAttempt>;
  /** Flows of which it still could not be read what became of them: not to be written. */
  readonly unresolved: ReadonlySet<string>;
}

/**
 * Finishes what a dead process (or a run that was cancelled) left open in the journal: by reading the flow,
 * never by writing blindly.
 *
 * @param isWanted which of the open attempts to look at; all of them, if not given
 */
export async function recoverAttempts(
  run: FlowRun,
  isWanted: (attempt: UnfinishedAttempt) => boolean = () => true,
): Promise<Recovered> {
  const { state, log } = run.ports;
  const unfinished = (await state.journal.unfinished(run.org)).filter(isWanted);
  const outcomes: FlowOutcome[] = [];
  const pending = new Map<string, PendingAttempt>();
  const schedule = {
    concurrency: run.policy.apply.concurrency,
    idOf: ({ attemptId }: UnfinishedAttempt) => attemptId,
    after: () => [],
    isWell: endedWell,
  };
  await runSchedule(unfinished, schedule, async (attempt, place) => {
    const { flowId, attemptId } = attempt;
    const step = attempt.entries.at(-1)?.to ?? 'intent';
    log.warn('an attempt was left open; finding out what became of it', {
      flowId,
      attemptId,
      step,
    });
    const task = await asTask(run, attempt, place);
    const end = await runFlowTask(task, 'recover');
    if (typeof end === 'object') outcomes.push(end);
    else if (end === 'pending') pending.set(flowId, pendingOf(task, attemptId));
    return end;
  });
  const open = outcomes.filter(({ status }) => status === 'unresolved');
  return { outcomes, pending, unresolved: new Set(open.map(({ flowId }) => flowId)) };
}

/**
 * Looks again at the pending attempts whose flow turned out to have another version by the time the plan was
 * made: their write has landed, or never will.
 */
export async function recoverLateLandings(
  run: FlowRun,
  plan: Plan,
  before: Recovered,
): Promise<Recovered> {
  if (before.pending.size === 0) return { ...before, outcomes: [] };
  const versions = new Map(
    [...plan.settled, ...plan.changes].map(({ flowId, liveVersion }) => [flowId, liveVersion]),
  );
  const moved = new Set(
    [...before.pending]
      .filter(([flowId, { baseVersion }]) => (versions.get(flowId) ?? baseVersion) !== baseVersion)
      .map(([flowId]) => flowId),
  );
  if (moved.size === 0) return { ...before, outcomes: [] };
  const again = await recoverAttempts(run, ({ flowId }) => moved.has(flowId));
  const unmoved = [...before.pending].filter(([flowId]) => !moved.has(flowId));
  return {
    outcomes: again.outcomes,
    pending: new Map([...unmoved, ...again.pending]),
    unresolved: new Set([...before.unresolved, ...again.unresolved]),
  };
}

function pendingOf(task: FlowTask, attemptId: string): PendingAttempt {
  const { snapshot, blocks, fields, overtaken = false } = task;
  const written = withoutUndefined({ snapshot, blocks, fields });
  return { attemptId, baseVersion: snapshot?.version ?? 0, overtaken, written };
}

async function asTask(run: FlowRun, attempt: UnfinishedAttempt, place: Place): Promise<FlowTask> {
  const { data, flowId, attemptId, startedAt, entries } = attempt;
  const { clock, state } = run.ports;
  const version = numberOf(data['snapshotVersion']);
  const snapshot =
    version === undefined ? undefined : await state.snapshots.get(run.org, flowId, version);
  const lastAt = entries.at(-1)?.at ?? startedAt;
  const planned = plannedOf(data);
  const has = (step: string): boolean => entries.some(({ to }) => to === step);
  return withoutUndefined({
    run: {
      ...runOfFlow(run, planned.kind, place),
      runId: textOf(data['runId']) ?? attempt.runId,
    },
    ...planned,
    ...writtenOf(data),
    flowId,
    startedAt,
    startedMs: clock.monotonicMs(),
    timings: [],
    attemptId,
    snapshot,
    base: snapshot && { ...snapshot, id: flowId },
    sent: has('patch') ? ('earlier' as const) : ('no' as const),
    restoring: has('rollback'),
    expired: clock.now() - lastAt >= LATEST_LANDING_MS,
    resends: 0,
    reloaded: false,
    // what it may have put back has not been loaded since
    reloadPending: has('rollback'),
  });
}

/** What the attempt was for. */
function plannedOf(
  data: JsonObject,
): Pick<FlowTask, 'name' | 'wanted' | 'revision' | 'planDigest' | 'fields'> &
  Pick<Partial<FlowTask>, 'kind' | 'cause' | 'byHand' | 'liveChangedBy' | 'freezeOverride'> {
  return withoutUndefined({
    name: textOf(data['name']) ?? '',
    wanted: wantedOf(data['wanted']),
    revision: textOf(data['revision']) ?? '',
    planDigest: textOf(data['planDigest']) ?? '',
    fields: (data['fields'] ?? []) as unknown as readonly FieldChange[],
    kind: textOf(data['kind']) as ChangeKind | undefined,
    cause: textOf(data['cause']) as Cause | undefined,
    byHand: data['byHand'] as unknown as FlowTask['byHand'],
    liveChangedBy: textOf(data['liveChangedBy']),
    freezeOverride: textOf(data['freezeOverride']),
  });
}

/** How far it went. */
function writtenOf(
  data: JsonObject,
): Pick<FlowTask, 'conflicts'> &
  Pick<
    Partial<FlowTask>,
    'blocks' | 'writtenVersion' | 'lastUpdateAt' | 'overtaken' | 'conflictBy' | 'reason'
  > {
  return withoutUndefined({
    blocks: (data['blocks'] ?? undefined) as Settings | undefined,
    writtenVersion: numberOf(data['writtenVersion']),
    lastUpdateAt: numberOf(data['lastUpdateAt']),
    overtaken: data['overtaken'] === true,
    conflicts: numberOf(data['conflicts']) ?? 0,
    conflictBy: textOf(data['conflictBy']),
    reason: textOf(data['reason']),
  });
}

function wantedOf(value: Json | undefined): WantedFlow {
  const wanted = (value ?? {}) as JsonObject;
  return withoutUndefined({
    file: textOf(wanted['file']) ?? '',
    settings: (wanted['settings'] ?? {}) as Settings,
    declared: wanted['declared'] as Settings | undefined,
    hash: textOf(wanted['hash']) ?? '',
    ignore: (wanted['ignore'] ?? []) as unknown as readonly IgnoreRule[],
  });
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function numberOf(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
