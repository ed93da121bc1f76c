import { parse, stringify } from 'yaml';
import { isAuditHashTrue } from '../../src/domain/audit.ts';
import type { AuditRecord } from '../../src/domain/audit.ts';
import type { Deadlines } from '../../src/domain/deadlines.ts';
import { FlowkeeperError } from '../../src/domain/errors.ts';
import type { ErrorCode } from '../../src/domain/error-details.ts';
import type { FlowStatus } from '../../src/domain/flow-status.ts';
import { statusPathOf } from '../../src/domain/flow-status.ts';
import type { LiveFlow, Settings } from '../../src/domain/flow.ts';
import type { FlowOutcome } from '../../src/domain/outcome.ts';
import { makeDesiredLoader } from '../../src/engine/load-desired.ts';
import type { DesiredLoader } from '../../src/engine/load-desired.ts';
import { reconcileOrg } from '../../src/engine/reconcile-org.ts';
import type { OrgRunReport } from '../../src/engine/run-report.ts';
import { makePageMemory } from '../../src/plan/page-memory.ts';
import type { FlowBackend } from '../../src/ports/flow-backend.ts';
import type { Ports } from '../../src/ports/ports.ts';
import type { FlowRecord } from '../../src/ports/state-store.ts';
import { aFlowId, aLiveFlow, ORG_ID, someSettings } from './builders.ts';
import { FakeClock } from './fakes/fake-clock.ts';
import { FakeDesiredSource } from './fakes/fake-desired-source.ts';
import { FakeFlowBackend } from './fakes/fake-flow-backend.ts';
import type { BackendCall, FakeOrg } from './fakes/fake-flow-backend.ts';
import { FakeIds } from './fakes/fake-ids.ts';
import { FakeLease } from './fakes/fake-lease.ts';
import { FakeRateGate } from './fakes/fake-rate-gate.ts';
import { FakeStateStore } from './fakes/fake-state-store.ts';
import { FakeStatusBranch } from './fakes/fake-status-branch.ts';
import { MemoryLog } from './fakes/memory-log.ts';
import { someLimits } from './some-limits.ts';

export const ORG = 'acme-prod';
const DIRECTORY = 'desired-state';

export interface RigOptions extends Omit<FakeOrg, 'flows'> {
  readonly org?: string;
  /** How many flows the org has, or the flows themselves. */
  readonly flows?: number | readonly LiveFlow[];
  /** Of another rig: the repository and the status branch that several orgs share. */
  readonly shared?: Pick<EngineRig, 'source' | 'statusBranch' | 'clock'>;
}

/** What git says of one flow: its settings, or the whole file. */
export type FlowSpec = { readonly settings: Settings } & Readonly<Record<string, unknown>>;

/**
 * One org of a controller on fakes. Git declares `routing.maxWaitTime` alone, unless a test says otherwise, so
 * that all else of a flow is undeclared and has to survive. Time passes only by sleeping, at once.
 */
export class EngineRig {
  readonly org: string;
  readonly clock: FakeClock;
  readonly ids = new FakeIds();
  readonly log = new MemoryLog();
  readonly source: FakeDesiredSource;
  readonly statusBranch: FakeStatusBranch;
  readonly backend: FakeFlowBackend;
  readonly state = new FakeStateStore();
  readonly lease = new FakeLease((org, token) => {
    this.state.noteToken(org, token);
    // a run may be given another store than the rig's own
    const told: unknown = this.#other?.noteToken(org, token);
    // that of a process that is dead learns nothing any more
    if (told instanceof Promise) told.catch(() => undefined);
  });
  readonly rateGate = new FakeRateGate();
  readonly ended: FlowOutcome[] = [];
  #other: FakeStateStore | undefined;
  #stubs: Partial<FlowBackend> = {};
  #loader: DesiredLoader;
  #pages = makePageMemory();

