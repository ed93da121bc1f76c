import type { JsonObject } from '../domain/json.ts';
import type { FlowOutcome, OutcomeStatus } from '../domain/outcome.ts';
import { snapshotPathOf } from '../domain/flow-status.ts';
import { asFlowkeeperError } from '../domain/errors.ts';
import { withoutUndefined } from '../domain/without-undefined.ts';
import { endNameOf, isEnd, runFlow } from './flow-machine.ts';
import type { EndName, Steps, Transition } from './flow-machine.ts';
import { makeAuditDraft } from './audit-draft.ts';
import type { FlowTask } from './flow-task.ts';
import { nextRecord } from './next-record.ts';
import { gate, intent } from './steps/gate.ts';
import { recover } from './steps/recover.ts';
import { reload, reloadRestored } from './steps/reload.ts';
import { rollback } from './steps/rollback.ts';
import { replan, snapshot } from './steps/snapshot.ts';
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

/**
 * Takes one flow through the machine, with every transition in the journal before the next step, and with
 * status and audit written once, at the end of every path.
 *
 * A cancelled or expired run leaves the attempt open in the journal: the next start finds out by reading.
 * Resolves undefined when there is nothing to tell (`abandoned`).
 *
 * @throws only what makes the whole run stop (the state store failed, a bug)
 */
export async function runFlowTask(
  task: FlowTask,
  start: 'gate' | 'recover',
): Promise<FlowOutcome | undefined> {
  try {
    const end = await runFlow(timed(task), task, start, (transition) => journal(task, transition));
    if (end === 'abandoned') return undefined;
    return task.outcome ?? outcomeOf(task, end);
  } catch (error) {
    if (!task.run.signal.aborted) throw error;
    const typed = asFlowkeeperError(task.run.signal.reason);
    task.reason = typed.message;
    return outcomeOf(task, task.blocks ? 'unresolved' : 'cancelled');
  }
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
  const at = ports.clock.now();
  const { attemptId } = task;
  ports.log.debug(`${transition.from}: ${transition.event}`, {
    flowId: task.flowId,
    to: transition.to,
  });
  const entry = { ...transition, at, data: memoryOf(task, transition.to) };
  if (!isEnd(transition.to)) {
    // before the intent there is nothing to remember
    if (attemptId !== undefined) await ports.state.journal.append(attemptId, entry);
    return;
  }
  await conclude(task, endNameOf(transition.to), at, (record, audit) =>
    attemptId === undefined
      ? undefined
      : ports.state.journal.close(attemptId, entry, {
          ...(record && { record }),
          ...(audit && { audit }),
        }),
  );
}

type Conclusion = [
  record: ReturnType<typeof nextRecord> | undefined,
  audit: Awaited<ReturnType<typeof makeAuditDraft>>,
];

/** Computes status and audit of an ended flow, and stores them with the journal's last entry. */
async function conclude(
  task: FlowTask,
  end: EndName,
  now: number,
  close: (...conclusion: Conclusion) => Promise<void> | undefined,
): Promise<void> {
  const { ports, org } = task.run;
  if (end === 'abandoned') {
    await close(undefined, undefined);
    return;
  }
  const outcome = outcomeOf(task, end);
  task.outcome = outcome;
  const known = await ports.state.flows.load(org, [task.flowId]);
  const record = nextRecord(known.get(task.flowId), task, outcome, now);
  // what became of the write is not known yet: the attempt stays open
  if (end === 'unresolved' || task.attemptId === undefined) {
    await ports.state.flows.save(org, [record]);
    return;
  }
  await close(record, await makeAuditDraft(task, outcome, now));
}

/** What a later process needs beyond the intent, as far as it is known by now. */
function memoryOf(task: FlowTask, to: string): JsonObject {
  return withoutUndefined({
    blocks: to === 'patch' ? task.blocks : undefined,
    snapshotVersion: task.snapshot?.version,
    writtenVersion: task.writtenVersion,
    lastUpdateAt: task.lastUpdateAt,
    conflicts: task.conflicts > 0 ? task.conflicts : undefined,
    conflictBy: task.conflictBy,
    reason: task.reason,
  });
}

/** The outcome as far as the task knows it. */
export function outcomeOf(task: FlowTask, status: OutcomeStatus): FlowOutcome {
  const { snapshot } = task;
  const applied = status === 'applied';
  return withoutUndefined({
    flowId: task.flowId,
    name: task.name,
    status,
    reason: applied ? undefined : task.reason,
    code: applied ? undefined : task.error?.code,
    latencyMs: task.timings.reduce((sum, { ms }) => sum + ms, 0),
    steps: task.timings,
    cause: task.change?.cause,
    fields: task.fields,
    version: task.afterVersion ?? task.writtenVersion,
    snapshotPath: snapshot && snapshotPathOf(task.run.org, task.flowId, snapshot.version),
    reloadPending: task.reloadPending,
    retryAt: task.retryAt,
  });
}
