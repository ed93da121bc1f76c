import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { parse, stringify } from 'yaml';
import type { AppPorts } from '../../src/app/app-ports.ts';
import { createApp } from '../../src/app/create-app.ts';
import type { App } from '../../src/app/create-app.ts';
import { silentObserver } from '../../src/app/silent.ts';
import type { Config } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import type { AuditRecord } from '../../src/domain/audit.ts';
import type { FlowStatus } from '../../src/domain/flow-status.ts';
import type { OrgStatus } from '../../src/domain/org-status.ts';
import type { OrgRunReport } from '../../src/engine/run-report.ts';
import type { FlowInput } from '../../src/simulator/flow.ts';
import type { LoggedRequest } from '../../src/simulator/request-log.ts';
import { seedFlows, seedOrg } from '../../src/simulator/seed.ts';
import type { SimulatedOrg } from '../../src/simulator/simulated-org.ts';
import { startSimulator } from '../../src/simulator/simulator.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import type { OrgOptions, SimulatorOptions } from '../../src/simulator/options.ts';
import { readAuditChain } from './audit-chain.ts';
import { flowFiles } from './desired-files.ts';
import { FastClock } from './fast-clock.ts';
import { MemoryLog } from './fakes/memory-log.ts';
import { GitRepository } from './git-repository.ts';
import type { FileChange } from './git-repository.ts';

/** Real processes on a busy machine take their time. */
jest.setTimeout(30_000);

export const STATUS_BRANCH = 'flowkeeper/status';
export const FLOW_ROUTE = '/api/v2/architect/flows/{flowId}';
export const LIST_ROUTE = '/api/v2/architect/flows';
export const RELOAD_ROUTE = '/api/v2/architect/flows/reload';

/** A policy that holds nothing back for the sake of the service's limits. */
export const SWIFT_POLICY = {
  rate: { perFlow: '0s', updatesPerMinute: 1_000_000, requestsPerMinute: 1_000_000 },
  apply: { concurrency: 4, verifyTimeout: '200ms' },
};

export interface RigOrg {
  readonly name: string;
  readonly orgId: string;
  /** Live flows, all of them described by git as they are. */
  readonly flows: number;
  /** Over the simulated org. */
  readonly live?: Partial<OrgOptions>;
  /** Over the org's part of the config. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly policy?: object;
}

export interface RigOptions {
  readonly orgs?: readonly Partial<RigOrg>[];
  /** It tells the controller's own time. */
  readonly simulator?: Omit<SimulatorOptions, 'orgs' | 'now'>;
  /** How much faster than the machine's the controller's time passes. */
  readonly speed?: number;
  /** Over the config, by its top-level keys. */
  readonly config?: (
    repository: GitRepository,
  ) => Readonly<Record<string, object>> | Promise<Readonly<Record<string, object>>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Files beside those of the flows, or instead of them. */
  readonly files?: Readonly<Record<string, FileChange>>;
}

type Given = Partial<AppPorts>;

const ORG_IDS = [
  '0b1e5f0c-3c1c-4a52-9a0e-0f6b3e1f2a11',
  '1c2f6a1d-4d2d-4b63-8b1f-1a7c4f2a3b22',
  '2d3a7b2e-5e3e-4c74-9c2a-2b8d5a3b4c33',
] as const;

/** The name of the rig's only org, where a test does not say otherwise. */
export const ACME = 'acme';

/**
 * A whole installation: a simulated service, a real repository, and the controller as `createApp` makes it of a
 * config file, in this process. `restart` is a new process on the same state.
 */
export class IntegrationRig {
  readonly simulator: Simulator;
  readonly repository: GitRepository;
  readonly clock: FastClock;
  readonly log = new MemoryLog();
  /** Flows as they were seeded, by org. */
  readonly seeded: ReadonlyMap<string, readonly FlowInput[]>;
  readonly config: Config;
  readonly #folder: string;
  readonly #ids = new Map<string, string>();
  #app: App | undefined;

  private constructor(parts: RigParts) {
    this.simulator = parts.simulator;
    this.repository = parts.repository;
    this.clock = parts.clock;
    this.seeded = parts.seeded;
    this.config = parts.config;
    this.#folder = parts.folder;
    for (const { name, orgId } of parts.orgs) this.#ids.set(name, orgId);
  }

  static async start(options: RigOptions = {}): Promise<IntegrationRig> {
    const orgs = (options.orgs ?? [{}]).map(orgOf);
    const seeded = new Map(
      orgs.map(({ name, orgId, flows }) => [name, [...seedFlows({ count: flows, orgId })]]),
    );
    const clock = new FastClock(options.speed);
    const simulator = await startSimulator({
      ...options.simulator,
      now: () => clock.now(),
      orgs: orgs.map((org) => simulated(org, seeded.get(org.name) ?? [])),
    });
    const repository = await GitRepository.create();
    await repository.commit({ ...filesOf(orgs, seeded), ...options.files });
    const folder = await mkdtemp(join(tmpdir(), 'flowkeeper-integration-'));
    const config = await configOf(orgs, options, { simulator, repository, folder });
    return new IntegrationRig({ simulator, repository, clock, seeded, config, folder, orgs });
  }

