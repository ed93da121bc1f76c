import type { Clock } from '../../ports/clock.ts';

/** The longest that a timer of Node can wait; longer waits are made of several. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep: async (ms, signal) => {
    const endMs = performance.now() + ms;
    do {
      await sleepOnce(Math.min(Math.max(0, endMs - performance.now()), MAX_TIMER_MS), signal);
      // a timer may fire a fraction of a millisecond early
    } while (performance.now() < endMs);
  },
  alarm: (ms, ring) => {
    const timer = setTimeout(ring, Math.min(Math.max(0, Math.ceil(ms)), MAX_TIMER_MS));
    return () => {
      clearTimeout(timer);
    };
  },
};

function sleepOnce(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, Math.ceil(ms));
    signal.addEventListener('abort', stop, { once: true });
  });
}
