export interface RateLimits {
  readonly requestsPerMinute: number;
  readonly updatesPerMinute: number;
}

/**
 * One budget per OAuth client, shared by every worker and process that uses it.
 * Waiting is exact and ends at once when the signal aborts.
 */
export interface RateGate {
  configure(limits: RateLimits): void;
  /** Resolves when one more request may be sent. A `write` takes from both budgets. */
  admit(kind: 'read' | 'write', signal: AbortSignal): Promise<void>;
  /** The service asked for silence: nobody is admitted before `untilAt` (epoch ms). */
  stall(untilAt: number): Promise<void>;
}
