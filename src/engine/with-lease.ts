import { isError } from '../domain/errors.ts';
import type { OrgName } from '../domain/flow.ts';
import type { HeldLease } from '../ports/lease.ts';
import type { Ports } from '../ports/ports.ts';
import { reportedError } from './reported-error.ts';

type LeasePorts = Pick<Ports, 'lease' | 'clock' | 'log'>;

/** A run of the controller that is about to end is waited for; a long one is told of. */
const PATIENCE_MS = 30_000;
const LOOK_AGAIN_MS = 250;

/**
 * Does something to an org alone, on behalf of a person: waits a while for a run that is at work on it.
 *
 * @param work gets a signal that also aborts when the lease is lost, and the lease
 * @throws state.busy when the other one does not end in time
 */
export async function withLease<T>(
  ports: LeasePorts,
  org: OrgName,
  signal: AbortSignal,
  work: (alive: AbortSignal, lease: HeldLease) => Promise<T>,
): Promise<T> {
  const lease = await acquire(ports, org, signal);
  try {
    return await work(AbortSignal.any([signal, lease.lost]), lease);
  } finally {
    await release(ports, org, lease);
  }
}

async function acquire(
  { lease, clock, log }: LeasePorts,
  org: OrgName,
  signal: AbortSignal,
): Promise<HeldLease> {
  const untilMs = clock.monotonicMs() + PATIENCE_MS;
  for (let isFirst = true; ; isFirst = false) {
    try {
      return await lease.acquire(org, signal);
    } catch (error) {
      if (!isError(error, 'state.busy') || clock.monotonicMs() >= untilMs) throw error;
      if (isFirst) log.info('waits for another run', { org, holder: error.details.holder });
      await clock.sleep(LOOK_AGAIN_MS, signal);
    }
  }
}

/** What was done is done, whether the lease could be given back or not; a dead holder's is taken over. */
async function release({ log }: LeasePorts, org: OrgName, lease: HeldLease): Promise<void> {
  try {
    await lease.release();
  } catch (error) {
    const { code, message } = reportedError(error);
    log.warn('the lease could not be given back', { org, code, reason: message });
  }
}
