import type { FlowTask } from '../flow-task.ts';

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 5000;

/** Looks until what it sees is final, or `verifyTimeout` is over; resolves with what was seen last. */
export async function poll<E>(
  task: FlowTask,
  look: () => Promise<{ readonly event: E; readonly isFinal: boolean }>,
): Promise<E> {
  const { clock } = task.run.ports;
  const deadline = clock.monotonicMs() + task.run.policy.apply.verifyTimeoutMs;
  for (let delayMs = FIRST_DELAY_MS; ; delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS)) {
    const { event, isFinal } = await look();
    const leftMs = deadline - clock.monotonicMs();
    if (isFinal || leftMs <= 0) return event;
    await clock.sleep(Math.min(delayMs, leftMs), task.run.signal);
  }
}
