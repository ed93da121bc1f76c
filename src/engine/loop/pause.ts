import type { Clock } from '../../ports/clock.ts';

/** @returns false when the signal aborted before the time was over; never rejects */
export async function pause(
  clock: Pick<Clock, 'sleep'>,
  ms: number,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await clock.sleep(ms, signal);
    return true;
  } catch {
    return false;
  }
}
