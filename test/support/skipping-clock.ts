import type { Clock } from '../../src/ports/clock.ts';

/** Time that passes only by sleeping, at once; remembers every wait. */
export class SkippingClock implements Clock {
  readonly waits: number[] = [];
  #now: number;

  constructor(now = Date.parse('2026-03-01T12:00:00Z')) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  monotonicMs(): number {
    return this.#now;
  }

  advance(ms: number): void {
    this.#now += ms;
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.waits.push(ms);
    this.#now += ms;
  }

  /** Nothing takes so long that it would ring. */
  alarm(): () => void {
    return () => undefined;
  }
}
