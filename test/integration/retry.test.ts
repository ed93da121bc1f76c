import { afterEach, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import schema from '../../schemas/retry.schema.json' with { type: 'json' };
import { ACME, IntegrationRig } from '../support/integration-rig.ts';
import { runRigCli } from '../support/run-cli.ts';

let rig: IntegrationRig;

afterEach(() => rig.close());

test('retry lets a flow that was rolled back be tried again, from another process', async () => {
  rig = await IntegrationRig.start();
  const { id, name, settings } = rig.flows()[0]!;
  rig.org().edit(id, { routing: { maxWaitTime: 9 } }, { by: 'Sam Supervisor' });
  const pointer = '/routing/maxWaitTime';
  rig.simulator.faults.add({
    kind: 'store-differently',
    pointer,
    value: 1,
    flowId: id,
    nth: 1,
    method: 'PATCH',
  });
  expect((await rig.reconcile()).outcomes).toMatchObject([{ status: 'rolled-back' }]);
  expect((await rig.reconcile()).outcomes).toMatchObject([{ status: 'blocked' }]);

  const first = await runRigCli(rig, 'retry', name);
  expect(first).toMatchObject({ exitCode: 0, stderr: '' });
  expect(first.stdout).toContain(`${name} (${id}) in ${ACME}: released; the next run tries again.`);
  expect((await rig.reconcile()).outcomes).toMatchObject([{ status: 'applied' }]);
  expect(rig.org().flow(id).inEffect).toMatchObject({ routing: settings['routing'] });

  const second = await runRigCli(rig, 'retry', id);
  expect(second).toMatchObject({
    exitCode: 0,
    stdout: `${name} (${id}) in ${ACME}: nothing is held back\n`,
  });
  const { stdout } = await runRigCli(rig, 'retry', id, '--output', 'json');
  const validate = new Ajv2020({ strict: true }).compile(schema);
  expect([validate(JSON.parse(stdout)), validate.errors]).toEqual([true, null]);

  const unknown = await runRigCli(rig, 'retry', 'No Such Flow');
  expect(unknown).toMatchObject({ exitCode: 1, stdout: '' });
  expect(unknown.stderr).toContain(`no flow No Such Flow is known in ${ACME} [cli.unknown-flow]`);
  expect(unknown.stderr).toContain('next: Name a flow that git describes');
});

test('what the service refuses is sent once and audited once, until a person says retry', async () => {
  rig = await IntegrationRig.start();
  const { id, name } = rig.flows()[0]!;
  rig.org().edit(id, { routing: { maxWaitTime: 9 } }, { by: 'Sam Supervisor' });
  rig.simulator.faults.add({ kind: 'status', status: 422, method: 'PATCH', flowId: id });
  expect((await rig.reconcile()).outcomes).toMatchObject([
    { status: 'failed', code: 'api.refused' },
  ]);
  const commits = await rig.statusCommits();
  for (let i = 0; i < 2; i += 1) {
    await rig.stop();
    expect((await rig.reconcile()).outcomes).toMatchObject([{ status: 'blocked' }]);
  }
  expect(rig.patches()).toHaveLength(1);
  expect(await rig.audit()).toHaveLength(1);
  expect(await rig.statusCommits()).toBe(commits);
  const shown = await runRigCli(rig, 'plan');
  expect(shown.stdout).toContain('denied (held-back): these settings were tried and are held back');
  expect(shown.stdout).toContain(`to go on: flowkeeper retry ${id}`);

  rig.simulator.faults.clear();
  await rig.stop();
  expect((await runRigCli(rig, 'retry', name, '--by', 'Oli Oncall')).stdout).toContain('released');
  expect((await rig.reconcile()).outcomes).toMatchObject([{ status: 'applied' }]);
  const events = (await rig.audit()).map(({ event }) => event);
  expect(events).toEqual(['flow.update-failed', 'flow.released', 'flow.updated']);
  const { stdout } = await runRigCli(rig, 'history', id);
  expect(stdout).toMatch(/released \(flow\.released\), run-\S+\n {2}by hand: Oli Oncall\n/);
  expect((await runRigCli(rig, 'audit', 'verify')).exitCode).toBe(0);
});
