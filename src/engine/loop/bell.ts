import type { Clock } from '../../ports/clock.ts';
import { pause } from './pause.ts';

/** Wakes one who waits. Rung while nobody waits, it wakes the next one at once; rung often, it wakes once. */
export interface Bell {
  ring(): void;
  /** Resolves when rung, when the time is over, or when the signal aborts; never rejects. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export function makeBell(clock: Pick<Clock, 'sleep'>): Bell {
  let rung = false;
  let waiting: AbortController | undefined;
  return {
    ring() {
      rung = true;
      waiting?.abort();
    },
    async wait(ms, signal) {
      if (!rung && !signal.aborted) {
        waiting = new AbortController();
        await pause(clock, ms, AbortSignal.any([signal, waiting.signal]));
        waiting = undefined;
      }
      rung = false;
    },
  };
}
