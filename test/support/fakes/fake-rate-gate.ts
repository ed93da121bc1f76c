import type { RateGate, RateLimits } from '../../../src/ports/rate-gate.ts';

/** Admits everybody at once, and remembers whom. */
export class FakeRateGate implements RateGate {
  readonly admitted: ('read' | 'write')[] = [];
  /** Epoch ms, as asked. */
  readonly stalls: number[] = [];
  limits: RateLimits | undefined;

  configure(limits: RateLimits): void {
    this.limits = limits;
  }

  admit(kind: 'read' | 'write', signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(signal.reason as Error);
    this.admitted.push(kind);
    return Promise.resolve();
  }

  stall(untilAt: number): Promise<void> {
    this.stalls.push(untilAt);
    return Promise.resolve();
  }
}
