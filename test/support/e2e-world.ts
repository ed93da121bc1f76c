import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { stringify } from 'yaml';
import type { FlowInput } from '../../src/simulator/flow.ts';
import type { LoggedRequest } from '../../src/simulator/request-log.ts';
import { SAMPLE_CLIENT_SECRET, SAMPLE_ORG_ID, seedOrg } from '../../src/simulator/seed.ts';
import { CliProcess, requireBuild, runCli } from './cli.ts';
import type { CliOptions, CliResult } from './cli.ts';
import { flowFile, flowFiles, flowPath } from './desired-files.ts';
import type { FlowFileChange } from './desired-files.ts';
import { GitRepository } from './git-repository.ts';

/** Real processes on a busy machine take their time. */
jest.setTimeout(60_000);

export const ACME = 'acme';

const POLICY = { rate: { perFlow: '0s' }, apply: { verifyTimeout: '100ms' } };

/** The folder of an operator: flowkeeper.yaml, a repository beside it, and a simulated org in a process of its own. */
export class E2eWorld {
  readonly folder: string;
  readonly url: string;
  readonly repository: GitRepository;
  readonly flows: readonly FlowInput[];
  readonly #simulator: CliProcess;

  private constructor(
    parts: Pick<E2eWorld, 'folder' | 'url' | 'repository' | 'flows'>,
    simulator: CliProcess,
  ) {
    this.folder = parts.folder;
    this.url = parts.url;
    this.repository = parts.repository;
    this.flows = parts.flows;
    this.#simulator = simulator;
  }

  static async start(
    options: { readonly flows?: number; readonly policy?: object } = {},
  ): Promise<E2eWorld> {
    requireBuild();
    const count = options.flows ?? 8;
    const simulator = new CliProcess(['simulate', '--port', '0', '--flows', String(count)]);
    const [, url = ''] = await simulator.says(/simulated org at (http:\S+)/);
    const repository = await GitRepository.create();
    const flows = [...(seedOrg({ flows: count }).flows ?? [])];
    await repository.commit({
      ...flowFiles(ACME, flows),
      [`desired-state/${ACME}/policy.yaml`]: stringify({ ...POLICY, ...options.policy }),
    });
    const folder = await mkdtemp(join(tmpdir(), 'flowkeeper-e2e-'));
    const world = new E2eWorld({ folder, url, repository, flows }, simulator);
    await world.configure();
    return world;
  }

  /** Writes flowkeeper.yaml. @param change over its top-level keys */
  async configure(change: Readonly<Record<string, object>> = {}): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const file = {
      source: { repository: this.repository.path },
      orgs: {
        [ACME]: {
          backend: 'architect-settings',
          environment: this.url,
          orgId: SAMPLE_ORG_ID,
          clientId: 'flowkeeper',
          clientSecret: '${ACME_SECRET}',
        },
      },
      ...change,
    };
    await writeFile(join(this.folder, 'flowkeeper.yaml'), stringify(file));
  }

  /** A command in the operator's folder, with the secret in its environment. */
  run(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
    return runCli(args, this.#options(options));
  }

  begin(args: readonly string[], options: CliOptions = {}): CliProcess {
    return new CliProcess(args, this.#options(options));
  }

  #options({ env, ...rest }: CliOptions): CliOptions {
    return { cwd: this.folder, env: { ACME_SECRET: SAMPLE_CLIENT_SECRET, ...env }, ...rest };
  }

  idOf(nth: number): string {
    return this.flows[nth]!.id;
  }

  /** Commits the file of one flow, changed. */
  merge(nth: number, change: FlowFileChange): Promise<string> {
    const flow = this.flows[nth]!;
    return this.repository.commit({ [flowPath(ACME, flow.id)]: flowFile(flow, change) });
  }

  /** Somebody edits a flow in the editor. */
  async edit(nth: number, settings: object): Promise<void> {
    await this.control('edit', { flowId: this.idOf(nth), by: 'Sam Supervisor', settings });
  }

  async addFaults(...faults: readonly object[]): Promise<void> {
    await this.control('faults', faults);
  }

  async clearFaults(): Promise<void> {
    await fetch(`${this.url}/_simulator/faults`, { method: 'DELETE' });
  }

  async requests(method?: string): Promise<readonly LoggedRequest[]> {
    const answer = await fetch(`${this.url}/_simulator/requests`);
    const { requests } = (await answer.json()) as { readonly requests: readonly LoggedRequest[] };
    return requests.filter((request) => method === undefined || request.method === method);
  }

  async forgetRequests(): Promise<void> {
    await fetch(`${this.url}/_simulator/requests`, { method: 'DELETE' });
  }

  /** Resolves when the simulator has seen such a request since it was told to forget. */
  async sees(method: string, path: string): Promise<void> {
    while (!(await this.requests(method)).some((request) => request.path === path))
      await new Promise((resolve) => setTimeout(resolve, 20));
  }

  async control(name: string, body: object): Promise<void> {
    const answer = await fetch(`${this.url}/_simulator/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(await answer.text());
  }

  async close(): Promise<void> {
    await this.#simulator.stop();
    await this.repository.remove();
    await rm(this.folder, { recursive: true, force: true });
  }
}
