import { snapshotPathOf } from '../domain/flow-status.ts';
import { asFlowkeeperError, isError } from '../domain/errors.ts';
import type { FlowkeeperError } from '../domain/errors.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import type { FlowOutcome, OutcomeStatus } from '../domain/outcome.ts';
import { withoutUndefined } from '../domain/without-undefined.ts';
import type { FlowRecord, JournalEntry } from '../ports/state-store.ts';
import { makeAuditDraft } from './audit-draft.ts';
import { alertFight, makeFightDraft, openedFight } from './fight-alert.ts';
import type { OpenedFight } from './fight-alert.ts';
import { endNameOf, isEnd, runFlow } from './flow-machine.ts';
import type { EndName, Steps, Transition } from './flow-machine.ts';
import type { FlowTask } from './flow-task.ts';
import { isNoNews, nextRecord } from './next-record.ts';
import { recordByHand } from './record-by-hand.ts';
import { endOf } from './reported-error.ts';
import { stopsTheRun } from './stops-the-run.ts';
import { gate, intent, intentOf } from './steps/gate.ts';
import { recover } from './steps/recover.ts';
import { reload, reloadRestored } from './steps/reload.ts';
import { replan } from './steps/replan.ts';
import { rollback } from './steps/rollback.ts';
import { snapshot } from './steps/snapshot.ts';
import { verify } from './steps/verify.ts';
import { patch, readBack } from './steps/write.ts';

const STEPS: Steps<FlowTask> = {
  gate,
  intent,
  snapshot,
  replan,
  patch,
  'read-back': readBack,
  reload,
  verify,
  rollback,
  'reload-restored': reloadRestored,
  recover,
};

/** How a flow's way through the machine ended; `abandoned` and `pending` are nothing to tell. */
export type TaskEnd = FlowOutcome | 'abandoned' | 'pending';

/** True when the service did what it was asked, as far as this flow shows. */
export function endedWell(end: TaskEnd): boolean {
  return typeof end === 'object' && (end.status === 'applied' || end.status === 'in-sync');
}

/**
 * Takes one flow through the machine, with every transition in the journal before the next step, and with
 * status and audit written once, at the end of every path.
 *
 * A cancelled or expired run leaves the attempt open in the journal: the next start finds out by reading.
 * So does an error that nobody expected, and a flow that takes longer than it may; they end this flow and no other.
 *
 * @throws what makes the whole run stop: the state store failed
 */
export async function runFlowTask(given: FlowTask, start: 'gate' | 'recover'): Promise<TaskEnd> {
  const { limits, signal } = given.run;
  let task = given;
  try {
    return await limits.phase('flow', signal, (alive) => {
      task = { ...given, run: { ...given.run, signal: alive } };
      return go(task, start);
    });
  } catch (error) {
    if (signal.aborted) return interrupted(task, signal);
    if (stopsTheRun(error)) throw error;
    const reason: unknown = task.run.signal.reason;
    return isError(reason, 'deadline.flow') ? overdue(task, reason) : broken(task, error);
  }
}

async function go(task: FlowTask, start: 'gate' | 'recover'): Promise<TaskEnd> {
  const end = await runFlow(timed(task), task, start, (transition) => journal(task, transition));
  if (end === 'abandoned' || end === 'pending') return end;
  return task.outcome ?? outcomeOf(task, end);
}

/** The same steps, each measured. A step that runs twice is added up. */
function timed(task: FlowTask): Steps<FlowTask> {
  const { clock } = task.run.ports;
  const measured = Object.entries(STEPS).map(([name, step]) => [
    name,
    async (ctx: FlowTask) => {
      const startedAt = clock.monotonicMs();
      try {
        return await step(ctx);
      } finally {
        addTiming(ctx, name, clock.monotonicMs() - startedAt);
      }
    },
  ]);
  return Object.fromEntries(measured) as Steps<FlowTask>;
}

function addTiming(task: FlowTask, step: string, ms: number): void {
  const rounded = Math.round(ms);
  const known = task.timings.find((timing) => timing.step === step);
  if (known) known.ms += rounded;
  else task.timings.push({ step, ms: rounded });
}

async function journal(task: FlowTask, transition: Transition): Promise<void> {
  const { ports } = task.run;
  const { from, event, to } = transition;
  ports.log.debug(`${from}: ${event}`, { flowId: task.flowId, to });
  const entry = { ...transition, at: ports.clock.now(), data: memoryOf(task, to) };
  if (isEnd(to)) await conclude(task, endNameOf(to), entry);
  // before the intent there is nothing to remember
  else if (task.attemptId !== undefined)
    await ports.state.journal.append(task.attemptId, entry, task.run.lease.fencingToken);
}

/** Computes status and audit of an ended flow, and stores them with the journal's last entry. */
async function conclude(task: FlowTask, end: EndName, entry: JournalEntry): Promise<void> {
  const { attemptId } = task;
  const { journal, flows } = task.run.ports.state;
  const { fencingToken } = task.run.lease;
  if (end === 'pending') return;
  if (end === 'abandoned') {
    if (attemptId !== undefined) await journal.close(attemptId, entry, {}, fencingToken);
    return;
  }
  const outcome = outcomeOf(task, end);
  const { record, fight, isNews } = await recordOf(task, outcome, entry.at);
  // what became of the write is not known yet: the attempt stays open
  if (end === 'unresolved' || attemptId === undefined) {
    const events = fight ? [makeFightDraft(task, fight, entry.at)] : [];
    await flows.save(task.run.org, [record], events);
  } else {
    const audit = isNews ? await makeAuditDraft(task, { outcome, record }, entry.at) : undefined;
    await journal.close(attemptId, entry, { record, ...(audit && { audit }) }, fencingToken);
  }
  if (fight) alertFight(task, fight);
  task.outcome = outcome;
}

