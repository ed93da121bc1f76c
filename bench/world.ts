import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as SeedModule from '../src/simulator/seed.ts';
import type { BareChange } from './bare-loop.ts';
import { builtUrl } from './built.ts';
import { ORG, POLICY, POLICY_PATH, benchFlowOf, flowFile } from './desired-files.ts';
import type { BenchFlow } from './desired-files.ts';
import { FAST_IMPORT, commitStream, git } from './git.ts';
import type { BareLoopHandlers } from './processes/bare-loop.ts';
import type { ControllerHandlers, RunResult } from './processes/controller.ts';
import type { Credentials, SimulatorHandlers } from './processes/simulator.ts';
import { startWorker } from './rpc.ts';
import type { Measured, Worker } from './rpc.ts';

const CREDENTIALS: Credentials = {
  orgId: '0b1e5f0c-3c1c-4a52-9a0e-0f6b3e1f2a11',
  clientId: 'flowkeeper-bench',
  clientSecret: 'of-this-machine-alone',
};

/** An org of N flows, a repository that describes them, and room for controllers; each in a process of its own. */
export class World {
  readonly folder: string;
  readonly flows: readonly BenchFlow[];
  readonly url: string;
  readonly simulator: Worker<SimulatorHandlers>;
  readonly #workers: Worker<unknown>[] = [];
  #edits = 0;

  constructor(
    folder: string,
    flows: readonly BenchFlow[],
    simulator: Worker<SimulatorHandlers>,
    url: string,
  ) {
    this.folder = folder;
    this.flows = flows;
    this.simulator = simulator;
    this.url = url;
    this.#workers.push(simulator);
  }

  static async make(options: { readonly flows: number; readonly latencyMs: number }) {
    const folder = await mkdtemp(join(tmpdir(), 'flowkeeper-bench-'));
    const { seedFlows } = (await import(builtUrl('simulator/seed.js'))) as typeof SeedModule;
    const { orgId } = CREDENTIALS;
    const flows = Array.from(seedFlows({ count: options.flows, orgId }), benchFlowOf);
    const simulator = await startWorker<SimulatorHandlers>(
      new URL('processes/simulator.ts', import.meta.url),
    );
    const { value: url } = await simulator.call('start', { ...CREDENTIALS, ...options });
    const world = new World(folder, flows, simulator, url);
    await git(folder, ['init', '--quiet', '--bare', '--initial-branch=main', 'desired.git']);
    await git(world.repository, ['config', 'gc.auto', '0']);
    const files = flows.map((flow) => [flow.path, flowFile(flow)] as const);
    await world.commit([[POLICY_PATH, POLICY], ...files], { isFirst: true });
    return world;
  }

  get repository(): string {
    return join(this.folder, 'desired.git');
  }

  get bare(): Credentials & { readonly url: string } {
    return { ...CREDENTIALS, url: this.url };
  }

  async commit(
    files: Iterable<readonly [string, string]>,
    { isFirst = false } = {},
  ): Promise<void> {
    const parent = isFirst ? undefined : 'refs/heads/main^0';
    await git(this.repository, FAST_IMPORT, commitStream('refs/heads/main', parent, files));
  }

  /** A config file of a controller with a state folder of its own. */
  async config(name: string): Promise<string> {
    const folder = join(this.folder, name);
    await mkdir(folder, { recursive: true });
    const file = join(folder, 'flowkeeper.yaml');
    const { orgId, clientId, clientSecret } = CREDENTIALS;
    await writeFile(
      file,
      `source: { repository: ${JSON.stringify(this.repository)}, branch: main }
status: { branch: flowkeeper/status-${name} }
orgs:
  ${ORG}:
    backend: architect-settings
    environment: ${this.url}
    orgId: ${orgId}
    clientId: ${clientId}
    clientSecret: ${clientSecret}
state: { directory: state }
`,
    );
    return file;
  }

  async startController(
    name: string,
    execArgv: readonly string[] = [],
  ): Promise<Worker<ControllerHandlers>> {
    const file = new URL('processes/controller.ts', import.meta.url);
    const worker = await startWorker<ControllerHandlers>(file, { execArgv });
    this.#workers.push(worker);
    await worker.call('open', await this.config(name));
    return worker;
  }

  async startBareLoop(): Promise<Worker<BareLoopHandlers>> {
    const file = new URL('processes/bare-loop.ts', import.meta.url);
    const worker = await startWorker<BareLoopHandlers>(file);
    this.#workers.push(worker);
    await worker.call('logIn', this.bare);
    return worker;
  }

  /** `count` flows, spread evenly over the pages. */
  someFlows(count: number): readonly BenchFlow[] {
    const step = Math.floor(this.flows.length / count);
    return this.flows.filter((_flow, i) => i % step === 0).slice(0, count);
  }

  /** A hand edit of each of these flows. @returns what brings them back */
  async drift(flows: readonly BenchFlow[]): Promise<readonly BareChange[]> {
    this.#edits += 1;
    const value = 100_000 + this.#edits;
    await this.simulator.call('drift', { ids: flows.map(({ id }) => id), value });
    const scope = { type: 'org', id: CREDENTIALS.orgId };
    return flows.map(({ id, settings }) => {
      const { type, maxWaitTime } = settings.routing;
      return { id, routing: { type, maxWaitTime, scope } };
    });
  }

  /** A commit that gives each of these flows another wait time. @returns that time by flow */
  async commitChange(flows: readonly BenchFlow[]): Promise<ReadonlyMap<string, number>> {
    this.#edits += 1;
    const value = 10_000 + this.#edits;
    await this.commit(flows.map((flow) => [flow.path, flowFile(flow, value)] as const));
    return new Map(flows.map(({ id }) => [id, value]));
  }

  /** The files of these flows as they were at first. @returns the longest wait by flow */
  async commitRevert(flows: readonly BenchFlow[]): Promise<ReadonlyMap<string, number>> {
    await this.commit(flows.map((flow) => [flow.path, flowFile(flow)] as const));
    return new Map(flows.map(({ id, settings }) => [id, settings.routing.maxWaitTime]));
  }

  /** @throws when a flow is not as it should be, or writes of one flow overlapped */
  async check(wanted: ReadonlyMap<string, number>): Promise<void> {
    const { value } = await this.simulator.call('faults', wanted);
    if (value.wrong.length > 0 || value.overlapping > 0)
      throw new Error(`measured runs did the wrong thing: ${JSON.stringify(value)}`);
  }

  async remove(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.stop()));
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** One run that must change exactly so many flows; a run that did anything else is no measurement. */
export async function reconcile(
  controller: Worker<ControllerHandlers>,
  expected: { readonly changes: number; readonly fullCompare?: boolean },
): Promise<Measured<RunResult>> {
  const { changes, fullCompare = true } = expected;
  const run = await controller.call('reconcile', { fullCompare });
  const { error, applied } = run.value;
  if (error === undefined && run.value.changes === changes && applied === changes) return run;
  throw new Error(`the run was not as expected: ${JSON.stringify({ expected, ...run.value })}`);
}
