import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../src/ports/clock.ts';

/**
 * The machine's time, `speed` times as fast: who sleeps a second wakes after 1000/speed ms, and everybody who asks
 * for the time agrees. With `advance` an hour is over at once; those who sleep already do not notice.
 */
export class FastClock implements Clock {
  readonly #speed: number;
  readonly #startMs = performance.now();
  #startAt: number;

  constructor(speed = 1, startAt = Date.parse('2026-11-24T08:00:00Z')) {
    this.#speed = speed;
    this.#startAt = startAt;
  }

  now(): number {
    return Math.floor(this.#startAt + this.monotonicMs());
  }

  monotonicMs(): number {
    return (performance.now() - this.#startMs) * this.#speed;
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    try {
      await delay(Math.max(0, ms) / this.#speed, undefined, { signal, ref: false });
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  }

  alarm(ms: number, ring: () => void): () => void {
    const timer = setTimeout(ring, Math.max(0, ms) / this.#speed);
    timer.unref();
    return () => {
      clearTimeout(timer);
    };
  }

  advance(ms: number): void {
    this.#startAt += ms;
  }
}
