import pLimit from 'p-limit';

/** Runs pieces of work one after the other. */
export type Serial = <T>(signal: AbortSignal, work: () => Promise<T>) => Promise<T>;

/** @returns a runner that starts no work whose signal aborted while it waited for its turn */
export function makeSerial(): Serial {
  const limit = pLimit(1);
  return async (signal, work) => {
    signal.throwIfAborted();
    const aborted = Promise.withResolvers<never>();
    const onAbort = (): void => {
      aborted.reject(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    const turn = limit(() => {
      // from here on the work itself answers to the signal, and cleans up before it ends
      signal.removeEventListener('abort', onAbort);
      signal.throwIfAborted();
      return work();
    });
    try {
      return await Promise.race([turn, aborted.promise]);
    } finally {
      signal.removeEventListener('abort', onAbort);
      turn.catch(() => undefined);
    }
  };
}
