export interface Reloader {
  /** Asks for a reload that starts after the call; resolves when it ended, rejects as it failed. */
  reload(): Promise<void>;
  /** True when the last reload that ended has succeeded: all that had been stored before it is in effect. */
  readonly isCaughtUp: boolean;
}

/**
 * Shares reloads among the flows of one org. A reload is for the whole org, so whoever asks while one is
 * in flight gets the next one, together with everybody else who asks meanwhile:
 *
 *     ask A ──► reload 1 ─────────┐
 *        ask B ─┐                 ▼
 *        ask C ─┴──────────► reload 2 (started after B and C asked)
 *
 * So every write is followed by a reload that started after it, with as few calls as that allows.
 */
export function makeReloader(send: () => Promise<void>): Reloader {
  let inFlight: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let isCaughtUp = false;

  const run = async (): Promise<void> => {
    isCaughtUp = false;
    await send();
    isCaughtUp = true;
  };
  const start = (): Promise<void> => {
    const running = run().finally(() => {
      if (inFlight === running) inFlight = undefined;
    });
    inFlight = running;
    return running;
  };

  return {
    get isCaughtUp() {
      return isCaughtUp;
    },
    reload() {
      if (inFlight === undefined) return start();
      next ??= inFlight
        .catch(() => undefined)
        .then(() => {
          next = undefined;
          return start();
        });
      return next;
    },
  };
}
