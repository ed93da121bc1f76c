import type { FlowkeeperError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';

/** Whoever is told to end is given so long to clean up; then it is left behind. */
const GRACE_MS = 5_000;

/**
 * Runs `work` with a signal that also aborts when the time is over, and when the work is done: what it left under way
 * ends with it. The limit is a total: no retry and no wait prolongs it.
 *
 * @throws what `makeError` makes, through the signal
 */
export async function withDeadline<T>(
  clock: Pick<Clock, 'alarm'>,
  limit: { readonly ms: number; readonly makeError: () => FlowkeeperError },
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const expiry = new AbortController();
  const dismiss = clock.alarm(limit.ms, () => {
    expiry.abort(limit.makeError());
  });
  try {
    return await work(AbortSignal.any([signal, expiry.signal]));
  } finally {
    dismiss();
    expiry.abort();
  }
}

/**
 * Runs `work`, and does not wait for it longer than some seconds once its signal aborted, whatever it is stuck in.
 *
 * @throws the signal's reason when it is left behind
 */
export async function withGrace<T>(
  clock: Pick<Clock, 'alarm'>,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const leftBehind = Promise.withResolvers<never>();
  let dismiss = (): void => undefined;
  const onAbort = (): void => {
    dismiss = clock.alarm(GRACE_MS, () => {
      leftBehind.reject(signal.reason);
    });
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work(signal), leftBehind.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    dismiss();
  }
}
