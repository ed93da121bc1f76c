import type { LiveFlow } from '../../domain/flow.ts';
import type { EventOf } from '../flow-machine.ts';
import type { FlowTask } from '../flow-task.ts';
import { carriesOurWrite, differencesOf, readLive } from './read-live.ts';
import { noteForeignWrite } from './snapshot.ts';

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 5000;

/**
 * Reads the flow until the service says what was written, or `verifyTimeout` is over.
 *
 * | what is read                                | reports      |
 * |---------------------------------------------|--------------|
 * | everything we wrote, at whatever version    | `match`      |
 * | a later version that lacks part of it       | `foreign`    |
 * | our version (or an earlier one), to the end | `mismatch`   |
 * | nothing, to the end                         | `unreadable` |
 */
export async function verify(task: FlowTask): Promise<EventOf<'verify'>> {
  const { clock } = task.run.ports;
  const deadline = clock.monotonicMs() + task.run.policy.apply.verifyTimeoutMs;
  for (let delayMs = FIRST_DELAY_MS; ; delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS)) {
    const live = await readLive(task);
    const event = live ? judge(task, live) : 'unreadable';
    if (event === 'match' || event === 'foreign') return event;
    const leftMs = deadline - clock.monotonicMs();
    if (leftMs <= 0) return event;
    await clock.sleep(Math.min(delayMs, leftMs), task.run.signal);
  }
}

function judge(task: FlowTask, live: LiveFlow): EventOf<'verify'> {
  const settings = live.settings ?? {};
  task.after = settings;
  task.afterVersion = live.version;
  if (carriesOurWrite(task, settings)) {
    delete task.error;
    delete task.reason;
    return 'match';
  }
  if (live.version > (task.writtenVersion ?? 0)) {
    noteForeignWrite(task, live);
    task.reason = `somebody wrote version ${String(live.version)} right after ours`;
    return 'foreign';
  }
  const paths = differencesOf(task, settings).map((difference) => difference.path);
  task.reason =
    paths.length > 0
      ? `the service does not show what was written: ${paths.join(', ')}`
      : 'the service lost settings that were to stay as they were';
  return 'mismatch';
}
