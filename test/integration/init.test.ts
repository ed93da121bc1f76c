import { EventEmitter } from 'node:events';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { faultOfAnswers } from '../../src/app/check-answers.ts';
import { runProgram } from '../../src/cli/program.ts';
import { git } from '../support/git-repository.ts';
import { IntegrationRig } from '../support/integration-rig.ts';

let rig: IntegrationRig;
let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  rig = await IntegrationRig.start({ orgs: [{ flows: 2 }] });
  // the service and the command line have one clock
  rig.clock.advance(Date.now() - rig.clock.now());
});
afterAll(() => rig.close());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flowkeeper-init-test-'));
  const [org] = rig.config.orgs;
  env = { CLIENT: org!.clientId, SECRET: org!.clientSecret };
  return () => rm(folder, { recursive: true, force: true });
});

const file = (): string => join(folder, 'flowkeeper.yaml');

/** @param lines what a person types; undefined: there is no terminal */
async function init(argv: readonly string[], lines?: readonly string[]) {
  const streams = { stdout: new PassThrough(), stderr: new PassThrough() };
  const said = { stdout: '', stderr: '' };
  streams.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
  streams.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
  const stdin = Object.assign(new PassThrough(), { isTTY: lines !== undefined });
  stdin.end(lines?.map((line) => `${line}\n`).join(''));
  const host = Object.assign(new EventEmitter(), streams, { stdin, env });
  const line = ['node', 'flowkeeper', 'init', file(), ...argv];
  const exitCode = await runProgram(line, host as unknown as NodeJS.Process);
  return { exitCode, ...said };
}

const flags = (change: Readonly<Record<string, string>> = {}): string[] => {
  const [org] = rig.config.orgs;
  const all = {
    repository: rig.repository.path,
    org: 'acme',
    environment: org!.environment,
    'org-id': org!.orgId,
    'client-id': '${CLIENT}',
    'client-secret-env': 'SECRET',
    ...change,
  };
  return Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);
};

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

describe('init by flags', () => {
  test('tries every answer, and writes a config that doctor takes', async () => {
    const { exitCode, stdout, stderr } = await init(flags());
    expect([exitCode, stderr]).toEqual([0, '']);
    for (const check of ['source', 'status-branch', 'token', 'read-flows', 'state'])
      expect(stdout).toMatch(new RegExp(`^  ok    ${check} `, 'm'));
    expect(parse(await readFile(file(), 'utf8'))).toMatchObject({
      source: { repository: rig.repository.path, branch: 'main' },
      orgs: { acme: { clientId: '${CLIENT}', clientSecret: '${SECRET}' } },
    });
    expect(await isThere(join(folder, '.flowkeeper'))).toBe(true);
  });

  test('a config that is there stays, unless --force says otherwise', async () => {
    await writeFile(file(), 'mine');
    const refused = await init(flags());
    expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringContaining('--force')]);
    expect(await readFile(file(), 'utf8')).toBe('mine');
    expect((await init([...flags(), '--force'])).exitCode).toBe(0);
    expect(await readFile(file(), 'utf8')).toContain('source:');
  });

  test('a first policy only reports; one that is there stays', async () => {
    const clone = join(folder, 'clone');
    await git(['clone', '-q', rig.repository.path, clone]);
    const first = await init(flags({ org: 'acme-new', folder: clone }));
    expect(first.exitCode).toBe(0);
    const policy = join(clone, 'desired-state/acme-new/policy.yaml');
    expect(parse(await readFile(policy, 'utf8'))).toMatchObject({ mode: 'report' });
    await writeFile(policy, 'mode: enforce # ours\n');
    await init([...flags({ org: 'acme-new', folder: clone }), '--force']);
    expect(await readFile(policy, 'utf8')).toBe('mode: enforce # ours\n');
  });

  test.each([
    { name: 'a repository that is not there', change: { repository: '/no/such' }, says: 'git.' },
    {
      name: 'a wrong secret',
      change: { 'client-secret-env': 'CLIENT' },
      says: 'api.token-refused',
    },
    { name: 'nobody at the address', change: { environment: 'http://127.0.0.1:9' }, says: 'api.' },
  ])('$name: says so, and writes nothing', async ({ change, says }) => {
    const { exitCode, stdout, stderr } = await init(flags(change));
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('nothing was written')]);
    expect(stdout).toMatch(new RegExp(`^  FAIL  .*\\[${says}`, 'm'));
    expect(stdout).toMatch(/next: \S/);
    expect(await isThere(file())).toBe(false);
  });

  test('a variable that is not set: 3; --no-check writes all the same', async () => {
    const unset = await init(flags({ 'client-secret-env': 'NOT_SET' }));
    expect([unset.exitCode, unset.stdout]).toEqual([3, expect.stringContaining('`NOT_SET`')]);
    expect(
      (await init([...flags({ 'client-secret-env': 'NOT_SET' }), '--no-check'])).exitCode,
    ).toBe(0);
  });

  test('a branch that is not there yet is only told: the first push makes it', async () => {
    const { exitCode, stdout } = await init(flags({ branch: 'later' }));
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^  warn  source .*later yet/m)]);
  });

  test.each([
    {
      name: 'what is missing is named by its flags',
      argv: [],
      says: '--repository, --org, --org-id',
    },
    { name: 'an id that is none', argv: ['--org-id', 'x'], says: '--org-id: ' },
    {
      name: 'a secret in place of a name',
      argv: ['--client-secret-env', 'a b'],
      says: 'never give the secret',
    },
  ])('$name', async ({ argv, says }) => {
    const given = argv.length === 0 ? [] : [...flags(), ...argv];
    const { exitCode, stderr } = await init(given);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining(says)]);
    expect(await isThere(file())).toBe(false);
  });
});

