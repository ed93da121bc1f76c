import { FlowkeeperError } from '../../domain/errors.ts';
import type { LiveFlow, Settings } from '../../domain/flow.ts';
import { hashOf } from '../../domain/hash.ts';
import { makeBlocks, restoreBlocks } from '../../plan/make-blocks.ts';
import type { Snapshot } from '../../ports/state-store.ts';
import type { EventOf } from '../flow-machine.ts';
import type { FlowTask } from '../flow-task.ts';
import { noteError, orInDoubt, rethrowIfAborted } from './api-move.ts';
import { asFields, differencesOf, noteForeignWrite, noteLanded, readLive } from './read-live.ts';

/**
 * Reads the flow again and stores it durably before anything is written.
 *
 * - `settled`: the fresh read shows nothing left to do
 * - `landed`: it shows that an earlier write of ours, whose answer was lost, did land
 * - `moved`: somebody wrote since the plan
 * - `saved`: the snapshot is on the disk and was read back equal
 */
export async function snapshot(task: FlowTask): Promise<EventOf<'snapshot'>> {
  // for the record that will be made at the end; git may take longer than the service
  void task.run.authorOf(task.wanted.file, task.revision);
  const live = await readLive(task);
  if (!live) return orInDoubt(task, task.error?.next === 'wait' ? 'throttled' : 'failed');
  const settings = live.settings ?? {};
  const differences = differencesOf(task, settings);
  if (differences.length === 0) return settle(task, live);
  if (isOver(task.maybeLanded, live)) delete task.maybeLanded;
  if (hasMoved(task, live)) {
    noteForeignWrite(task, live);
    if (task.expectedVersion !== undefined) {
      task.expectedVersion = live.version;
      return 'moved';
    }
  }

  const stored = await store(task, live, settings);
  if (!stored) return orInDoubt(task, 'failed');
  task.base = live;
  task.expectedVersion = live.version;
  task.snapshot = stored;
  task.fields = asFields(task, differences);
  task.blocks = blocksOf(task, settings);
  return 'saved';
}

/** A snapshot goes back whole, as it was taken; what git says goes into what is there. */
function blocksOf({ byHand, wanted, run }: FlowTask, live: Settings): Settings {
  if (byHand) return restoreBlocks(byHand.settings, live);
  const { settings, ignore } = wanted;
  return makeBlocks(settings, live, { orgId: run.orgId, ignore, now: run.ports.clock.now() });
}

/** A flow that has a later version refuses a write that was based on an earlier one. */
function isOver(lost: FlowTask['maybeLanded'], live: LiveFlow): boolean {
  return lost !== undefined && live.version > lost.baseVersion;
}

/** True when somebody wrote since the plan, or since we last looked. */
function hasMoved({ expectedVersion, base }: FlowTask, live: LiveFlow): boolean {
  const known = expectedVersion ?? base?.version;
  return known !== undefined && live.version !== known;
}

function settle(task: FlowTask, live: LiveFlow): EventOf<'snapshot'> {
  task.after = live.settings ?? {};
  if (isOver(task.maybeLanded, live)) {
    noteLanded(task, live);
    return 'landed';
  }
  task.base = live;
  delete task.error;
  delete task.reason;
  return orInDoubt(task, 'settled');
}

async function store(
  task: FlowTask,
  live: LiveFlow,
  settings: Settings,
): Promise<Snapshot | undefined> {
  const { ports, org, runId } = task.run;
  const { snapshots } = ports.state;
  const hash = hashOf(settings);
  const { flowId } = task;
  try {
    // an attempt that came to nothing left the very same one: it is not published twice
    const known = await snapshots.get(org, flowId, live.version);
    if (holds(known, hash)) return known;
    const takenAt = new Date(ports.clock.now()).toISOString();
    const { name, version } = live;
    await snapshots.put({ org, flowId, name, version, takenAt, runId, hash, settings });
    const kept = await snapshots.get(org, flowId, version);
    if (holds(kept, hash)) return kept;
    const reason = kept ? 'it reads back different' : 'it does not read back';
    const message = `the snapshot was stored and ${reason}`;
    throw new FlowkeeperError('snapshot.not-durable', message, { flowId, reason });
  } catch (error) {
    rethrowIfAborted(task, error);
    noteError(task, error);
    return undefined;
  }
}

function holds(snapshot: Snapshot | undefined, hash: string): boolean {
  return snapshot !== undefined && hashOf(snapshot.settings) === hash;
}
