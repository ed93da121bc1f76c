export interface RateLimits {
  readonly requestsPerMinute: number;
  readonly updatesPerMinute: number;
}

/**
 * Whose request it is: `people` caused it (a commit that changed something, or a revert), or it is `routine`
 * (drift, and reading the org). Of each budget the last fifth is kept for people, and people go first.
 */
export type RequestPriority = 'people' | 'routine';

/**
 * One budget per OAuth client, shared by every worker and process that uses it.
 * Waiting is exact and ends at once when the signal aborts.
 */
export interface RateGate {
  configure(limits: RateLimits): void;
  /** Resolves when one more request may be sent. A `write` takes from both budgets. Without a priority it is people's. */
  admit(kind: 'read' | 'write', signal: AbortSignal, priority?: RequestPriority): Promise<void>;
  /** The service asked for silence: nobody is admitted before `untilAt` (epoch ms). */
  stall(untilAt: number): Promise<void>;
  /** Milliseconds so far in which at least one request of this process had to wait. */
  readonly waitedMs: number;
}