  constructor(options: RigOptions = {}) {
    const { flows = 1, org = ORG, shared = someShared(), ...fakeOrg } = options;
    this.org = org;
    this.clock = shared.clock;
    this.source = shared.source;
    this.statusBranch = shared.statusBranch;
    const live = typeof flows === 'number' ? someFlows(flows) : flows;
    this.backend = new FakeFlowBackend({ ...fakeOrg, flows: live });
    this.#loader = makeDesiredLoader(this, DIRECTORY);
  }

  get ports(): Ports {
    const observer = {
      progress: () => undefined,
      flowEnded: (_org: string, outcome: FlowOutcome) => void this.ended.push(outcome),
    };
    const { clock, ids, log, source, rateGate, state, lease, statusBranch } = this;
    const backend = withStubs(this.backend, this.#stubs);
    return { clock, ids, log, source, backend, rateGate, state, lease, statusBranch, observer };
  }

  // What git says.

  /** A commit that describes flows, by number; null removes the file, a text is the file. */
  commit(
    flows: Readonly<Record<number, FlowSpec | string | null>>,
    options: { readonly author?: string; readonly message?: string } = {},
  ): string {
    const files = Object.entries(flows).map(([n, spec]) => {
      const text = typeof spec === 'object' && spec ? fileOf(Number(n), spec) : spec;
      return [this.pathOf(Number(n)), text] as const;
    });
    return this.source.commit(Object.fromEntries(files), options);
  }

  /** A commit after which git wants this waiting time, in seconds, of each of these flows. */
  wants(maxWaitTime: number, ...numbers: readonly number[]): string {
    const named = numbers.length === 0 ? [1] : numbers;
    return this.commit(Object.fromEntries(named.map((n) => [n, waiting(maxWaitTime)])));
  }

  policy(policy: object): string {
    return this.source.commit({ [`${DIRECTORY}/${this.org}/policy.yaml`]: stringify(policy) });
  }

  pathOf(n: number): string {
    return `${DIRECTORY}/${this.org}/flows/flow-${String(n)}.yaml`;
  }

  /** From now on the service answers this instead, as the engine sees it; the fake itself stays as it is. */
  stub<M extends keyof FlowBackend>(method: M, answer: FlowBackend[M]): this {
    this.#stubs = { ...this.#stubs, [method]: answer };
    return this;
  }

  // Runs.

  async run(
    options: {
      readonly approvedDigest?: string;
      readonly signal?: AbortSignal;
      readonly ports?: Partial<Ports>;
      readonly deadlines?: Partial<Deadlines>;
    } = {},
  ): Promise<OrgRunReport> {
    const { signal = new AbortController().signal, approvedDigest: digest } = options;
    const pinned = await this.source.pinHead(signal);
    const approved = digest === undefined ? {} : { approval: { digest, by: 'Ada' } };
    const pages = this.#pages;
    const limits = someLimits(this.clock, options.deadlines);
    const common = { org: this.org, orgId: ORG_ID, directory: DIRECTORY, pinned, limits };
    const run = { ...common, pages, ...approved };
    const ports = { ...this.ports, ...options.ports };
    if (ports.state instanceof FakeStateStore) this.#other = ports.state;
    return limits.run(signal, (alive) => reconcileOrg(ports, this.#loader, run, alive));
  }

  /** A later process: nothing is left in memory, and enough time has passed for every interval. */
  restarted(): this {
    this.#loader = makeDesiredLoader(this, DIRECTORY);
    this.#pages = makePageMemory();
    this.later();
    return this;
  }

  /** Time passes between two runs. */
  later(ms = 120_000): this {
    this.clock.jump(ms);
    return this;
  }

  // What came of it.

  live(n = 1): ReturnType<FakeFlowBackend['flow']> {
    return this.backend.flow(aFlowId(n));
  }

  writes(n?: number): readonly BackendCall[] {
    const writes = this.backend.callsOf('write');
    return n === undefined ? writes : writes.filter(({ flowId }) => flowId === aFlowId(n));
  }

  async record(n = 1): Promise<FlowRecord | undefined> {
    return (await this.state.flows.load(this.org, [aFlowId(n)])).get(aFlowId(n));
  }

  /** As the controller remembers it. */
  async status(n = 1): Promise<FlowStatus> {
    const record = await this.record(n);
    if (!record) throw new Error(`nothing is known of flow ${String(n)}`);
    return record.status;
  }

  /** As the status branch tells it; undefined when it has no such file. */
  published(n = 1): FlowStatus | undefined {
    const text = this.statusBranch.files.get(statusPathOf(this.org, aFlowId(n)));
    return text === undefined ? undefined : (parse(text) as FlowStatus);
  }

  /** The audit records on the status branch, in their order. Throws where the chain is broken. */
  audits(): readonly AuditRecord[] {
    const files = [...this.statusBranch.files]
      .filter(([path]) => path.startsWith(`audit/${this.org}/`))
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    const lines = files.flatMap(([, text]) => text.split('\n').filter((line) => line !== ''));
    const records = lines.map((line) => JSON.parse(line) as AuditRecord);
    records.forEach((record, i) => {
      const before = records[i - 1]?.hash ?? '0'.repeat(64);
      const isNext = record.previousHash === before && record.seq === i + 1;
      if (!isNext || !isAuditHashTrue(record)) throw new Error(`broken chain at ${String(i)}`);
    });
    return records;
  }

  /** Attempts without an end, by flow number is of no matter: their ids. */
  async openAttempts(): Promise<string[]> {
    const open = await this.state.journal.unfinished(this.org);
    return open.map(({ attemptId }) => attemptId);
  }
}

function someShared(): Pick<EngineRig, 'source' | 'statusBranch' | 'clock'> {
  return {
    clock: new FakeClock({ autoAdvance: true }),
    source: new FakeDesiredSource(DIRECTORY),
    statusBranch: new FakeStatusBranch(),
  };
}

function withStubs(backend: FlowBackend, stubs: Partial<FlowBackend>): FlowBackend {
  return {
    probe: (signal) => backend.probe(signal),
    pages: (signal) => backend.pages(signal),
    read: (id, signal) => backend.read(id, signal),
    write: (base, blocks, signal) => backend.write(base, blocks, signal),
    reload: (signal) => backend.reload(signal),
    accessTo: (kind, signal) => backend.accessTo(kind, signal),
    missingOf: (kind, names, signal) => backend.missingOf(kind, names, signal),
    withPriority: (priority) => withStubs(backend.withPriority(priority), stubs),
    ...stubs,
  };
}

function someFlows(count: number): LiveFlow[] {
  return Array.from({ length: count }, (_, i) =>
    aLiveFlow({ id: aFlowId(i + 1), name: `Flow ${String(i + 1)}` }),
  );
}

/** What git says of a flow that shall have this waiting time, in seconds. */
export function waiting(
  maxWaitTime: number,
  more: Readonly<Record<string, unknown>> = {},
): FlowSpec {
  return { settings: { routing: { maxWaitTime } }, ...more };
}

/** The live settings of a flow of the rig with this waiting time. */
export function settingsWith(maxWaitTime: number): Settings {
  const settings = someSettings();
  return { ...settings, routing: { ...(settings['routing'] as object), maxWaitTime } };
}

/** The body of the write that brings a flow of the rig to this waiting time. */
export function blocksWith(maxWaitTime: number): Settings {
  const { routing } = settingsWith(maxWaitTime);
  return { routing: { ...(routing as object), scope: { type: 'org' } } };
}

function fileOf(n: number, spec: FlowSpec): string {
  return stringify({ flowId: aFlowId(n), ...spec });
}

const API_FACTS = { method: 'PATCH', url: 'http://fake.invalid/flows' };

/** An error of the org's API, with what its details need at least. */
export function anApiError(
  code: Extract<ErrorCode, `api.${string}`>,
  details: object = {},
  message = `${code} happened`,
): FlowkeeperError {
  const filled = { ...API_FACTS, reason: 'test', body: 'test', flowId: aFlowId(), ...details };
  return new FlowkeeperError(code, message, filled);
}
