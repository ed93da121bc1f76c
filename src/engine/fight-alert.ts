import type { AuditDraft } from '../domain/audit.ts';
import type { Fight, FightBreaker } from '../domain/fight.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import { withoutUndefined } from '../domain/without-undefined.ts';
import { endOfPause } from '../gates/fighting.ts';
import { makeEventDraft } from './event-draft.ts';
import type { FlowTask } from './flow-task.ts';

/** A flow that is left alone from now on. */
export type OpenedFight = Fight & { readonly breaker: FightBreaker };

/** Undefined when the flow was left alone before, or is not. */
export function openedFight(
  previous: Fight | undefined,
  next: Fight | undefined,
): OpenedFight | undefined {
  const { breaker } = next ?? {};
  const isNew = breaker !== undefined && breaker.openedAt !== previous?.breaker?.openedAt;
  return next && isNew ? { ...next, breaker } : undefined;
}

/** What people are alerted of, once for each time that a flow is left alone. */
export function alertFight({ run, flowId, name, reason }: FlowTask, fight: OpenedFight): void {
  run.ports.log.error('others keep changing a flow: it is left alone for a while', {
    code: 'gate.fighting',
    flowId,
    name,
    reason,
    ...factsOf(fight),
  });
}

/** The same, for the audit. */
export function makeFightDraft(task: FlowTask, fight: OpenedFight, now: number): AuditDraft {
  const { run, flowId, name, revision, planDigest, fields, wanted, reason } = task;
  return makeEventDraft(run.ports.ids, {
    event: 'flow.fighting',
    status: 'deferred',
    at: now,
    runId: run.runId,
    flowId,
    revision,
    planDigest,
    details: withoutUndefined({
      name,
      file: wanted.file,
      code: 'gate.fighting',
      reason,
      fields: fields as unknown as Json,
      desiredHash: wanted.hash,
      ...factsOf(fight),
    }),
  });
}

function factsOf({ corrections, breaker }: OpenedFight): JsonObject {
  return withoutUndefined({
    corrections: corrections.map(({ at, by }) => withoutUndefined({ at: iso(at), by })),
    liveChangedBy: breaker.by,
    until: iso(endOfPause(breaker)),
  });
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
