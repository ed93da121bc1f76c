import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';
import type { CliResult } from '../support/cli.ts';
import { expectDocument } from '../support/document-schemas.ts';
import { ACME, E2eWorld } from '../support/e2e-world.ts';

interface RunReport {
  readonly exitCode: number;
  readonly orgs: readonly {
    readonly outcomes: readonly { readonly flowId: string; readonly status: string }[];
    readonly verdict?: { readonly kind: string };
    readonly invalid: readonly object[];
    readonly publishing: { readonly kind: string };
    readonly error?: { readonly code: string };
  }[];
}

interface PlanList {
  readonly items: readonly object[];
}

/** Told in order: each test goes on from the one before, as an operator's day does. */
describe('a day with flowkeeper', () => {
  let world: E2eWorld;

  beforeAll(async () => {
    world = await E2eWorld.start({ policy: { massChange: { maxFlows: 2 } } });
  });

  afterAll(() => world.close());

  /** Ends as expected, with nothing on stderr, and nothing for a terminal in what is no terminal. */
  async function run(code: number, ...args: readonly string[]): Promise<CliResult> {
    const result = await world.run(args, { env: { FORCE_COLOR: '1' } });
    expect([result.stderr, result.code]).toEqual(['', code]);
    expect(result.stdout).not.toMatch(/[\u001b\r]/);
    return result;
  }

  async function runJson<T>(code: number, schema: string, ...args: readonly string[]): Promise<T> {
    const { stdout } = await run(code, ...args, '--output', 'json');
    const document = JSON.parse(stdout) as T;
    expectDocument(schema, document);
    return document;
  }

  test('status before anything was recorded', async () => {
    const { stdout } = await run(0, 'status');
    expect(stdout).toBe('acme  unknown  no flow recorded yet\n');
  });

  test('a plan without differences', async () => {
    const { stdout } = await run(0, 'plan');
    expect(stdout).toContain(ACME);
    const list = await runJson<PlanList>(0, 'plan-list', 'plan');
    expect(list.items).toMatchObject([{ org: ACME, counts: { live: 8, inSync: 8, drifted: 0 } }]);
  });

  test('a reconcile without differences records where everything stands', async () => {
    const { stdout } = await run(0, 'reconcile');
    expect(stdout).toMatch(/^acme {2}nothing to write; 8 live flows/);
    expect(stdout).toMatch(/recorded in [0-9a-f]{10} \(9 files\)/);
    expect((await run(0, 'status')).stdout).toBe('acme  Ready  8 InSync\n');
  });

  test('a plan with a difference, in each form, which writes nothing', async () => {
    await world.edit(0, { routing: { maxWaitTime: 9 } });
    const { stdout } = await run(2, 'plan');
    expect(stdout).toContain('/routing/maxWaitTime');
    expect(stdout).toContain('Sam Supervisor');
    expect((await run(2, 'plan', '--output', 'markdown')).stdout).toContain(
      'Primary Architecture Flow',
    );

    const json = await runJson<PlanList>(2, 'plan-list', 'plan');
    expect(json.items).toHaveLength(1);
    const { stdout: yaml } = await run(2, 'plan', '--output', 'yaml');
    expect(parseAllDocuments(yaml)).toHaveLength(1);
    const document = parse(yaml) as PlanList;
    expectDocument('plan-list', document);
    expect(document.items).toMatchObject([{ changes: [{ flowId: world.idOf(0), kind: 'drift' }] }]);
    expect(await world.requests('PATCH')).toEqual([]);
  });

  test('a reconcile that corrects it', async () => {
    const { exitCode, orgs } = await runJson<RunReport>(0, 'run-report', 'reconcile');
    expect(exitCode).toBe(0);
    expect(orgs[0]?.outcomes).toMatchObject([{ flowId: world.idOf(0), status: 'applied' }]);
    expect(orgs[0]?.publishing.kind).toBe('pushed');
    expect(await world.requests('PATCH')).toHaveLength(1);
  });

  test('one flow in full, by id and by name', async () => {
    const { stdout } = await run(0, 'status', world.idOf(0).toUpperCase());
    expectDocument('status', parse(stdout));
    expect(parse(stdout)).toMatchObject({ state: 'InSync', lastOutcome: { status: 'applied' } });
    expect((await run(0, 'status', 'Primary Architecture Flow')).stdout).toBe(stdout);
    await runJson(0, 'status-list', 'status', world.idOf(0));
  });

  test('the plan of a branch that is not merged yet', async () => {
    const flow = world.flows[1]!;
    const main = (await world.repository.head()) ?? '';
    await world.repository.run('branch', 'longer-waits', main);
    const path = `desired-state/${ACME}/flows/${flow.id.slice(0, 2)}/${flow.id}.yaml`;
    const file = (await world.repository.files()).get(path) ?? '';
    await world.repository.commit(
      { [path]: file.replace(/maxWaitTime: \d+/, 'maxWaitTime: 4321') },
      { branch: 'longer-waits' },
    );
    const { stdout } = await run(2, 'plan', '--revision', 'longer-waits');
    expect(stdout).toContain('4321');
    const merge = await run(2, 'plan', '--base', 'main', '--revision', 'longer-waits');
    expect(merge.stdout).toContain('merging changes 1 of 8 live flows');
    expect((await run(0, 'plan', '--base', 'longer-waits', '--revision', main)).stdout).toContain(
      'merging changes no live flow',
    );
    await runJson(2, 'plan-list', 'plan', '--base', 'main', '--revision', 'longer-waits');
    await run(0, 'plan', '--revision', main.slice(0, 12));
    await run(0, 'plan');
  });

  test('a write that the service refuses: 1, and 2 for as long as it is held back', async () => {
    await world.merge(1, { routing: { maxWaitTime: 77 } });
    await world.addFaults({ kind: 'status', status: 400, method: 'PATCH', times: 1 });
    const { code, stdout, stderr } = await world.run(['reconcile']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/failed +Sales/);
    expect(
      stderr
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as object),
    ).not.toEqual([]);
    const { stdout: json } = await world.run(['reconcile', '--output', 'json']);
    expectDocument('run-report', JSON.parse(json));
    expect(JSON.parse(json)).toMatchObject({
      exitCode: 2,
      orgs: [
        { outcomes: [{ status: 'blocked', reason: expect.stringContaining('answered 400') }] },
      ],
    });
    await run(0, 'retry', world.idOf(1), '--by', 'Olga On-Call');
    await run(0, 'reconcile');
  });

  test('a file with a fault: 3, at its line, and the others go on', async () => {
    await world.merge(2, { routing: { maxWaitTime: 78 } });
    await world.merge(3, { routing: { maxWaitTime: 'long' } });
    const { exitCode, orgs } = await runJson<RunReport>(3, 'run-report', 'reconcile');
    expect(exitCode).toBe(3);
    expect(orgs[0]?.outcomes).toMatchObject([{ flowId: world.idOf(2), status: 'applied' }]);
    expect(orgs[0]?.invalid).toMatchObject([{ flowId: world.idOf(3) }]);
    const { stdout } = await run(3, 'reconcile');
    expect(stdout).toMatch(/flows\/[0-9a-f]{2}\/[0-9a-f-]{36}\.yaml:\d+:\d+/);
    expect((await run(2, 'status')).stdout).toContain('Invalid');
    await runJson(3, 'plan-list', 'plan');
    await world.merge(3, {});
    await run(0, 'reconcile');
  });

  test('a plan that is too large: 4, until its digest is approved', async () => {
    for (const nth of [4, 5, 6]) await world.edit(nth, { routing: { maxWaitTime: 9 } });
    const before = (await world.requests('PATCH')).length;
    await runJson(2, 'plan-list', 'plan');
    const held = await runJson<RunReport>(4, 'run-report', 'reconcile');
    expect(held.orgs[0]?.verdict?.kind).toBe('deny');
    const { stdout } = await run(4, 'reconcile');
    // the setting that would let such plans through stands behind it
    const [, command = ''] = /to go on: flowkeeper (.*?), or set /.exec(stdout) ?? [];
    expect(command).toMatch(/^reconcile --org acme --approve [0-9a-f]{64}$/);
    expect(await world.requests('PATCH')).toHaveLength(before);
    expect((await run(2, 'status')).stdout).toContain('3 Blocked');

    await run(0, ...command.split(' '), '--quiet');
    expect(await world.requests('PATCH')).toHaveLength(before + 3);
    await run(0, 'status');
    await run(0, 'audit', 'verify');
  });

  test('a flow within its interval: 2', async () => {
    const path = `desired-state/${ACME}/policy.yaml`;
    await world.repository.commit({ [path]: 'rate: { perFlow: 1h }\n' });
    await world.merge(4, { routing: { maxWaitTime: 99 } });
    const { orgs } = await runJson<RunReport>(2, 'run-report', 'reconcile');
    expect(orgs[0]?.outcomes).toMatchObject([{ status: 'deferred' }]);
    expect((await run(2, 'status')).stdout).toContain('Deferred');
  });

  test('a bad policy: 3, with the line', async () => {
    const path = `desired-state/${ACME}/policy.yaml`;
    await world.repository.commit({ [path]: 'mode: enforce\nrate: { perFlow: soon }\n' });
    const { code, stdout } = await world.run(['reconcile']);
    expect(code).toBe(3);
    expect(stdout).toContain(`${path}:2:18`);
    const { stdout: json } = await world.run(['reconcile', '--output', 'json']);
    expectDocument('run-report', JSON.parse(json));
    const plan = await world.run(['plan', '--output', 'json']);
    expectDocument('plan-list', JSON.parse(plan.stdout));
    expect([plan.code, plan.stderr.includes(`${path}:2:18`)]).toEqual([3, true]);
  });

  test('an org that cannot be read: 1, in every form', async () => {
    await world.repository.commit({ [`desired-state/${ACME}/policy.yaml`]: null });
    await world.addFaults({ kind: 'garbage', method: 'GET' });
    const report = await world.run(['reconcile', '--output', 'json']);
    expectDocument('run-report', JSON.parse(report.stdout));
    expect(report.code).toBe(1);
    const plan = await world.run(['plan', '--output', 'json']);
    expectDocument('plan-list', JSON.parse(plan.stdout));
    expect(plan.code).toBe(1);
    expect(plan.stderr).toContain('[api.bad-answer]');
    const status = await world.run(['status', '--output', 'json']);
    expectDocument('status-list', JSON.parse(status.stdout));
    expect(status.code).toBe(2);
    await world.clearFaults();
  });
});
