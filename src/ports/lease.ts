import type { OrgName } from '../domain/flow.ts';

/** The right to work on one org, alone. */
export interface HeldLease {
  /** Counts up with each holder; a write that carries an older number is refused. */
  readonly fencingToken: number;
  /** Aborts when the lease is lost. */
  readonly lost: AbortSignal;
  /** Resolves while the lease is this holder's. @throws state.lease-lost when another has it by now */
  confirm(): Promise<void>;
  release(): Promise<void>;
}

export interface Lease {
  /** @throws state.busy when another live process holds it; a dead holder's lease is taken over. */
  acquire(org: OrgName, signal: AbortSignal): Promise<HeldLease>;
}
