import { silentLog, silentObserver } from '../../src/app/silent.ts';
import { makeDesiredLoader } from '../../src/engine/load-desired.ts';
import type { DesiredLoader } from '../../src/engine/load-desired.ts';
import { makePageMemory } from '../../src/plan/page-memory.ts';
import type { PageMemory } from '../../src/plan/page-memory.ts';
import type { Ports } from '../../src/ports/ports.ts';
import type { FlowRecord, ParseCache, StateStore } from '../../src/ports/state-store.ts';
import { aFlowId, aLiveFlow, someSettings } from '../support/builders.ts';
import { FakeClock } from '../support/fakes/fake-clock.ts';
import { FakeDesiredSource } from '../support/fakes/fake-desired-source.ts';
import { FakeFlowBackend } from '../support/fakes/fake-flow-backend.ts';
import { FakeIds } from '../support/fakes/fake-ids.ts';
import { FakeLease } from '../support/fakes/fake-lease.ts';
import { FakeRateGate } from '../support/fakes/fake-rate-gate.ts';
import { FakeStateStore } from '../support/fakes/fake-state-store.ts';
import { FakeStatusBranch } from '../support/fakes/fake-status-branch.ts';
import { GitModel } from './git-model.ts';
import { ModelService } from './model-service.ts';
import type { Sabotage } from './sabotage.ts';

export const ORG = 'acme-prod';
export const DIRECTORY = 'desired-state';

/** Flows that git describes; the org has one more, which nobody may touch. */
const FLOWS = 3;

/** What a program begins with. */
export interface WorldOptions {
  readonly pageSize: number;
  /** Lists tell no settings; a single read does. */
  readonly hideSettingsInLists: boolean;
  readonly silentWrites: boolean;
  /** Of the times that calls take, and so of who comes first; 0: all take the same. */
  readonly pace: number;
}

/** One process of the controller, as far as it remembers anything from run to run. */
interface Process {
  readonly loader: DesiredLoader;
  readonly pages: PageMemory;
}

/** A controller on fakes, the org, git, and the people around it. Time passes only as far as somebody waits. */
export class World {
  readonly clock = new FakeClock();
  readonly source = new FakeDesiredSource(DIRECTORY);
  readonly git = new GitModel(this.source, `${DIRECTORY}/${ORG}`);
  readonly state = new FakeStateStore({ keepsCalls: false });
  readonly statusBranch = new FakeStatusBranch();
  readonly lease = new FakeLease((org, token) => {
    this.state.noteToken(org, token);
  });
  readonly service: ModelService;
  /** What happened so far, for whoever has to read why it went wrong. */
  readonly story: string[] = [];
  readonly flowIds: readonly string[];
  /** The version that a flow had when a run found that git does not describe it. */
  readonly forgotten = new Map<string, number>();
  /** The next snapshot is kept wrongly. */
  damagesSnapshot = false;
  process: Process;
  readonly sabotage: Sabotage;
  readonly #ids = new FakeIds();
  readonly #store: StateStore;

  constructor(options: WorldOptions, sabotage: Sabotage = (ports) => ports) {
    this.sabotage = sabotage;
    const { pace, silentWrites, ...list } = options;
    this.flowIds = Array.from({ length: FLOWS + 1 }, (_, i) => aFlowId(i + 1));
    const live = this.flowIds.map((id, i) =>
      aLiveFlow({ id, name: `Flow ${String(i + 1)}`, settings: someSettings() }),
    );
    // what teams there are is not for our eyes
    const names = { queue: ['Support'] };
    const fake = new FakeFlowBackend({ ...list, flows: live, names, forbidden: ['team'] });
    const nextMs = pacer(pace);
    const about = { flowIds: this.flowIds, nextMs, isSilent: silentWrites };
    this.service = new ModelService(fake, this.clock, about);
    this.#store = this.#makeStore();
    this.process = this.#makeProcess();
    const declared = { '/routing/maxWaitTime': 600 };
    this.git.commit(
      { flows: new Map(this.numbers.map((n) => [n, { declared, dependsOn: [] }])), policy: {} },
      'Ada',
    );
  }

  get ports(): Ports {
    return {
      clock: this.clock,
      ids: this.#ids,
      log: silentLog,
      source: this.source,
      backend: this.service.as(NOBODY),
      rateGate: new FakeRateGate(),
      state: this.#store,
      lease: this.lease,
      statusBranch: this.statusBranch,
      observer: silentObserver,
    };
  }

  /** The flows that git described when the program began, by number. */
  get numbers(): readonly number[] {
    return this.flowIds.slice(1).map((_, i) => i + 1);
  }

  /** Nothing is left in memory. */
  restart(): void {
    this.lease.freed(ORG);
    this.process = this.#makeProcess();
  }

  async records(): Promise<ReadonlyMap<string, FlowRecord>> {
    return this.state.flows.load(ORG, this.flowIds);
  }

  /** From now on all goes well. */
  heal(): void {
    this.service.heal();
    this.statusBranch.heal();
    this.damagesSnapshot = false;
  }

  #makeProcess(): Process {
    const loader = makeDesiredLoader({ source: this.source, state: this.#store }, DIRECTORY);
    return { loader, pages: makePageMemory() };
  }

  #makeStore(): StateStore {
    const { journal, snapshots, flows, outbox } = this.state;
    return {
      journal,
      flows,
      outbox,
      snapshots: {
        put: (snapshot) => {
          const kept = this.damagesSnapshot ? { ...snapshot, settings: {} } : snapshot;
          this.damagesSnapshot = false;
          return snapshots.put(kept);
        },
        get: (org, flowId, version) => snapshots.get(org, flowId, version),
      },
      parseCache: PARSED,
      close: () => Promise.resolve(),
    };
  }
}

/** Shared by all programs: what a file says does not depend on who reads it, and most say the same. */
const parsed = new Map<string, string>();
const PARSED: ParseCache = {
  get: (keys) =>
    Promise.resolve(
      new Map(
        keys.flatMap((key) => {
          const text = parsed.get(key);
          return text === undefined ? [] : [[key, text] as const];
        }),
      ),
    ),
  put: (entries) => {
    for (const [key, text] of entries) parsed.set(key, text);
    return Promise.resolve();
  },
};

const NOBODY = {
  isAlive: () => true,
  onWrite: () => Promise.reject(new Error('only a run writes')),
  onReload: () => undefined,
  onBreach: () => undefined,
  onPartialList: () => undefined,
};

/** Times from 1 to 400 ms that are the same for the same seed (mulberry32). */
function pacer(seed: number): () => number {
  if (seed === 0) return () => 20;
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return 1 + (((mixed ^ (mixed >>> 14)) >>> 0) % 400);
  };
}
