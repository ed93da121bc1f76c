import { FlowkeeperError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';

/**
 * Runs `work` with a signal that also aborts when the time is over. The limit is a total: no retry and no wait
 * prolongs it.
 *
 * @throws run.deadline through the signal
 */
export async function withDeadline<T>(
  clock: Clock,
  limit: { readonly org: string; readonly ms: number },
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const expiry = new AbortController();
  const done = new AbortController();
  clock.sleep(limit.ms, done.signal).then(
    () => {
      const details = { org: limit.org, afterMs: limit.ms };
      const message = `the run of ${limit.org} took longer than ${String(limit.ms / 60_000)} minutes`;
      expiry.abort(new FlowkeeperError('run.deadline', message, details));
    },
    () => undefined,
  );
  try {
    return await work(AbortSignal.any([signal, expiry.signal]));
  } finally {
    done.abort();
  }
}
