import type { Ports } from '../ports/ports.ts';
import type { Snapshot } from '../ports/state-store.ts';
import { publishPending } from './publish.ts';
import type { Publication } from './publish.ts';
import { endOf, reportedError } from './reported-error.ts';
import type { Publishing } from './run-report.ts';
import type { TimeLimits } from './time-limits.ts';

/** A long run publishes what it has so far this often. */
const PUBLISH_EVERY_MS = 30_000;

/** What is published beside what waits. */
type What = Pick<Publication, 'summary' | 'snapshots'>;

type PublisherPorts = Pick<Ports, 'clock' | 'log' | 'state' | 'statusBranch' | 'observer'>;

/** Publishes for one run: now and then beside the work, and once at its end; never twice at once. */
export class Publisher {
  readonly #ports: PublisherPorts;
  readonly #run: Omit<Publication, keyof What>;
  readonly #limits: TimeLimits;
  readonly #summary: () => string;
  #publishedMs: number;
  #underWay: Promise<unknown> | undefined;
  /** What this run has pushed so far. */
  #pushed: Extract<Publishing, { kind: 'pushed' }> | undefined;

  constructor(
    ports: PublisherPorts,
    run: Omit<Publication, keyof What>,
    limits: TimeLimits,
    summary: () => string,
  ) {
    this.#ports = ports;
    this.#run = run;
    this.#limits = limits;
    this.#summary = summary;
    this.#publishedMs = ports.clock.monotonicMs();
  }

  /** Starts to publish when it is time and nobody does so already. */
  publishIfDue(signal: AbortSignal): void {
    const sinceMs = this.#ports.clock.monotonicMs() - this.#publishedMs;
    if (this.#underWay !== undefined || sinceMs < PUBLISH_EVERY_MS) return;
    void this.#start(signal, { summary: this.#summary() });
  }

  /** Publishes now: these snapshots in any case, and whatever waits. `nothing`: the branch has them already. */
  async publishSnapshots(snapshots: readonly Snapshot[], signal: AbortSignal): Promise<Publishing> {
    while (this.#underWay) await this.#underWay;
    const count = snapshots.length;
    const summary = `${String(count)} snapshot${count === 1 ? '' : 's'}, before anything is written`;
    return this.#start(signal, { summary, snapshots });
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    await this.#underWay;
  }

  /** Publishes the rest; tells what the whole run has pushed. */
  async publish(signal: AbortSignal): Promise<Publishing> {
    await this.settled();
    const last = await this.#once(signal, { summary: this.#summary() });
    return last.kind === 'nothing' && this.#pushed ? this.#pushed : last;
  }

  #start(signal: AbortSignal, what: What): Promise<Publishing> {
    const once = this.#once(signal, what).finally(() => {
      this.#underWay = undefined;
    });
    this.#underWay = once;
    return once;
  }

  async #once(signal: AbortSignal, what: What): Promise<Publishing> {
    const { observer, log, clock } = this.#ports;
    observer.progress({ org: this.#run.org, phase: 'record', done: 0 });
    try {
      signal.throwIfAborted();
      const publication = { ...this.#run, ...what };
      const published = await this.#limits.phase('record', signal, (alive) =>
        publishPending(this.#ports, publication, alive),
      );
      if (published.kind !== 'pushed') return published;
      const files = published.files + (this.#pushed?.files ?? 0);
      this.#pushed = { ...published, files };
      return this.#pushed;
    } catch (thrown) {
      const error = reportedError(endOf(thrown, this.#run.org, signal));
      const { code, message } = error;
      log.error('the status branch could not be written; the records are kept', {
        code,
        reason: message,
      });
      return { kind: 'kept', error };
    } finally {
      this.#publishedMs = clock.monotonicMs();
    }
  }
}
