import { makeDesiredLoader } from '../../src/engine/load-desired.ts';
import { makeLoop } from '../../src/engine/loop/run-loop.ts';
import type { Loop, LoopParts } from '../../src/engine/loop/run-loop.ts';
import type { OrgSetup } from '../../src/engine/run-all.ts';
import type { DesiredSource } from '../../src/ports/desired-source.ts';
import { makePageMemory } from '../../src/plan/page-memory.ts';
import { ORG_ID } from './builders.ts';
import { EngineRig } from './engine-rig.ts';
import { FakeClock } from './fakes/fake-clock.ts';
import { FakeDesiredSource } from './fakes/fake-desired-source.ts';
import { FakeStatusBranch } from './fakes/fake-status-branch.ts';
import { FakeTriggerLog } from './fakes/fake-trigger-log.ts';
import { MemoryLog } from './fakes/memory-log.ts';
import { someDeadlines } from './some-limits.ts';

const DIRECTORY = 'desired-state';

export interface LoopRigOptions {
  /** Names; each gets an org on fakes. */
  readonly orgs?: readonly string[];
  /** Of each. */
  readonly flows?: number;
  readonly pollMs?: number;
  readonly chance?: LoopParts['chance'];
  readonly policy?: object;
  /** What the loop looks at git by, made of the fake. */
  readonly through?: (rig: Pick<LoopRig, 'source' | 'clock' | 'log'>) => DesiredSource;
}

/** A loop over orgs on fakes, on a clock that passes when told. */
export class LoopRig {
  readonly clock = new FakeClock();
  readonly source = new FakeDesiredSource(DIRECTORY);
  readonly statusBranch = new FakeStatusBranch();
  readonly log = new MemoryLog();
  readonly triggers = new FakeTriggerLog();
  readonly orgs: ReadonlyMap<string, EngineRig>;
  /** What polling found, and whether somebody had said so before. */
  readonly moves: boolean[] = [];
  readonly #options: LoopRigOptions;
  #loop: Loop;
  #drain = new AbortController();
  #cancel = new AbortController();
  #working: Promise<void> | undefined;

  constructor(options: LoopRigOptions = {}) {
    this.#options = options;
    const shared = { source: this.source, statusBranch: this.statusBranch, clock: this.clock };
    const { orgs = ['acme'], flows = 1 } = options;
    this.orgs = new Map(orgs.map((org) => [org, new EngineRig({ org, flows, shared })]));
    for (const rig of this.orgs.values()) {
      rig.policy({ interval: '5m', rate: { perFlow: '0s' }, ...options.policy });
      rig.wants(600, ...Array.from({ length: flows }, (_, i) => i + 1));
    }
    this.#loop = this.#makeLoop();
  }

  get loop(): Loop {
    return this.#loop;
  }

  org(name = 'acme'): EngineRig {
    const rig = this.orgs.get(name);
    if (!rig) throw new Error(`no org ${name}`);
    return rig;
  }

  /** A process starts on what is there; resolves when it has done all that needs no time. */
  async start(): Promise<this> {
    this.#drain = new AbortController();
    this.#cancel = new AbortController();
    this.#loop = this.#makeLoop();
    this.#working = this.#loop.work({ drain: this.#drain.signal, cancel: this.#cancel.signal });
    await this.pass(0);
    return this;
  }

  /** Time passes. */
  pass(ms: number): Promise<void> {
    return this.clock.advance(ms);
  }

  /** No new run starts; resolves when the work is over. */
  async drain(): Promise<void> {
    this.#drain.abort();
    await this.#working;
  }

  /** The runs under way are to end at once, too. */
  async stop(): Promise<void> {
    this.#cancel.abort();
    await this.drain();
  }

  /** Runs that are over, of one org. */
  runs(org = 'acme'): number {
    return this.triggers.ended.filter((run) => run.org === org).length;
  }

  /** Looks at git so far. */
  get looks(): number {
    return this.source.callsOf('pinHead');
  }

  /** From now on reading the org takes until `go` is called. */
  holdReads(org = 'acme'): { readonly go: () => void } {
    const rig = this.org(org);
    const held = Promise.withResolvers<undefined>();
    const { backend } = rig;
    rig.stub('pages', async function* (signal) {
      const aborted = new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          reject(signal.reason as Error);
        });
      });
      await Promise.race([held.promise, aborted]);
      yield* backend.pages(signal);
    });
    return {
      go: () => {
        held.resolve(undefined);
      },
    };
  }

  #makeLoop(): Loop {
    const { clock, log, triggers } = this;
    const source = this.#options.through?.(this) ?? this.source;
    const loader = makeDesiredLoader({ source, state: this.#first().state }, DIRECTORY);
    const setups = [...this.orgs.values()].map((rig): OrgSetup => {
      const pages = makePageMemory();
      // as it is at the time of each run
      const setup = { org: rig.org, orgId: ORG_ID, pages };
      return Object.defineProperty(setup as OrgSetup, 'ports', {
        get: () => rig.ports,
        enumerable: true,
      });
    });
    return makeLoop({
      ports: { clock, source, log },
      ...{ triggers, loader, setups },
      directory: DIRECTORY,
      pollMs: this.#options.pollMs ?? 60_000,
      deadlines: someDeadlines({ liveMs: 1_800_000 }),
      chance: this.#options.chance ?? (() => 0.5),
      observer: {
        runEnded: () => undefined,
        accepted: () => undefined,
        moved: (hinted) => void this.moves.push(hinted),
      },
    });
  }

  #first(): EngineRig {
    const [first] = this.orgs.values();
    if (!first) throw new Error('no org');
    return first;
  }
}
