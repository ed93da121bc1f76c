import type { Random } from './random.ts';

/** Runs `run` after `ms` milliseconds; the answer cancels it. */
export type SetTimer = (run: () => void, ms: number) => () => void;

/** Milliseconds, always the same or spread evenly between two bounds (both included). */
export type Latency = number | { readonly minMs: number; readonly maxMs: number };

export const realTimer: SetTimer = (run, ms) => {
  const timer = setTimeout(run, ms);
  return () => {
    clearTimeout(timer);
  };
};

/** A function that says how long the next request takes. */
export function latencySource(latency: Latency, random: Random): () => number {
  if (typeof latency === 'number') return () => latency;
  const { minMs, maxMs } = latency;
  return () => Math.floor(minMs + random() * (maxMs - minMs + 1));
}

/** Every wait of one simulator, so that closing it leaves no timer behind. */
export class Waits {
  readonly #setTimer: SetTimer;
  readonly #cancels = new Set<() => void>();

  constructor(setTimer: SetTimer) {
    this.#setTimer = setTimer;
  }

  /** Calls `run` after `ms`, at once for 0. The answer cancels it. */
  after(ms: number, run: () => void): () => void {
    if (ms <= 0) {
      run();
      return () => undefined;
    }
    let cancelTimer = (): void => undefined;
    const cancel = (): void => {
      this.#cancels.delete(cancel);
      cancelTimer();
    };
    this.#cancels.add(cancel);
    // an injected timer may be due before it returns
    cancelTimer = this.#setTimer(() => {
      this.#cancels.delete(cancel);
      run();
    }, ms);
    return cancel;
  }

  /** Never settles once `cancelAll` was called before its time. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(ms, resolve);
    });
  }

  cancelAll(): void {
    for (const cancel of [...this.#cancels]) cancel();
  }
}
