import { isError } from '../domain/errors.ts';
import type { OrgName } from '../domain/flow.ts';
import type { HeldLease } from '../ports/lease.ts';
import type { Ports } from '../ports/ports.ts';
import { reportedError } from './reported-error.ts';
import { withFence } from './with-fence.ts';

type LeasePorts = Pick<Ports, 'lease' | 'clock' | 'log'>;
type KeptPorts = LeasePorts & Pick<Ports, 'state'> & Partial<Pick<Ports, 'statusBranch'>>;

/** What who holds an org's lease works with. */
interface Alone<P> {
  /** Also aborts when the lease is lost. */
  readonly alive: AbortSignal;
  readonly lease: HeldLease;
  /** The same, by which nothing is kept or published any more once the lease is lost. */
  readonly ports: P;
}

/** A run of the controller that is about to end is waited for; a long one is told of. */
const PATIENCE_MS = 30_000;
const LOOK_AGAIN_MS = 250;

/**
 * Does something to an org alone, on behalf of a person: waits a while for a run that is at work on it.
 *
 * @throws state.busy when the other one does not end in time
 */
export async function withLease<P extends KeptPorts, T>(
  ports: P,
  org: OrgName,
  signal: AbortSignal,
  work: (alone: Alone<P>) => Promise<T>,
): Promise<T> {
  const lease = await acquire(ports, org, signal);
  try {
    const alive = AbortSignal.any([signal, lease.lost]);
    return await work({ alive, lease, ports: withFence(ports, () => lease) });
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
