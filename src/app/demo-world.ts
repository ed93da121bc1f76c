import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { makeScratchRepository } from '../adapters/git/scratch-repository.ts';
import type { ScratchRepository } from '../adapters/git/scratch-repository.ts';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load-config.ts';
import { FlowkeeperError } from '../domain/errors.ts';
import type { Log } from '../ports/log.ts';
import type { RunObserver } from '../ports/run-observer.ts';
import { startSimulator } from '../simulator/simulator.ts';
import type { Simulator } from '../simulator/simulator.ts';
import { createApp } from './create-app.ts';
import type { App } from './create-app.ts';
import { packageFolder } from './package-folder.ts';
import { makeSimulatedOrg } from './simulate-org.ts';

export const DEMO_ORG = 'acme-demo';

const ORG_ID = '0b1e5f0c-3c1c-4a52-9a0e-0f6b3e1f2a11';
const CLIENT = { clientId: 'flowkeeper-demo', clientSecret: 'demo-secret-of-this-machine' };
/** Flows of the org that git does not describe: reported, never touched. */
const UNMANAGED = 34;

/** The sample's policy with what makes a demo short: nobody wants to watch it wait. */
const POLICY = `mode: enforce
rate: { perFlow: 0s, updatesPerMinute: 600, requestsPerMinute: 6000 }
apply: { concurrency: 4, verifyTimeout: 1s }
`;

/** A whole small installation in a scratch folder: org, repository, controller. */
export interface DemoWorld {
  readonly app: App;
  readonly simulator: Simulator;
  readonly repository: ScratchRepository;
  /** Ends and removes all of it. */
  remove(): Promise<void>;
}

export async function makeDemoWorld(
  ports: { readonly log: Log; readonly observer: RunObserver },
  signal: AbortSignal,
): Promise<DemoWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'flowkeeper-demo-'));
  const sample = join(packageFolder(), 'desired-state');
  const org = await makeSimulatedOrg({
    orgId: ORG_ID,
    ...CLIENT,
    flows: UNMANAGED,
    from: join(sample, DEMO_ORG),
  });
  const simulator = await startSimulator({ orgs: [org], latencyMs: 3 });
  const repository = await makeScratchRepository(join(folder, 'contact-centre.git'), ports.log);
  await repository.commit(
    {
      author: { name: 'Pat Platform', email: 'pat@example.com' },
      message: 'Describe the flows of acme-demo',
      files: await sampleFiles(sample),
    },
    signal,
  );
  const app = await createApp(demoConfig(folder, simulator.url, repository.path), ports);
  return {
    app,
    simulator,
    repository,
    remove: async () => {
      await app.close();
      await simulator.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function sampleFiles(sample: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const entry of await readdir(sample, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const full = join(entry.parentPath, entry.name);
    const path = `desired-state/${relative(sample, full).replaceAll('\\', '/')}`;
    files.set(path, await readFile(full, 'utf8'));
  }
  return files.set(`desired-state/${DEMO_ORG}/policy.yaml`, POLICY);
}

function demoConfig(folder: string, url: string, repository: string): Config {
  const text = `source: { repository: ${JSON.stringify(repository)}, branch: main }
orgs:
  ${DEMO_ORG}:
    backend: architect-settings
    environment: ${url}
    orgId: ${ORG_ID}
    clientId: ${CLIENT.clientId}
    clientSecret: ${CLIENT.clientSecret}
state: { directory: ${JSON.stringify(join(folder, 'state'))} }
`;
  const loaded = loadConfig('demo', text, {});
  if (loaded.ok) return loaded.value;
  const { diagnostics } = loaded;
  throw new FlowkeeperError('config.invalid', 'the config of the demo has faults', { diagnostics });
}
