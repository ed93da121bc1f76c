import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { stringify } from 'yaml';
import type { Fault } from '../../src/simulator/fault.ts';
import type { FlowInput } from '../../src/simulator/flow.ts';
import type { OrgOptions } from '../../src/simulator/options.ts';
import { seedFlows, seedOrg } from '../../src/simulator/seed.ts';
import { flowFile, flowPath } from '../support/desired-files.ts';
import { requiring, startGitHttpServer } from '../support/git-http-server.ts';
import { GitRepository } from '../support/git-repository.ts';
import { startSimulatorProcess } from './child-runs.ts';
import { SimulatorClient } from './simulator-client.ts';

export const ORG = 'acme';
export const STATUS_BRANCH = 'flowkeeper/status';
const ORG_ID = '0b1e5f0c-3c1c-4a52-9a0e-0f6b3e1f2a11';

/** Looked for in everything that a run leaves behind. */
export const SECRETS = {
  clientSecret: 'canary-of-the-oauth-client-4711',
  gitToken: 'canary-of-the-git-token-0815',
} as const;

const CREDENTIAL = `x-access-token:${SECRETS.gitToken}`;

export interface CrashWorldOptions {
  readonly flows: number;
  /** Of every request to the service. */
  readonly latencyMs: number;
  /** `http`: git serves in this process, so that killing the controller's group does not kill the remote. */
  readonly remote: 'path' | 'http';
  /** Whether git says at first what is live, and not that every flow is to be another. */
  readonly isInSync?: true;
}

/** What git is to say in a round. */
export interface Wish {
  /** Undefined: as it was seeded. */
  readonly maxWaitTime: number | undefined;
  /** Flows of which git says so; the others stay as they are. */
  readonly flowIds: readonly string[];
  readonly onReloadFailure: 'keep' | 'rollback';
  readonly pushSnapshotsFirst?: boolean | undefined;
}

/** An installation that is killed again and again: the service in its process, git, a config and a state folder. */
export class CrashWorld {
  readonly repository: GitRepository;
  readonly simulator: SimulatorClient;
  readonly flows: readonly FlowInput[];
  /** Path of the config file. */
  readonly config: string;
  readonly stateFolder: string;
  readonly #stop: () => Promise<void>;
  #mainHead = '';

  private constructor(parts: {
    readonly repository: GitRepository;
    readonly url: string;
    readonly flows: readonly FlowInput[];
    readonly folder: string;
    readonly stop: () => Promise<void>;
  }) {
    this.repository = parts.repository;
    this.simulator = new SimulatorClient(parts.url);
    this.flows = parts.flows;
    this.#stop = parts.stop;
    this.config = join(parts.folder, 'flowkeeper.yaml');
    this.stateFolder = join(parts.folder, 'state');
  }

  static async start(options: CrashWorldOptions): Promise<CrashWorld> {
    const { flows: count, latencyMs, remote, isInSync } = options;
    const flows = [...seedFlows({ count, orgId: ORG_ID })];
    const client = { clientId: 'flowkeeper', clientSecret: SECRETS.clientSecret };
    const org: OrgOptions = { ...seedOrg({ orgId: ORG_ID, flows: 0, ...client }), flows };
    const service = await startSimulatorProcess({ orgs: [org], latencyMs });
    const repository = await GitRepository.create();
    await repository.run('config', 'http.receivepack', 'true');
    const server =
      remote === 'http'
        ? await startGitHttpServer(repository.folder, requiring(CREDENTIAL))
        : undefined;
    const folder = await mkdtemp(join(tmpdir(), 'flowkeeper-crash-'));
    const stop = async (): Promise<void> => {
      service.stop();
      await server?.close();
      await repository.remove();
      await rm(folder, { recursive: true, force: true });
    };
    const world = new CrashWorld({ repository, url: service.url, flows, folder, stop });
    const source = server
      ? { repository: `${server.origin}/${basename(repository.path)}`, token: SECRETS.gitToken }
      : { repository: repository.path };
    await world.#writeConfig(client, source);
    const maxWaitTime = isInSync ? undefined : 60;
    await world.wish({ maxWaitTime, flowIds: world.flowIds, onReloadFailure: 'keep' });
    return world;
  }

  get flowIds(): readonly string[] {
    return this.flows.map(({ id }) => id);
  }

  /** The branch that the controller must never write, as we left it. */
  get mainHead(): string {
    return this.#mainHead;
  }

  /** Commits what git is to say from now on. */
  async wish(wish: Wish): Promise<void> {
    const { maxWaitTime, flowIds, onReloadFailure, pushSnapshotsFirst = false } = wish;
    const policy = {
      rate: { perFlow: '0s', updatesPerMinute: 1_000_000, requestsPerMinute: 1_000_000 },
      apply: {
        concurrency: this.flows.length > 2 ? 3 : 1,
        verifyTimeout: '1s',
        onReloadFailure,
        pushSnapshotsFirst,
      },
    };
    const files = this.flows
      .filter(({ id }) => flowIds.includes(id))
      .map((flow) => [
        flowPath(ORG, flow.id),
        flowFile(flow, maxWaitTime === undefined ? {} : { routing: { maxWaitTime } }),
      ]);
    this.#mainHead = await this.repository.commit({
      ...(Object.fromEntries(files) as Record<string, string>),
      [`desired-state/${ORG}/policy.yaml`]: stringify(policy),
    });
  }

  /** Forgets the faults and requests of the last round. */
  async begin(faults: readonly Fault[]): Promise<void> {
    await this.simulator.begin(faults);
  }

  stop(): Promise<void> {
    return this.#stop();
  }

  async #writeConfig(client: object, source: { readonly token?: string }): Promise<void> {
    const { token } = source;
    await writeFile(
      this.config,
      stringify({
        source,
        status: { branch: STATUS_BRANCH, ...(token !== undefined && { token }) },
        orgs: {
          [ORG]: {
            backend: 'architect-settings',
            environment: this.simulator.url,
            orgId: ORG_ID,
            ...client,
          },
        },
        state: { directory: this.stateFolder },
      }),
    );
  }
}
