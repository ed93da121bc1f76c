import type { Clock } from '../ports/clock.ts';

/**
 * What is waited for: one request of a kind, the reload that a flow shares with others (`in-effect`), or what the
 * flow's gates look up.
 */
export type Waited = 'read' | 'write' | 'reload' | 'in-effect' | 'look-up';

/** So many times what is usual is late; sooner for a reload, since others wait for it too. */
const LATE_FACTOR = 2;
const LATE_RELOAD_FACTOR = 1.25;
/** Nothing is late sooner: a pause of this process is no hang of the service. */
const SOONEST_MS = 50;
/** Of what is not known what is usual: so many times as long as of anything that is, and never longer than this. */
const GUESS_FACTOR = 2;
const LONGEST_GUESS_MS = 5_000;
/** Each look-up is made once in a run and nothing is usual: it is late so long after the first flow began to wait. */
const LOOK_UP_MS = 2_000;
const FEWEST_SAMPLES = 3;
const MOST_SAMPLES = 15;

interface Watch {
  readonly what: Waited;
  readonly startedMs: number;
  readonly heldBeforeMs: number;
  /** Undefined once it was told. */
  onLate: (() => void) | undefined;
  dismiss: () => void;
}

/**
 * Knows what is usual in this run, by the median of the last requests of each kind that ended well, and tells of
 * those that take much longer.
 *
 * The time in which the rate gate holds requests back counts for nobody: what is held is not late, and while requests
 * wait there, nobody misses a place that is taken.
 */
export class Pace {
  readonly #clock: Pick<Clock, 'alarm' | 'monotonicMs'>;
  readonly #heldMs: () => number;
  readonly #samples = new Map<Waited, number[]>();
  /** In the order in which they began. */
  readonly #watches = new Set<Watch>();

  /** @param heldMs milliseconds so far in which the rate gate held some request back */
  constructor(clock: Pick<Clock, 'alarm' | 'monotonicMs'>, heldMs: () => number) {
    this.#clock = clock;
    this.#heldMs = heldMs;
  }

  /** Does the work, and calls `onLate` once if it takes much longer than is usual. */
  async during<T>(what: Waited, work: () => Promise<T>, onLate: () => void): Promise<T> {
    const watch = this.#begin(what, onLate);
    try {
      const result = await work();
      this.#end(watch);
      if (what !== 'look-up') this.#note(what, this.#lastedMs(watch));
      return result;
    } finally {
      this.#end(watch);
    }
  }

  #begin(what: Waited, onLate: () => void): Watch {
    const startedMs = this.#clock.monotonicMs();
    const dismiss = (): void => undefined;
    const watch = { what, startedMs, heldBeforeMs: this.#heldMs(), onLate, dismiss };
    this.#watches.add(watch);
    this.#arm(watch);
    return watch;
  }

  #end(watch: Watch): void {
    watch.dismiss();
    this.#watches.delete(watch);
  }

  #arm(watch: Watch): void {
    watch.dismiss();
    const { onLate } = watch;
    if (!onLate) return;
    watch.dismiss = this.#clock.alarm(Math.max(0, this.#leftMs(watch)), () => {
      // the rate gate may have held it meanwhile
      if (this.#leftMs(watch) > 0) {
        this.#arm(watch);
        return;
      }
      watch.onLate = undefined;
      onLate();
    });
  }

  #leftMs(watch: Watch): number {
    if (watch.what === 'look-up') return LOOK_UP_MS - this.#lastedMs(this.#firstLookUp() ?? watch);
    return this.#longestMs(watch.what) - this.#lastedMs(watch);
  }

  #firstLookUp(): Watch | undefined {
    for (const watch of this.#watches) if (watch.what === 'look-up') return watch;
    return undefined;
  }

  #lastedMs({ startedMs, heldBeforeMs }: Watch): number {
    return this.#clock.monotonicMs() - startedMs - (this.#heldMs() - heldBeforeMs);
  }

  /** How long it may take and not be late. */
  #longestMs(what: Waited): number {
    const samples = this.#samples.get(what) ?? [];
    if (samples.length < FEWEST_SAMPLES) return this.#guessMs();
    const median = samples.toSorted((a, b) => a - b)[Math.floor(samples.length / 2)] ?? 0;
    return Math.max(SOONEST_MS, (what === 'reload' ? LATE_RELOAD_FACTOR : LATE_FACTOR) * median);
  }

  #guessMs(): number {
    const known = [...this.#samples].filter(([, { length }]) => length >= FEWEST_SAMPLES);
    if (known.length === 0) return LONGEST_GUESS_MS;
    const longestMs = Math.max(...known.map(([what]) => this.#longestMs(what)));
    return Math.min(LONGEST_GUESS_MS, GUESS_FACTOR * longestMs);
  }

  #note(what: Waited, lastedMs: number): void {
    const beforeMs = this.#longestMs(what);
    const samples = this.#samples.get(what) ?? [];
    samples.push(lastedMs);
    if (samples.length > MOST_SAMPLES) samples.shift();
    this.#samples.set(what, samples);
    if (this.#longestMs(what) === beforeMs) return;
    for (const watch of this.#watches) if (watch.what === what) this.#arm(watch);
  }
}
