import { isError } from '../../domain/errors.ts';
import type { LiveFlow } from '../../domain/flow.ts';
import { restoreBlocks, sameSettings } from '../../plan/make-blocks.ts';
import type { Snapshot } from '../../ports/state-store.ts';
import type { EventOf } from '../flow-machine.ts';
import type { FlowTask } from '../flow-task.ts';
import { isSurelyUnwritten, noteError, rethrowIfAborted } from './api-move.ts';
import { poll } from './poll.ts';
import { isGone, noteAfter, noteForeignWrite, readLive } from './read-live.ts';

const MAX_WRITES = 3;
const RETRY_DELAY_MS = 1000;

/**
 * Puts the snapshot back whole, but only over what we wrote ourselves, with a fresh version, and reads
 * whether it is there. What a third party wrote meanwhile is not touched: a human is told.
 */
export async function rollback(task: FlowTask): Promise<EventOf<'rollback'>> {
  const { snapshot } = task;
  if (!snapshot) throw new Error('rollback before snapshot');
  const why = { error: task.error, reason: task.reason };
  for (let attempt = 1; ; attempt += 1) {
    const live = await readLive(task);
    if (!live) return unread(task, why);
    const found = judge(task, snapshot, live);
    if (found !== 'ours') return ended(task, why, found);
    const answer = await putBack(task, snapshot, live);
    if (answer === 'accepted') return ended(task, why, await confirm(task, snapshot, live));
    if (answer === 'refused' || attempt >= MAX_WRITES) return ended(task, why, 'failed');
    await task.run.ports.clock.sleep(RETRY_DELAY_MS * attempt, task.run.signal);
  }
}

interface Why {
  readonly error: FlowTask['error'] | undefined;
  readonly reason: string | undefined;
}
type Found = 'restored' | 'foreign' | 'failed' | 'unreadable';

function judge(task: FlowTask, snapshot: Snapshot, live: LiveFlow): 'ours' | Found {
  const settings = noteAfter(task, live);
  if (sameSettings(snapshot.settings, settings)) return 'restored';
  const ours = task.writtenVersion ?? snapshot.version;
  if (live.version === ours) return 'ours';
  if (live.version < ours) return 'failed';
  noteForeignWrite(task, live);
  return 'foreign';
}

async function putBack(
  task: FlowTask,
  snapshot: Snapshot,
  live: LiveFlow,
): Promise<'accepted' | 'refused' | 'again'> {
  await task.run.place.take('first', task.run.signal);
  await task.run.lease.confirm();
  task.sent = 'now';
  try {
    const blocks = restoreBlocks(snapshot.settings, live.settings ?? {});
    await task.run.ports.backend.write(live, blocks, task.run.signal);
    noteStored(task);
    delete task.restoreInDoubt;
    return 'accepted';
  } catch (error) {
    rethrowIfAborted(task, error);
    const { code } = noteError(task, error);
    if (!isSurelyUnwritten(code)) {
      noteStored(task);
      task.restoreInDoubt = true;
    }
    const isFinal = isError(error, 'api.refused') || isError(error, 'api.forbidden');
    return isFinal ? 'refused' : 'again';
  } finally {
    task.lastUpdateAt = task.run.ports.clock.now();
  }
}

/** Should it not verify, nobody reloads what was put back: it is told, and a later run asks for it. */
function noteStored(task: FlowTask): void {
  task.reloadPending = true;
  task.run.reloader.noteStored();
}

/** Reads until the snapshot is there. What is there instead, past the version of our write, is somebody's. */
function confirm(task: FlowTask, snapshot: Snapshot, before: LiveFlow): Promise<Found> {
  return poll(task, async () => {
    const live = await readLive(task);
    if (!live) return { event: 'unreadable', isFinal: false };
    const settings = noteAfter(task, live);
    if (sameSettings(snapshot.settings, settings)) return { event: 'restored', isFinal: true };
    if (live.version <= before.version + 1) return { event: 'failed', isFinal: false };
    noteForeignWrite(task, live);
    return { event: 'foreign', isFinal: true };
  });
}

function unread(task: FlowTask, why: Why): EventOf<'rollback'> {
  return isGone(task) ? ended(task, why, 'foreign') : 'unreadable';
}

/** What is told is first of all why it came to a rollback. */
function ended(task: FlowTask, why: Why, found: Found): EventOf<'rollback'> {
  const failure = task.error === why.error ? undefined : task.error;
  if (why.error) task.error = why.error;
  else delete task.error;
  task.reason = [why.reason ?? 'the write did not verify', wordsOf(task, found, failure?.message)]
    .filter((part) => part !== '')
    .join('; ');
  return found;
}

function wordsOf(task: FlowTask, found: Found, failure: string | undefined): string {
  if (found === 'foreign') {
    const version = String(task.afterVersion ?? '');
    return isGone(task)
      ? 'the flow was deleted meanwhile'
      : `somebody wrote version ${version} meanwhile, so nothing was put back`;
  }
  if (found !== 'failed') return '';
  return `the snapshot could not be put back${failure === undefined ? '' : `: ${failure}`}`;
}
