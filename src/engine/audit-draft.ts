import type { AuditDraft, AuditEvent } from '../domain/audit.ts';
import { hashOf } from '../domain/hash.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import type { FlowOutcome, OutcomeStatus } from '../domain/outcome.ts';
import { withoutUndefined } from '../domain/without-undefined.ts';
import type { FlowRecord } from '../ports/state-store.ts';
import type { FlowTask } from './flow-task.ts';

const EVENT_OF: Partial<Record<OutcomeStatus, AuditEvent>> = {
  applied: 'flow.updated',
  'rolled-back': 'flow.rolled-back',
  stuck: 'flow.update-failed',
  conflict: 'flow.update-failed',
  failed: 'flow.update-failed',
};

/**
 * The audit record of an ended attempt, before it takes its place in the chain; undefined where nothing was
 * tried: a gate held it, or it failed before anything was sent. Of a write that was overtaken nobody knows
 * whether it ever stood, so it is recorded, however the attempt ended.
 *
 * @param end how it ended, and what is known of the flow from now on
 */
export async function makeAuditDraft(
  task: FlowTask,
  end: { readonly outcome: FlowOutcome; readonly record: FlowRecord },
  now: number,
): Promise<AuditDraft | undefined> {
  const { outcome, record } = end;
  const event = eventOf(task, outcome);
  if (event === undefined || task.attemptId === undefined) return undefined;
  if (outcome.status === 'failed' && task.sent === 'no') return undefined;
  return {
    attemptId: task.attemptId,
    timestamp: new Date(now).toISOString(),
    event,
    runId: task.run.runId,
    flowId: task.flowId,
    status: outcome.status,
    latencyMs: outcome.latencyMs,
    revision: task.revision,
    author: task.byHand ? null : await task.run.authorOf(task.wanted.file, task.revision),
    planDigest: task.planDigest,
    beforeHash: task.snapshot?.hash ?? null,
    afterHash: task.after ? hashOf(task.after) : null,
    details: withoutUndefined({
      ...detailsOf(task, outcome),
      // nowhere else than in the state store, which may be lost
      displaced: record.applied?.displaced,
    }),
  };
}

function eventOf({ byHand, overtaken }: FlowTask, { status }: FlowOutcome): AuditEvent | undefined {
  if (byHand && status === 'applied') return 'flow.rolled-back-by-hand';
  return EVENT_OF[status] ?? (overtaken === true ? 'flow.update-failed' : undefined);
}

function detailsOf(task: FlowTask, outcome: FlowOutcome): JsonObject {
  return withoutUndefined({
    name: task.name,
    file: task.wanted.file,
    kind: task.kind,
    cause: outcome.cause,
    by: task.byHand?.by,
    restoredVersion: task.byHand?.toVersion,
    fields: outcome.fields as unknown as Json,
    desiredHash: task.wanted.hash,
    versionBefore: task.snapshot?.version,
    versionAfter: outcome.version,
    snapshot: outcome.snapshotPath,
    steps: Object.fromEntries(outcome.steps.map(({ step, ms }) => [step, ms])),
    reason: outcome.reason,
    code: outcome.code,
    liveChangedBy: task.liveChangedBy,
    freezeOverride: task.freezeOverride,
    conflicts: task.conflicts > 0 ? task.conflicts : undefined,
    conflictWith: task.conflictBy,
    reloadPending: outcome.reloadPending ? true : undefined,
    recovered: task.change ? undefined : true,
  });
}
