/** Time as the engine sees it. Nothing inside the edge asks the machine for the time. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Milliseconds from an unnamed start; never jumps, for measuring. */
  monotonicMs(): number;
  /** Resolves after `ms`; rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** Calls `ring` once, after `ms`, unless it is dismissed before: by calling what this returns. Nobody waits for it. */
  alarm(ms: number, ring: () => void): () => void;
}
