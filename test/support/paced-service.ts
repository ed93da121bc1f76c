import { setImmediate as turn } from 'node:timers/promises';
import { AxiosHttpClient } from '../../src/adapters/http/axios-http-client.ts';
import { openSqliteRateGate } from '../../src/adapters/state/sqlite-rate-gate.ts';
import { makeArchitectSettingsBackend } from '../../src/backends/architect-settings/make-architect-settings-backend.ts';
import type { LiveFlow } from '../../src/domain/flow.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { FlowBackend } from '../../src/ports/flow-backend.ts';
import type { HttpClient } from '../../src/ports/http-client.ts';
import type { RateGate } from '../../src/ports/rate-gate.ts';
import { seedOrg } from '../../src/simulator/seed.ts';
import { startSimulator } from '../../src/simulator/simulator.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { ORG_ID } from './builders.ts';
import { MemoryLog } from './fakes/memory-log.ts';
import { aSqliteStore } from './sqlite-store.ts';

const CLIENT = { clientId: 'paced', clientSecret: 'paced-secret' };
/** So often nothing may have happened before nobody is believed to be at work. */
const CALM_TURNS = 30;

/**
 * Time that passes only by sleeping, and only while nobody has anything else to do: as if every answer took no time,
 * however busy the machine is.
 */
export class PacedClock implements Clock {
  #now = Date.parse('2026-11-24T08:00:00Z');
  #sleepers: { readonly dueAt: number; readonly wake: () => void }[] = [];
  #isPacing = false;
  #busy = 0;
  /** Counts everything that happens. */
  #moves = 0;

  now(): number {
    return this.#now;
  }

  monotonicMs(): number {
    return this.#now;
  }

  advance(ms: number): void {
    this.#now += ms;
  }

  /** While this is under way no time passes. */
  async busyWith<T>(work: () => Promise<T>): Promise<T> {
    this.#busy += 1;
    this.#moves += 1;
    try {
      return await work();
    } finally {
      this.#busy -= 1;
      this.#moves += 1;
    }
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#sleepers = this.#sleepers.filter((each) => each !== sleeper);
        reject(signal.reason as Error);
      };
      const sleeper = {
        dueAt: this.#now + ms,
        wake: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#sleepers.push(sleeper);
      this.#moves += 1;
      void this.#pace();
    });
  }

  /** Nothing is ever overdue. */
  alarm(): () => void {
    return () => undefined;
  }

  async #pace(): Promise<void> {
    if (this.#isPacing) return;
    this.#isPacing = true;
    while (this.#sleepers.length > 0) {
      await this.#calm();
      const [first] = this.#sleepers.toSorted((a, b) => a.dueAt - b.dueAt);
      if (!first) break;
      this.#sleepers = this.#sleepers.filter((each) => each !== first);
      this.#now = Math.max(this.#now, first.dueAt);
      this.#moves += 1;
      first.wake();
    }
    this.#isPacing = false;
  }

  async #calm(): Promise<void> {
    for (let turns = 0; turns < CALM_TURNS; turns += 1) {
      const moves = this.#moves;
      await turn();
      if (this.#busy > 0 || moves !== this.#moves) turns = -1;
    }
  }
}

export interface PacedService {
  readonly simulator: Simulator;
  readonly clock: PacedClock;
  /** The real one, on the paced clock. */
  readonly rateGate: RateGate;
  /** The real one, over HTTP. */
  readonly backend: FlowBackend;
  stop(): Promise<void>;
}

/**
 * A simulated org behind the real backend and the real rate gate, whose waits cost no time of the machine's.
 *
 * @param options how long each answer takes, of the machine's time
 */
export async function aPacedService(
  flows: readonly LiveFlow[],
  options: { readonly latencyMs: number },
): Promise<PacedService> {
  const inputs = flows.map(({ id, name, version, settings = {} }) => ({
    id,
    name,
    version,
    settings,
  }));
  const org = { ...seedOrg({ orgId: ORG_ID, ...CLIENT, flows: 0 }), flows: inputs };
  const clock = new PacedClock();
  const simulator = await startSimulator({ ...options, orgs: [org], now: () => clock.now() });
  const { store, stop } = await aSqliteStore({ clock });
  const rateGate = openSqliteRateGate({ store, client: 'paced', clock });
  const axios = new AxiosHttpClient({ clock, random: () => 0.5 });
  const http: HttpClient = {
    // from the answer of the gate on, the service is at work
    send: async ({ admit, ...request }, signal) => {
      await admit?.(signal);
      return clock.busyWith(() => axios.send(request, signal));
    },
  };
  const log = new MemoryLog();
  const backend = makeArchitectSettingsBackend(
    { environment: simulator.url, orgId: ORG_ID, ...CLIENT },
    { http, rateGate, clock, log },
  );
  return {
    simulator,
    clock,
    rateGate,
    backend,
    stop: async () => {
      axios.close();
      await simulator.close();
      await stop();
    },
  };
}
