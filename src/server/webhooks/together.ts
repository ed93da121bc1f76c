/**
 * Does one thing for all who ask for it at about the same time: who asks while it is being done waits for it to be
 * done once more, together with all others who ask meanwhile. Each is answered by work that started after he asked.
 */
export function makeTogether(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const begin = (): Promise<void> => {
    const mine = work().finally(() => {
      if (running === mine) running = undefined;
    });
    running = mine;
    return mine;
  };
  return () => {
    if (!running) return begin();
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return begin();
      });
    return next;
  };
}
