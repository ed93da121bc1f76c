import { UNSPENT } from '../../../src/domain/request-budget.ts';
import type { BudgetState } from '../../../src/domain/request-budget.ts';
import type { RateGate, RateLimits, RequestPriority } from '../../../src/ports/rate-gate.ts';

/** Admits everybody at once, and remembers whom. */
export class FakeRateGate implements RateGate {
  readonly admitted: ('read' | 'write')[] = [];
  /** Of those admitted, in the same order. */
  readonly priorities: RequestPriority[] = [];
  /** Epoch ms, as asked. */
  readonly stalls: number[] = [];
  limits: RateLimits | undefined;
  waitedMs = 0;
  /** What is told of the budget; nothing is spent unless a test says so. */
  budget: BudgetState = UNSPENT;

  configure(limits: RateLimits): void {
    this.limits = limits;
  }

  admit(
    kind: 'read' | 'write',
    signal: AbortSignal,
    priority: RequestPriority = 'people',
  ): Promise<void> {
    if (signal.aborted) return Promise.reject(signal.reason as Error);
    this.admitted.push(kind);
    this.priorities.push(priority);
    return Promise.resolve();
  }

  spent(): Promise<BudgetState> {
    const stalledUntil = Math.max(this.budget.stalledUntil, ...this.stalls);
    return Promise.resolve({ ...this.budget, stalledUntil });
  }

  stall(untilAt: number): Promise<void> {
    this.stalls.push(untilAt);
    return Promise.resolve();
  }
}
