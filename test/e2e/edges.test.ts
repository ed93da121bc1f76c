import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { FLOW_ROUTE } from '../support/integration-rig.ts';
import { CliProcess, runCli } from '../support/cli.ts';
import type { CliResult } from '../support/cli.ts';
import { E2eWorld } from '../support/e2e-world.ts';

const LIST_PATH = '/api/v2/architect/flows';
/** A process that is told to end must be gone by then, on a busy machine too. */
const PROMPT_MS = 5_000;

describe('the command line at its edges', () => {
  let world: E2eWorld;

  beforeAll(async () => {
    world = await E2eWorld.start();
  });

  afterEach(async () => {
    await world.clearFaults();
    await world.forgetRequests();
    await world.configure();
  });

  afterAll(() => world.close());

  /** What every error owes a person: one line, a code, the next step, and no stack. */
  function expectError({ stdout, stderr }: CliResult, code: string): void {
    expect(stdout).toBe('');
    expect(stderr).toContain(`[${code}]`);
    expect(stderr).toContain('next: ');
    expect(stderr).not.toMatch(/^ +at .+:\d+:\d+\)?$/m);
    expect(stderr).not.toContain('\u001b');
  }

  test('help names every command and the exit codes', async () => {
    const { code, stdout } = await runCli(['--help']);
    expect(code).toBe(0);
    for (const name of ['demo', 'reconcile', 'plan', 'validate', 'status', 'simulate'])
      expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    expect(stdout).toContain('Exit codes: 0');
    expect((await runCli(['reconcile', '--help'])).stdout).toContain('--approve');
  });

  test('the version is that of the package', async () => {
    const { code, stdout } = await runCli(['--version']);
    expect([code, stdout]).toEqual([0, '0.1.0\n']);
  });

  test.each([
    { name: 'an unknown command', args: ['reconcil'], says: 'reconcile' },
    { name: 'an unknown option', args: ['reconcile', '--ouput', 'json'], says: '--output' },
    { name: 'an unknown format', args: ['plan', '--output', 'xml'], says: 'json' },
    { name: 'a bad number', args: ['simulate', '--port', 'eighty'], says: 'whole number' },
    { name: 'one argument too many', args: ['status', 'a', 'b'], says: 'too many' },
    { name: 'no command', args: [], says: 'Usage' },
  ])('$name is told with what is there instead', async ({ args, says }) => {
    const { code, stdout, stderr } = await runCli(args);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/^ +at .+:\d+:\d+\)?$/m);
  });

  test('a config that is not there', async () => {
    const result = await world.run(['plan', '--config', 'nowhere.yaml']);
    expect(result.code).toBe(3);
    expectError(result, 'config.missing');
    expect(result.stderr).toContain('nowhere.yaml');
  });

  test('a variable that is not set, at its place in the config', async () => {
    const result = await runCli(['plan'], { cwd: world.folder });
    expect(result.code).toBe(3);
    expectError(result, 'config.invalid');
    expect(result.stderr).toMatch(/flowkeeper\.yaml:\d+:\d+/);
    expect(result.stderr).toContain('ACME_SECRET');
  });

  test('a config with a typing slip', async () => {
    await world.configure({ sorce: {} });
    const result = await world.run(['status']);
    expect(result.code).toBe(3);
    expectError(result, 'config.invalid');
    expect(result.stderr).toContain('source');
  });

  test('an org that the config does not have', async () => {
    const result = await world.run(['reconcile', '--org', 'acne']);
    expect(result.code).toBe(1);
    expectError(result, 'cli.usage');
    expect(result.stderr).toContain('acme');
  });

  test('a flow that nobody knows', async () => {
    const result = await world.run(['status', 'Nobody’s Flow']);
    expect(result.code).toBe(1);
    expectError(result, 'cli.usage');
  });

  test('a revision that git does not have', async () => {
    const result = await world.run(['plan', '--revision', 'no-such-branch']);
    expect(result.code).toBe(3);
    expectError(result, 'git.no-revision');
  });

  test('a repository that is not there', async () => {
    await world.configure({ source: { repository: './nowhere.git' } });
    const result = await world.run(['reconcile']);
    expect(result.code).toBe(1);
    expectError(result, 'git.unreachable');
  });

  test('a branch that is not there', async () => {
    await world.configure({ source: { repository: world.repository.path, branch: 'trunk' } });
    const result = await world.run(['reconcile']);
    expect(result.code).toBe(3);
    expectError(result, 'git.no-branch');
  });

  test('a state folder that cannot be made', async () => {
    await writeFile(join(world.folder, 'a-file'), '');
    await world.configure({ state: { directory: 'a-file/state' } });
    const result = await world.run(['reconcile']);
    expect(result.code).toBe(1);
    expectError(result, 'state.unwritable');
  });

  test('a state file that is none', async () => {
    await world.configure({ state: { directory: 'odd-state' } });
    await world.run(['status']);
    const files = await readdir(join(world.folder, 'odd-state'));
    const database = files.find((name) => /\.(db|sqlite)$/.test(name)) ?? '';
    await writeFile(join(world.folder, 'odd-state', database), 'x'.repeat(8192));
    const result = await world.run(['reconcile']);
    expect(result.code).toBe(1);
    expectError(result, 'state.corrupt');
  });

  test('a reader that closes the pipe early ends nothing badly', async () => {
    const command = world.begin(['plan', '--output', 'json', '--verbose']);
    command.child.stdout?.destroy();
    command.child.stderr?.destroy();
    expect((await command.ended()).code).toBe(0);
  });

  test('with --verbose the log is JSON lines on stderr, each with its run, and stdout stays clean', async () => {
    const { code, stdout, stderr } = await world.run([
      'reconcile',
      '--verbose',
      '--output',
      'json',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'RunReport' });
    const lines = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly message?: string; readonly runId?: string });
    const planned = lines.find(({ message }) => message === 'planned');
    expect(planned?.runId).toMatch(/^run-/);
  });

  test('SIGTERM ends a run that waits for a slow org, and the next one does it all', async () => {
    await world.edit(0, { routing: { maxWaitTime: 9 } });
    await world.addFaults({ kind: 'hang', path: LIST_PATH });
    const command = world.begin(['reconcile']);
    await world.sees('GET', LIST_PATH);
    const asked = performance.now();
    const { code, stdout, stderr } = await command.stop('SIGTERM');
    expect(performance.now() - asked).toBeLessThan(PROMPT_MS);
    expect(code).toBe(1);
    expect(`${stdout}${stderr}`).toContain('run.cancelled');

    await world.clearFaults();
    expect((await world.run(['reconcile'])).code).toBe(0);
    expect(await world.requests('PATCH')).toHaveLength(1);
  });

  test('SIGINT in the middle of a write leaves it to the next run, which does not write it twice', async () => {
    await world.edit(1, { routing: { maxWaitTime: 9 } });
    const path = FLOW_ROUTE.replace('{flowId}', world.idOf(1));
    await world.addFaults({ kind: 'apply-then-hang', method: 'PATCH', path });
    const command = world.begin(['reconcile']);
    await world.sees('PATCH', path);
    const { code, durationMs } = await command.stop('SIGINT');
    expect(code).toBe(1);
    expect(durationMs).toBeLessThan(30_000);

    await world.clearFaults();
    const { code: second, stdout } = await world.run(['reconcile', '--output', 'json']);
    expect(second).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      orgs: [{ outcomes: [{ flowId: world.idOf(1), status: 'applied' }] }],
    });
    const patches = (await world.requests('PATCH')).filter((request) => request.path === path);
    expect(patches).toHaveLength(1);
    expect((await world.run(['audit', 'verify'])).code).toBe(0);
  });

  test('two at once on one org: the second says who has it', async () => {
    await world.addFaults({ kind: 'hang', path: LIST_PATH });
    const first = world.begin(['reconcile']);
    await world.sees('GET', LIST_PATH);
    const second = await world.run(['reconcile']);
    expect(second.code).toBe(1);
    expect(second.stdout).toContain('[state.busy]');
    expect(second.stdout).toContain(`process ${String(first.child.pid)}`);
    await first.stop();
  });

  test('a process that was killed holds nobody up', async () => {
    await world.addFaults({ kind: 'hang', path: LIST_PATH });
    const first = world.begin(['reconcile']);
    await world.sees('GET', LIST_PATH);
    await first.stop('SIGKILL');
    await world.clearFaults();
    expect((await world.run(['reconcile'])).code).toBe(0);
  });

  describe('simulate', () => {
    test('prints the part of the config that leads to it, and SIGTERM ends it: 0', async () => {
      const simulator = new CliProcess(['simulate', '--flows', '3']);
      const [, url = ''] = await simulator.says(/simulated org at (http:\S+)/);
      await simulator.says(/look inside/);
      const yaml = /^ {2}orgs:\n(?: {4}.*\n)+/m.exec(simulator.stdout)?.[0] ?? '';
      expect(parseAllDocuments(yaml)[0]?.toJS()).toMatchObject({
        orgs: { 'acme-demo': { backend: 'architect-settings', environment: url } },
      });
      const answer = await fetch(`${url}/_simulator/state`);
      expect(await answer.json()).toMatchObject({ orgs: [{ flowCount: 3 }] });
      const { code, stderr } = await simulator.stop();
      expect([code, stderr]).toEqual([0, '']);
    });

    test('a port that is taken, and faults that are none, are told', async () => {
      const taken = await runCli(['simulate', '--port', new URL(world.url).port]);
      expect(taken.code).toBe(1);
      expectError(taken, 'simulator.failed');
      const faults = join(world.folder, 'faults.json');
      await writeFile(faults, '[{ "kind": "hamg" }]');
      const bad = await runCli(['simulate', '--faults', faults]);
      expect(bad.code).toBe(1);
      expectError(bad, 'simulator.failed');
      expect(bad.stderr).toContain('kind');
      await writeFile(faults, '{');
      expectError(await runCli(['simulate', '--faults', faults]), 'cli.usage');
    });
  });
});

describe('demo', () => {
  test('ends by itself with 0 in time, and leaves nothing behind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'flowkeeper-e2e-demo-'));
    try {
      const { code, stdout, stderr, durationMs } = await runCli(['demo'], {
        env: { TMPDIR: folder },
      });
      expect([code, stderr]).toEqual([0, '']);
      expect(durationMs).toBeLessThan(30_000);
      expect(stdout).not.toContain('\u001b');
      for (const word of [
        'applied',
        'Sam Supervisor',
        'rolled-back',
        '[skip ci]',
        'state: RolledBack',
      ])
        expect(stdout).toContain(word);
      expect(await readdir(folder)).toEqual([]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('SIGINT ends it at once, and nothing is left behind either', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'flowkeeper-e2e-demo-'));
    try {
      const demo = new CliProcess(['demo'], { env: { TMPDIR: folder } });
      await demo.says(/^2\. /m);
      const { code } = await demo.stop('SIGINT');
      expect(code).toBe(1);
      expect(await readdir(folder)).toEqual([]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
