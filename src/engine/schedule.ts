export interface Schedule<T> {
  /** How many are worked on at once; at least 1. */
  readonly concurrency: number;
  readonly idOf: (item: T) => string;
  /** Ids of items that must have ended before this one starts; ids that are not scheduled do not count. */
  readonly after: (item: T) => readonly string[];
}

/**
 * Works on items in the given order, some at once. An item whose predecessors have not ended lets the next
 * ones pass, so that only what depends on a slow item waits for it. Rejects with the first error that
 * `work` throws, after those under way have ended; then nothing further is started.
 */
export async function runSchedule<T, R>(
  items: readonly T[],
  schedule: Schedule<T>,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const scheduled = new Set(items.map(schedule.idOf));
  const ended = new Set<string>();
  const waiting = [...items];
  const results = new Map<T, R>();
  let failure: { readonly error: unknown } | undefined;

  const isReady = (item: T): boolean =>
    schedule.after(item).every((id) => !scheduled.has(id) || ended.has(id));

  const takeNext = (): T | undefined => {
    const at = waiting.findIndex(isReady);
    return at < 0 ? undefined : waiting.splice(at, 1)[0];
  };

  const running = new Set<Promise<void>>();
  const start = (item: T): void => {
    const promise = work(item)
      .then((result) => void results.set(item, result))
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => {
        ended.add(schedule.idOf(item));
        running.delete(promise);
      });
    running.add(promise);
  };

  for (;;) {
    while (!failure && running.size < Math.max(1, schedule.concurrency)) {
      const item = takeNext();
      if (item === undefined) break;
      start(item);
    }
    if (running.size === 0) break;
    await Promise.race(running);
  }
  if (failure) throw failure.error;
  if (waiting.length > 0) throw new Error('flows wait for each other in a circle');
  return items.map((item) => results.get(item) as R);
}
