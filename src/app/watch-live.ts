import type { LiveFlow, OrgName } from '../domain/flow.ts';
import { asFlowkeeperError } from '../domain/errors.ts';
import type { FlowkeeperError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { App } from './create-app.ts';

/** What the orgs had when they were last read. */
export interface LiveState {
  readonly flows: ReadonlyMap<OrgName, readonly LiveFlow[]>;
  /** Epoch ms; undefined: not yet. */
  readonly readAt?: number;
  /** Why the last read failed; what was read before stays. */
  readonly error?: FlowkeeperError;
}

/** The orgs as they are read again and again, in the background: no save waits for it. */
export class WatchedLive {
  readonly #app: Pick<App, 'live'>;
  readonly #clock: Clock;
  readonly #orgs: readonly OrgName[];
  #state: LiveState = { flows: new Map() };
  #askedAt = -Infinity;
  #reading: Promise<void> | undefined = undefined;

  constructor(app: Pick<App, 'live'>, orgs: readonly OrgName[], clock: Clock) {
    this.#app = app;
    this.#orgs = orgs;
    this.#clock = clock;
  }

  get state(): LiveState {
    return this.#state;
  }

  /** Begins to read when that was longer ago than this, and calls back when there is something new. */
  refreshAfter(ms: number, onRead: () => void, signal: AbortSignal): void {
    if (this.#reading || this.#clock.monotonicMs() - this.#askedAt < ms) return;
    this.#reading = this.read(signal).finally(() => {
      this.#reading = undefined;
      onRead();
    });
  }

  /** Never rejects: what went wrong is in the state. */
  async read(signal: AbortSignal): Promise<void> {
    this.#askedAt = this.#clock.monotonicMs();
    try {
      const flows = new Map<OrgName, readonly LiveFlow[]>();
      for (const org of this.#orgs) flows.set(org, await this.#app.live(org, signal));
      this.#state = { flows, readAt: this.#clock.now() };
    } catch (error) {
      this.#state = { ...this.#state, error: asFlowkeeperError(error) };
    }
  }
}
