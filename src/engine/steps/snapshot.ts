import type { LiveFlow, Settings } from '../../domain/flow.ts';
import { makeBlocks, restoreBlocks, withoutEmptied } from '../../plan/make-blocks.ts';
import type { Snapshot } from '../../ports/state-store.ts';
import type { EventOf } from '../flow-machine.ts';
import type { FlowTask } from '../flow-task.ts';
import { unpushedVerdict } from '../push-snapshots.ts';
import { storeSnapshot } from '../store-snapshot.ts';
import { noteError, orInDoubt, rethrowIfAborted } from './api-move.ts';
import { asFields, differencesOf, noteForeignWrite, noteLanded, readLive } from './read-live.ts';

/**
 * Reads the flow again and stores it durably before anything is written.
 *
 * - `settled`: the fresh read shows nothing left to do
 * - `landed`: it shows that an earlier write of ours, whose answer was lost, did land
 * - `moved`: somebody wrote since the plan
 * - `unpushed`: policy wants the snapshot on the status branch before the write, and it could not be brought there
 * - `saved`: the snapshot is on the disk and was read back equal, and is on the status branch where policy wants that
 */
export async function snapshot(task: FlowTask): Promise<EventOf<'snapshot'>> {
  // for the record that will be made at the end; git may take longer than the service
  void task.run.authorOf(task.wanted.file, task.revision);
  const live = await readLive(task);
  if (!live) return orInDoubt(task, task.error?.next === 'wait' ? 'throttled' : 'failed');
  const settings = live.settings ?? {};
  const differences = differencesOf(task, settings);
  if (differences.length === 0) return settle(task, live);
  if (isOver(task.maybeLanded, live)) {
    delete task.maybeLanded;
    task.overtaken = true;
    // what is there may be what the service made of our write: should the way end here, nobody has reloaded it
    task.reloadPending = true;
    task.run.reloader.noteStored();
  }
  if (hasMoved(task, live)) {
    noteForeignWrite(task, live);
    if (task.expectedVersion !== undefined) {
      task.expectedVersion = live.version;
      task.fields = asFields(task, differences);
      return 'moved';
    }
  }

  const stored = await store(task, live);
  if (!stored) return orInDoubt(task, 'failed');
  task.base = live;
  task.expectedVersion = live.version;
  task.snapshot = stored;
  task.fields = asFields(task, differences);
  task.blocks = blocksOf(task, settings);
  return pushed(task, stored);
}

/** A snapshot goes back whole, as it was taken; what git says goes into what is there. */
function blocksOf({ byHand, wanted, run }: FlowTask, live: Settings): Settings {
  if (byHand) return restoreBlocks(byHand.settings, live);
  const { settings, ignore, vanishing = [] } = wanted;
  const context = { orgId: run.orgId, ignore, now: run.ports.clock.now() };
  return withoutEmptied(makeBlocks(settings, live, context), vanishing);
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
    // it was another process that sent it
    if (!task.snapshot) Object.assign(task, task.pending?.written);
    noteLanded(task, live);
    return 'landed';
  }
  task.base = live;
  delete task.error;
  delete task.reason;
  return orInDoubt(task, 'settled');
}

async function store(task: FlowTask, live: LiveFlow): Promise<Snapshot | undefined> {
  try {
    return await storeSnapshot(task.run, live);
  } catch (error) {
    rethrowIfAborted(task, error);
    noteError(task, error);
    return undefined;
  }
}

/** Mostly it was pushed before the first flow was written; one that others wrote since has a newer snapshot. */
async function pushed(task: FlowTask, snapshot: Snapshot): Promise<EventOf<'snapshot'>> {
  const { pushSnapshots, signal } = task.run;
  const error = await pushSnapshots?.([snapshot]);
  signal.throwIfAborted();
  if (!error) return 'saved';
  const verdict = unpushedVerdict(1, error);
  task.verdict = verdict;
  task.reason = verdict.reason;
  delete task.error;
  return orInDoubt(task, 'unpushed');
}
