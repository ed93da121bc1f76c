import type { Json, JsonObject } from '../domain/json.ts';
import type { IgnoreRule, Settings } from '../domain/flow.ts';
import type { FlowOutcome } from '../domain/outcome.ts';
import type { FieldChange } from '../domain/plan.ts';
import { withoutUndefined } from '../domain/without-undefined.ts';
import type { UnfinishedAttempt } from '../ports/state-store.ts';
import type { FlowRun, FlowTask, WantedFlow } from './flow-task.ts';
import { runFlowTask } from './run-flow-task.ts';

/** Steps after which a write may be on its way. */
const WRITE_BEGUN: ReadonlySet<string> = new Set(['patch', 'read-back', 'reload', 'verify']);

export interface Recovered {
  readonly outcomes: readonly FlowOutcome[];
  /** Flows whose abandoned attempt may still land: the version it was based on, by flow. */
  readonly maybeLanded: ReadonlyMap<string, number>;
  /** Flows of which it still could not be read what became of them: not to be written. */
  readonly unresolved: ReadonlySet<string>;
}

/**
 * Finishes what a dead process (or a run that was cancelled) left open in the journal: by reading the flow, never by
 * writing blindly. One attempt after the other; there are at most as many as writes at once.
 */
export async function recoverAttempts(run: FlowRun): Promise<Recovered> {
  const unfinished = await run.ports.state.journal.unfinished(run.org);
  const outcomes: FlowOutcome[] = [];
  const maybeLanded = new Map<string, number>();
  for (const attempt of unfinished) {
    const task = await asTask(run, attempt);
    run.ports.log.warn('an attempt was left open; finding out what became of it', {
      flowId: attempt.flowId,
      attemptId: attempt.attemptId,
      step: attempt.entries.at(-1)?.to ?? 'intent',
    });
    const outcome = await runFlowTask(task, 'recover');
    if (outcome) outcomes.push(outcome);
    else if (task.snapshot && attempt.entries.some(({ to }) => WRITE_BEGUN.has(to)))
      maybeLanded.set(attempt.flowId, task.snapshot.version);
  }
  const open = outcomes.filter(({ status }) => status === 'unresolved');
  return { outcomes, maybeLanded, unresolved: new Set(open.map(({ flowId }) => flowId)) };
}

async function asTask(run: FlowRun, attempt: UnfinishedAttempt): Promise<FlowTask> {
  const data = attempt.entries.reduce<JsonObject>(
    (known, entry) => ({ ...known, ...entry.data }),
    attempt.data,
  );
  const version = numberOf(data['snapshotVersion']);
  const snapshot =
    version === undefined
      ? undefined
      : await run.ports.state.snapshots.get(run.org, attempt.flowId, version);
  return withoutUndefined({
    run: { ...run, runId: attempt.runId },
    flowId: attempt.flowId,
    name: textOf(data['name']),
    wanted: wantedOf(data['wanted']),
    revision: textOf(data['revision']),
    planDigest: textOf(data['planDigest']),
    startedAt: attempt.startedAt,
    timings: [],
    dependsOn: [],
    attemptId: attempt.attemptId,
    fields: (data['fields'] ?? []) as unknown as readonly FieldChange[],
    conflicts: numberOf(data['conflicts']) ?? 0,
    reloadPending: false,
    restoring: attempt.entries.some(({ to }) => to === 'rollback'),
    snapshot,
    base: snapshot && baseOf(attempt, snapshot),
    blocks: data['blocks'] as Settings | undefined,
    writtenVersion: numberOf(data['writtenVersion']),
    lastUpdateAt: numberOf(data['lastUpdateAt']),
    conflictBy: optionalText(data['conflictBy']),
    reason: optionalText(data['reason']),
  });
}

function baseOf(
  attempt: UnfinishedAttempt,
  snapshot: NonNullable<FlowTask['snapshot']>,
): NonNullable<FlowTask['base']> {
  const { name, version, settings } = snapshot;
  return { id: attempt.flowId, name, version, settings };
}

function wantedOf(value: Json | undefined): WantedFlow {
  const wanted = (value ?? {}) as JsonObject;
  return {
    file: textOf(wanted['file']),
    settings: (wanted['settings'] ?? {}) as Settings,
    hash: textOf(wanted['hash']),
    ignore: (wanted['ignore'] ?? []) as unknown as readonly IgnoreRule[],
  };
}

function textOf(value: Json | undefined): string {
  return optionalText(value) ?? '';
}

function optionalText(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function numberOf(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