describe('init by questions', () => {
  const [org] = [() => rig.config.orgs[0]!];

  test('asks again for what cannot be, and for what does not work', async () => {
    const { environment, orgId } = org();
    const typed = [
      ...['ext::sh', '/no/such', '', '', ''],
      ...[rig.repository.path, '', '', ''],
      ...['acme', environment, 'no-uuid', orgId, '${CLIENT}', 'CLIENT'],
      ...['', '', '', '', 'SECRET'],
    ];
    const { exitCode, stdout, stderr } = await init([], typed);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('The branch that is the truth [main]: ');
    expect(stderr.match(/Once more/g)).toHaveLength(2);
    expect(stderr).not.toContain(org().clientSecret);
    expect(stdout).toContain('flowkeeper export');
    expect(parse(await readFile(file(), 'utf8'))).toMatchObject({
      source: { repository: rig.repository.path },
      orgs: { acme: { orgId, clientSecret: '${SECRET}' } },
    });
  });

  test('answers that end too soon write nothing', async () => {
    const { exitCode, stderr } = await init([], [rig.repository.path]);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('[cli.usage]')]);
    expect(await isThere(file())).toBe(false);
  });
});

test.each([
  { answers: { repository: 'https://git.example.com/a.git' }, isGood: true },
  { answers: { repository: 'https://user:secret@git.example.com/a.git' }, isGood: false },
  { answers: { environment: 'http://api.example.com' }, isGood: false },
  { answers: { environment: 'http://127.0.0.1:1' }, isGood: true },
  { answers: { org: '../up' }, isGood: false },
  { answers: { branch: '-x' }, isGood: false },
  { answers: { clientId: 'a: b # c' }, isGood: true },
  { answers: { gitTokenEnv: 'GIT_TOKEN' }, isGood: true },
  { answers: { gitTokenEnv: 'ghp-secret' }, isGood: false },
])('$answers can stand in a config: $isGood', ({ answers, isGood }) => {
  expect(faultOfAnswers(answers) === undefined).toBe(isGood);
});
