import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { expectUnderstood, loadDeployed, optionOf, variablesOf } from '../support/deploy-files.ts';
import { deployPath, readDeploy } from '../support/deploy-path.ts';
import { git } from '../support/git-repository.ts';

interface ComposeService {
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly command: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly network_mode?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly stop_grace_period?: string;
}

const COMPOSE = parse(readDeploy('compose/compose.yaml'), { merge: true }) as {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: object;
};
const CONFIG = readDeploy('compose/flowkeeper.yaml');

function serviceOf(name: string): ComposeService {
  const service = COMPOSE.services[name];
  if (!service) throw new Error(`no service ${name}`);
  return service;
}

describe('compose.yaml', () => {
  test.each(Object.keys(COMPOSE.services))(
    '%s runs without any right that it does not need',
    (name) => {
      expect(serviceOf(name)).toMatchObject({
        image: 'flowkeeper',
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      });
    },
  );

  test.each(['simulate', 'flowkeeper'])(
    '%s has a command line that the program understands',
    (name) => expectUnderstood(serviceOf(name).command),
  );

  test('the files it names are there', () => {
    const { build } = serviceOf('simulate');
    const context = join(deployPath('compose'), build?.context ?? '');
    expect(existsSync(join(context, build?.dockerfile ?? ''))).toBe(true);
    const mounts = Object.values(COMPOSE.services).flatMap(({ volumes = [] }) => volumes);
    const files = mounts
      .map((mount) => mount.split(':')[0] ?? '')
      .filter((from) => from.startsWith('.'));
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) expect(existsSync(deployPath(`compose/${file}`))).toBe(true);
    const named = mounts
      .map((mount) => mount.split(':')[0] ?? '')
      .filter((from) => !from.startsWith('.'));
    expect(Object.keys(COMPOSE.volumes)).toEqual([...new Set(named)]);
  });

  test('the controller finds its config, state, repository and org where they are', () => {
    const {
      command,
      volumes = [],
      environment = {},
      network_mode: network,
    } = serviceOf('flowkeeper');
    const config = loadDeployed('flowkeeper.yaml', CONFIG);
    const places = volumes.map((mount) => mount.split(':')[1] ?? '');
    expect(places).toContain(optionOf(command, 'config'));
    expect(places).toContain(dirname(config.state.directory));
    const repository = serviceOf('repository');
    expect(repository.command).toEqual([config.source.repository]);
    expect(repository.volumes?.[0]).toBe(volumes[0]);
    expect(variablesOf(CONFIG)).toEqual(Object.keys(environment));
    // the simulated org listens on the loopback that both share
    expect(network).toBe('service:simulate');
    const simulate = serviceOf('simulate');
    const [org] = config.orgs;
    expect(org?.environment).toBe(`http://127.0.0.1:${optionOf(simulate.command, 'port')}`);
    expect(simulate.ports).toEqual([
      `127.0.0.1:${String(config.server.port)}:${String(config.server.port)}`,
    ]);
  });

  test('the controller has more time to end than it takes', () => {
    const { command, stop_grace_period: stop = '' } = serviceOf('flowkeeper');
    expect(Number(/^(\d+)s$/.exec(stop)?.[1])).toBeGreaterThanOrEqual(
      Number(optionOf(command, 'grace')) + 10,
    );
  });
});

describe('make-repository.sh', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'flowkeeper-compose-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const make = (repository: string): Promise<unknown> =>
    promisify(execFile)('sh', [deployPath('compose/make-repository.sh'), repository], {
      env: { PATH: process.env['PATH'], FLOWKEEPER_SAMPLE: join(folder, 'sample') },
    });

  test('makes a repository of the sample once, and leaves one that is there alone', async () => {
    await cp(deployPath('../desired-state'), join(folder, 'sample'), { recursive: true });
    const repository = join(folder, 'contact-centre.git');
    await make(repository);
    const { source, orgs } = loadDeployed('flowkeeper.yaml', CONFIG);
    const files = await git(['-C', repository, 'ls-tree', '-r', '--name-only', source.branch]);
    expect(files).toContain(`${source.directory}/${orgs[0]?.name ?? ''}/flows/`);
    const head = await git(['-C', repository, 'rev-parse', source.branch]);
    await writeFile(join(folder, 'sample', 'more'), 'x');
    await make(repository);
    expect(await git(['-C', repository, 'rev-parse', source.branch])).toBe(head);
  });
});
