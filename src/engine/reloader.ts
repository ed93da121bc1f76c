/** Asks for a reload that starts after the call; resolves when it ended, rejects as it failed. */
export type Reloader = () => Promise<void>;

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
export function makeReloader(reload: () => Promise<void>): Reloader {
  let inFlight: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  const start = (): Promise<void> => {
    const running = reload().finally(() => {
      if (inFlight === running) inFlight = undefined;
    });
    inFlight = running;
    return running;
  };

  return () => {
    if (inFlight === undefined) return start();
    next ??= inFlight
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return start();
      });
    return next;
  };
}
