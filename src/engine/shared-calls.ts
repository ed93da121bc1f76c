/**
 * Shares calls that are for everybody, as a reload is for the whole org. Whoever asks while one is in flight gets the
 * next one, together with everybody else who asks meanwhile:
 *
 *     ask A ──► call 1 ───────────┐
 *        ask B ─┐                 ▼
 *        ask C ─┴──────────► call 2 (started after B and C asked)
 *
 * So each who asks gets a call that started after that, with as few calls as that allows.
 */
export function shareCalls<T>(call: () => Promise<T>): () => Promise<T> {
  let inFlight: Promise<T> | undefined;
  let next: Promise<T> | undefined;

  const start = (): Promise<T> => {
    const running = call().finally(() => {
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
