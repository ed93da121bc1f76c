import type {
  BudgetState,
  RateLimits,
  RequestKind,
  RequestPriority,
} from '../domain/request-budget.ts';

export type { RateLimits, RequestPriority } from '../domain/request-budget.ts';

/**
 * One budget per OAuth client, shared by every worker and process that uses it.
 * Waiting is exact and ends at once when the signal aborts.
 */
export interface RateGate {
  configure(limits: RateLimits): void;
  /** Resolves when one more request may be sent. A `write` takes from both budgets. Without a priority it is people's. */
  admit(kind: RequestKind, signal: AbortSignal, priority?: RequestPriority): Promise<void>;
  /** The service asked for silence: nobody is admitted before `untilAt` (epoch ms). */
  stall(untilAt: number): Promise<void>;
  /** What is spent right now, to tell beforehand how long a number of requests takes. */
  spent(): Promise<BudgetState>;
  /** Milliseconds so far in which at least one request of this process had to wait; the wait under way counts. */
  readonly waitedMs: number;
}
