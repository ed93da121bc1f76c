import type { OrgName } from '../domain/flow.ts';
import type { LoopObserver } from './loop-observer.ts';

/** Counts what happens. Must not throw; nothing waits for it. */
export interface Meter extends LoopObserver {
  /** A request of an org's API ended. @param code its status, or why there is none */
  apiAnswered(org: OrgName, operation: string, code: string): void;
  gitAnswered(operation: 'look' | 'push', result: 'ok' | 'failed'): void;
  /** The branch's head was looked at, and may be used or not. */
  headJudged(isVerified: boolean): void;
  pushed(result: 'pushed' | 'nothing' | 'failed'): void;
  delivered(host: string, result: string): void;
  /** A notification was tried. */
  notified(destination: string, result: 'delivered' | 'failed' | 'dead'): void;
}
