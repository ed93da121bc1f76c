/**
 * Does one thing for all who ask for it at about the same time: who asks while it is being done, or is being paused
 * after it, waits for it to be done once more, together with all others who ask meanwhile. Each is answered by work that
 * started after he asked; who asks alone does not wait.
 *
 * @param pause after each time
 */
export function makeTogether(
  work: () => Promise<void>,
  pause: () => Promise<void>,
): () => Promise<void> {
  let busy: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const begin = (): Promise<void> => {
    const mine = work();
    const over = mine
      .catch(() => undefined)
      .then(pause)
      .finally(() => {
        if (busy === over) busy = undefined;
      });
    busy = over;
    return mine;
  };
  return () => {
    if (!busy) return begin();
    next ??= busy.then(() => {
      next = undefined;
      return begin();
    });
    return next;
  };
}
