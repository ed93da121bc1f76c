import type { Clock } from '../../../src/ports/clock.ts';

interface Sleeper {
  readonly dueMs: number;
  readonly wake: () => void;
}

/** 2026-11-24T09:30:00Z */
const FAKE_START_AT = Date.UTC(2026, 10, 24, 9, 30);

/**
 * Time that passes only when told. With `autoAdvance` every sleep ends at once, having moved the time by its
 * length, so that a test need not know who sleeps.
 *
 * Lies: nothing takes any time but sleep. With `autoAdvance` an alarm rings only when somebody sleeps past its time:
 * what hangs for ever hangs.
 */
export class FakeClock implements Clock {
  readonly #sleepers: Sleeper[] = [];
  readonly #autoAdvance: boolean;
  /** Of the wall clock over the monotonic one. */
  #offsetMs: number;
  #elapsedMs = 0;

  constructor(options: { readonly startAt?: number; readonly autoAdvance?: boolean } = {}) {
    this.#offsetMs = options.startAt ?? FAKE_START_AT;
    this.#autoAdvance = options.autoAdvance ?? false;
  }

  /** Those who sleep right now, and alarms that are set. */
  get sleepers(): number {
    return this.#sleepers.length;
  }

  now(): number {
    return this.#offsetMs + this.#elapsedMs;
  }

  monotonicMs(): number {
    return this.#elapsedMs;
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#autoAdvance) {
      this.#elapsedMs += Math.max(0, ms);
      this.#ringDue();
      await settled();
      signal.throwIfAborted();
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const leave = (): void => {
        this.#forget(sleeper);
        reject(signal.reason as Error);
      };
      const sleeper: Sleeper = {
        dueMs: this.#elapsedMs + Math.max(0, ms),
        wake: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#sleepers.push(sleeper);
    });
  }

  alarm(ms: number, ring: () => void): () => void {
    const sleeper: Sleeper = { dueMs: this.#elapsedMs + Math.max(0, ms), wake: ring };
    this.#sleepers.push(sleeper);
    return () => {
      this.#forget(sleeper);
    };
  }

  /** Lets time pass; each sleeper wakes at its own time, and what it does then is done before the next wakes. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#elapsedMs + ms;
    await settled();
    for (;;) {
      const next = this.#firstDue();
      if (!next || next.dueMs > endMs) break;
      this.#wake(next);
      await settled();
    }
    this.#elapsedMs = endMs;
  }

  /**
   * Lets as much time pass as it takes until the work has ended: whoever is due first wakes first, and what it does
   * then is done before the next wakes. Rejects when nobody sleeps and the work has not ended.
   */
  async until<T>(work: Promise<T>): Promise<T> {
    const seen = { hasEnded: false };
    const end = (): void => {
      seen.hasEnded = true;
    };
    work.then(end, end);
    for (;;) {
      await settled();
      if (seen.hasEnded) return work;
      const next = this.#firstDue();
      if (!next) throw new Error('it waits for something that never happens');
      this.#wake(next);
    }
  }

  /** Somebody sets the wall clock; nobody wakes, and the monotonic clock does not notice. */
  jump(ms: number): void {
    this.#offsetMs += ms;
  }

  #ringDue(): void {
    for (let next = this.#firstDue(); next; next = this.#firstDue()) {
      if (next.dueMs > this.#elapsedMs) return;
      this.#wake(next);
    }
  }

  #wake(sleeper: Sleeper): void {
    this.#elapsedMs = Math.max(this.#elapsedMs, sleeper.dueMs);
    this.#forget(sleeper);
    sleeper.wake();
  }

  #forget(sleeper: Sleeper): void {
    const at = this.#sleepers.indexOf(sleeper);
    if (at >= 0) this.#sleepers.splice(at, 1);
  }

  #firstDue(): Sleeper | undefined {
    return this.#sleepers.reduce<Sleeper | undefined>(
      (first, sleeper) => (first && first.dueMs <= sleeper.dueMs ? first : sleeper),
      undefined,
    );
  }
}

/** After everything that needs no time has been done. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
