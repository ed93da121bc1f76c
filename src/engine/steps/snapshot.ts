import { FlowkeeperError } from '../../domain/errors.ts';
import { hashOf } from '../../domain/hash.ts';
import type { LiveFlow } from '../../domain/flow.ts';
import { makeBlocks } from '../../plan/make-blocks.ts';
import type { Snapshot } from '../../ports/state-store.ts';
import type { EventOf } from '../flow-machine.ts';
import type { FlowTask } from '../flow-task.ts';
import { noteError } from './api-move.ts';
import { asFields, differencesOf, readLive } from './read-live.ts';

/**
 * Reads the flow again and stores it durably before anything is written.
 *
 * - `settled`: the fresh read shows nothing left to do
 * - `landed`: it shows that an earlier write of ours, whose answer was lost, did land
 * - `moved`: somebody wrote since the plan
 * - `saved`: the snapshot is on the disk and was read back equal
 */
export async function snapshot(task: FlowTask): Promise<EventOf<'snapshot'>> {
  const live = await readLive(task);
  if (!live) return task.error?.next === 'wait' ? 'throttled' : 'failed';
  const settings = live.settings ?? {};
  const differences = differencesOf(task, settings);
  if (differences.length === 0) return settle(task, live);
  if (task.expectedVersion !== undefined && live.version !== task.expectedVersion) {
    noteForeignWrite(task, live);
    task.expectedVersion = live.version;
    return 'moved';
  }

  const stored = await store(task, live);
  if (!stored) return 'failed';
  task.base = live;
  task.snapshot = stored;
  task.fields = asFields(task, differences);
  task.blocks = makeBlocks(task.wanted.settings, settings, {
    orgId: task.run.orgId,
    ignore: task.wanted.ignore,
    now: task.run.ports.clock.now(),
  });
  return 'saved';
}

/** Somebody wrote: plan this flow again with what is there now, a bounded number of times. */
export function replan(task: FlowTask): Promise<EventOf<'replan'>> {
  task.conflicts += 1;
  if (task.conflicts <= task.run.policy.apply.conflictRetries) return Promise.resolve('again');
  task.reason = `the flow was changed by others ${String(task.conflicts)} times while it was being updated`;
  return Promise.resolve('exhausted');
}

/** Keeps who wrote while we did, for the audit. */
export function noteForeignWrite(task: FlowTask, live: LiveFlow): void {
  const by = live.modifiedBy?.name ?? live.modifiedBy?.id;
  if (by !== undefined) task.conflictBy = by;
}

function settle(task: FlowTask, live: LiveFlow): EventOf<'snapshot'> {
  task.after = live.settings ?? {};
  if (task.maybeLanded && live.version > task.maybeLanded.baseVersion) {
    task.writtenVersion = live.version;
    task.lastUpdateAt = task.run.ports.clock.now();
    return 'landed';
  }
  task.base = live;
  return 'settled';
}

async function store(task: FlowTask, live: LiveFlow): Promise<Snapshot | undefined> {
  const { ports, org, runId } = task.run;
  const settings = live.settings ?? {};
  const wanted: Snapshot = {
    org,
    flowId: task.flowId,
    name: live.name,
    version: live.version,
    takenAt: new Date(ports.clock.now()).toISOString(),
    runId,
    hash: hashOf(settings),
    settings,
  };
  try {
    await ports.state.snapshots.put(wanted);
    const kept = await ports.state.snapshots.get(org, task.flowId, live.version);
    if (kept && hashOf(kept.settings) === wanted.hash) return kept;
    const reason = kept ? 'it reads back different' : 'it does not read back';
    throw new FlowkeeperError('snapshot.not-durable', `the snapshot was stored and ${reason}`, {
      flowId: task.flowId,
      reason,
    });
  } catch (error) {
    noteError(task, error);
    return undefined;
  }
}