interface RecordedEnd {
  readonly record: FlowRecord;
  readonly fight: OpenedFight | undefined;
  readonly isNews: boolean;
}

/** What is now known of the flow, whether it is left alone from now on, and whether the outcome is any news. */
async function recordOf(task: FlowTask, outcome: FlowOutcome, now: number): Promise<RecordedEnd> {
  const { ports, org } = task.run;
  const known = await ports.state.flows.load(org, [task.flowId]);
  const previous = known.get(task.flowId);
  const { byHand } = task;
  const record = byHand
    ? recordByHand(previous, { ...task, byHand }, outcome, now)
    : nextRecord(previous, task, outcome, now);
  const isNews = byHand !== undefined || !isNoNews(previous?.status, task, outcome);
  return { record, fight: openedFight(previous?.fight, record.fight), isNews };
}

/** The run was cancelled, ran out of time, or lost its lease: nothing more is written anywhere. */
function interrupted(task: FlowTask, signal: AbortSignal): FlowOutcome {
  if (task.outcome) return task.outcome;
  task.error = endOf(undefined, task.run.org, signal);
  task.reason = task.error.message;
  return outcomeOf(task, task.sent === 'no' ? 'cancelled' : 'unresolved');
}

/** A fault of flowkeeper. Told loudly, kept to this flow, and found out about by the next run. */
async function broken(task: FlowTask, error: unknown): Promise<FlowOutcome> {
  const typed = asFlowkeeperError(error);
  const { flowId } = task;
  const stack = error instanceof Error ? error.stack : undefined;
  task.run.ports.log.error('an unexpected error ended the flow', {
    flowId,
    code: typed.code,
    stack,
  });
  return leftOpen(task, typed);
}

/** The flow took longer than it may. */
async function overdue(task: FlowTask, error: FlowkeeperError): Promise<FlowOutcome> {
  if (task.outcome) return task.outcome;
  const { flowId } = task;
  const { code, message } = error;
  task.run.ports.log.error('a flow took longer than it may', { flowId, code, reason: message });
  return leftOpen(task, error);
}

/** Its attempt stays open in the journal; the status tells of it. */
async function leftOpen(task: FlowTask, error: FlowkeeperError): Promise<FlowOutcome> {
  const { ports, org } = task.run;
  const { flowId } = task;
  task.error = error;
  task.reason = error.message;
  const isOpen = task.sent !== 'no' || task.maybeLanded !== undefined;
  const outcome = outcomeOf(task, isOpen ? 'unresolved' : 'failed');
  try {
    const { record } = await recordOf(task, outcome, ports.clock.now());
    await ports.state.flows.save(org, [record]);
  } catch (second) {
    if (stopsTheRun(second)) throw second;
    ports.log.error('its status could not be computed either', { flowId });
  }
  return outcome;
}

/** What a later process needs beyond the intent, as far as it is known by now. */
function memoryOf(task: FlowTask, to: string): JsonObject {
  // an attempt that goes on for a newer plan is about that one as soon as its write may be on its way
  const intent = to === 'patch' && task.pending ? { freezeOverride: null, ...intentOf(task) } : {};
  return withoutUndefined({
    ...intent,
    ...blocksIn(task, to),
    fields: to === 'patch' ? (task.fields as unknown as Json) : undefined,
    snapshotVersion: task.snapshot?.version,
    writtenVersion: task.writtenVersion,
    lastUpdateAt: task.lastUpdateAt,
    overtaken: task.overtaken,
    conflicts: task.conflicts > 0 ? task.conflicts : undefined,
    conflictBy: task.conflictBy,
    reason: task.reason,
  });
}

function blocksIn({ blocks }: FlowTask, to: string): JsonObject {
  if (to === 'patch' && blocks) return { blocks };
  return to === 'reload' && !blocks ? { blocks: null } : {};
}

/** The outcome as far as the task knows it. */
export function outcomeOf(task: FlowTask, status: OutcomeStatus): FlowOutcome {
  const { snapshot, run } = task;
  return withoutUndefined({
    flowId: task.flowId,
    name: task.name,
    status,
    ...whyOf(task, status),
    latencyMs: Math.round(run.ports.clock.monotonicMs() - task.startedMs),
    steps: task.timings,
    cause: task.cause,
    fields: task.fields,
    version: task.afterVersion ?? task.writtenVersion,
    snapshotPath: snapshot && snapshotPathOf(run.org, task.flowId, snapshot.version),
    reloadPending: task.reloadPending,
    freezeOverride: task.sent === 'no' ? undefined : task.freezeOverride,
    retryAt: status === 'deferred' ? task.retryAt : undefined,
  });
}

/** An applied flow has nothing to explain but a reload that failed. */
function whyOf(
  task: FlowTask,
  status: OutcomeStatus,
): Pick<FlowOutcome, 'reason' | 'code'> | undefined {
  const isApplied = status === 'applied';
  const error = isApplied ? reloadErrorOf(task) : task.error;
  const reason = isApplied ? error?.message : task.reason;
  return {
    ...(reason !== undefined && { reason }),
    ...(error && { code: error.code }),
  };
}

function reloadErrorOf({ reloadPending, reloadError }: FlowTask): FlowTask['reloadError'] {
  return reloadPending ? reloadError : undefined;
}