  get stateFolder(): string {
    return this.config.state.directory;
  }

  org(name = ACME): SimulatedOrg {
    return this.simulator.org(this.#ids.get(name));
  }

  flows(org = ACME): readonly FlowInput[] {
    return this.seeded.get(org) ?? [];
  }

  /** The app that `reconcile` works with; `given` replaces ports of a new one. */
  async app(given?: Given): Promise<App> {
    if (given) await this.stop();
    this.#app ??= await createApp(this.config, {
      observer: silentObserver,
      log: this.log,
      clock: this.clock,
      ...given,
    });
    return this.#app;
  }

  /** The process ends; the next use starts another on the same state folder. */
  async stop(): Promise<void> {
    const app = this.#app;
    this.#app = undefined;
    await app?.close();
  }

  async reconcileAll(
    options: Parameters<App['reconcile']>[0] = {},
    signal = new AbortController().signal,
  ): Promise<readonly OrgRunReport[]> {
    return (await this.app()).reconcile(options, signal);
  }

  /** One run of one org. */
  async reconcile(options: { readonly org?: string; readonly approvedDigest?: string } = {}) {
    const { org = ACME, approvedDigest: digest } = options;
    const approval = digest === undefined ? {} : { approval: { digest, by: 'Ada' } };
    const [report] = await this.reconcileAll({ orgs: [org], ...approval });
    if (!report) throw new Error('no run');
    return report;
  }

  /** What the status branch holds: text by path. */
  async statusFiles(branch = STATUS_BRANCH): Promise<ReadonlyMap<string, string>> {
    return this.repository.files(branch);
  }

  async statuses(org = ACME, branch = STATUS_BRANCH): Promise<ReadonlyMap<string, FlowStatus>> {
    const files = [...(await this.statusFiles(branch))].filter(([path]) =>
      path.startsWith(`status/${org}/`),
    );
    const found = files.map(([, text]) => parse(text) as FlowStatus);
    return new Map(found.map((status) => [status.flowId, status]));
  }

  async orgStatus(org = ACME): Promise<OrgStatus | undefined> {
    const text = (await this.statusFiles()).get(`orgs/${org}.yaml`);
    return text === undefined ? undefined : (parse(text) as OrgStatus);
  }

  async audit(org = ACME, branch = STATUS_BRANCH): Promise<readonly AuditRecord[]> {
    return readAuditChain(await this.statusFiles(branch), org);
  }

  async statusCommits(branch = STATUS_BRANCH): Promise<number> {
    return (await this.repository.head(branch)) === undefined
      ? 0
      : (await this.repository.log(branch)).length;
  }

  patches(org = ACME): readonly LoggedRequest[] {
    const orgId = this.#ids.get(org) ?? '';
    return this.simulator.requests.list({ method: 'PATCH', orgId });
  }

  async close(): Promise<void> {
    await this.stop();
    await this.simulator.close();
    await this.repository.remove();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

interface RigParts extends Pick<
  IntegrationRig,
  'simulator' | 'repository' | 'clock' | 'seeded' | 'config'
> {
  readonly folder: string;
  readonly orgs: readonly RigOrg[];
}

function orgOf(org: Partial<RigOrg>, index: number): RigOrg {
  const name = index === 0 ? ACME : `${ACME}-${String(index + 1)}`;
  return { name, orgId: ORG_IDS[index] ?? '', flows: 6, ...org };
}

const clientOf = (name: string): { readonly clientId: string; readonly clientSecret: string } => ({
  clientId: `flowkeeper-${name}`,
  clientSecret: `client-secret-of-${name}`,
});

function simulated(org: RigOrg, flows: readonly FlowInput[]): OrgOptions {
  return { ...seedOrg({ orgId: org.orgId, ...clientOf(org.name), flows: 0 }), flows, ...org.live };
}

function filesOf(
  orgs: readonly RigOrg[],
  seeded: ReadonlyMap<string, readonly FlowInput[]>,
): Record<string, string> {
  const files = orgs.map(({ name, policy = SWIFT_POLICY }) => ({
    ...flowFiles(name, seeded.get(name) ?? []),
    [policyPath(name)]: stringify(policy),
  }));
  return Object.assign({}, ...files) as Record<string, string>;
}

export function policyPath(org = ACME): string {
  return `desired-state/${org}/policy.yaml`;
}

async function configOf(
  orgs: readonly RigOrg[],
  { config, env = {} }: RigOptions,
  parts: Pick<RigParts, 'simulator' | 'repository' | 'folder'>,
): Promise<Config> {
  const org = (each: RigOrg): object => ({
    backend: 'architect-settings',
    environment: parts.simulator.url,
    orgId: each.orgId,
    ...clientOf(each.name),
    ...each.config,
  });
  const file = {
    source: { repository: parts.repository.path },
    orgs: Object.fromEntries(orgs.map((each) => [each.name, org(each)])),
    state: { directory: join(parts.folder, 'state') },
    ...(await config?.(parts.repository)),
  };
  const loaded = loadConfig('flowkeeper.yaml', stringify(file), env);
  if (loaded.ok) return loaded.value;
  throw new Error(JSON.stringify(loaded.diagnostics));
}
