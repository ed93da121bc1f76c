import type { Clock } from './clock.ts';
import type { DesiredSource } from './desired-source.ts';
import type { FlowBackend } from './flow-backend.ts';
import type { Ids } from './ids.ts';
import type { Lease } from './lease.ts';
import type { Log } from './log.ts';
import type { RateGate } from './rate-gate.ts';
import type { RunObserver } from './run-observer.ts';
import type { StateStore } from './state-store.ts';
import type { StatusBranch } from './status-branch.ts';

/** Everything one org's run needs of the world. */
export interface Ports {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly source: DesiredSource;
  readonly backend: FlowBackend;
  readonly rateGate: RateGate;
  readonly state: StateStore;
  readonly lease: Lease;
  readonly statusBranch: StatusBranch;
  readonly observer: RunObserver;
}
