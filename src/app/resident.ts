import type { FlowId, OrgName } from '../domain/flow.ts';
import { makeLoop } from '../engine/loop/run-loop.ts';
import type { Loop } from '../engine/loop/run-loop.ts';
import type { Lease } from '../ports/lease.ts';
import type { LoopObserver } from '../ports/loop-observer.ts';
import type { FlowIndexEntry } from '../ports/state-store.ts';
import type { TriggerLog } from '../ports/trigger-log.ts';
import type { ByHandParts } from './flows-by-hand.ts';

/** What a process needs that stays and makes runs by itself. */
export interface Resident {
  /** What makes runs by itself, over all orgs of the config. */
  loop(observer: LoopObserver): Loop;
  /** Triggers and runs, of this and other processes on the same state folder. */
  readonly triggers: TriggerLog;
  readonly lease: Lease;
  /** What is known of each flow of an org. */
  flowIndex(org: OrgName): Promise<ReadonlyMap<FlowId, FlowIndexEntry>>;
  /** Milliseconds so far in which a request waited for the org's budget. */
  rateWaitMs(org: OrgName): number;
}

export function makeResident(parts: ByHandParts, pollMs: number): Resident {
  const { shared, ...rest } = parts;
  const { triggers, chance, lease, state } = shared;
  return {
    loop: (observer) => makeLoop({ ports: shared, triggers, chance, pollMs, observer, ...rest }),
    triggers,
    lease,
    flowIndex: (org) => state.flows.index(org),
    rateWaitMs: (name) => rest.setups.find(({ org }) => org === name)?.ports.rateGate.waitedMs ?? 0,
  };
}
