import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import type { Settings } from '../../src/domain/flow.ts';
import { exitCodeOf } from '../../src/engine/run-report.ts';
import { flowPath } from '../support/desired-files.ts';
import { expectDocument } from '../support/document-schemas.ts';
import { ACME, IntegrationRig, policyPath, SWIFT_POLICY } from '../support/integration-rig.ts';
import { revertByGit } from '../support/revert-by-git.ts';
import { runRigCli } from '../support/run-cli.ts';

let rig: IntegrationRig;
let id: string;
let name: string;
let before: Settings;
let version: number;
let merged: string;

/** A merged change that is applied. */
beforeEach(async () => {
  rig = await IntegrationRig.start({ orgs: [{ flows: 3 }] });
  ({ id, name } = rig.flows()[1]!);
  await rig.reconcile();
  ({ settings: before, version } = rig.org().flow(id));
  const wanted = { routing: { maxWaitTime: 4321 } };
  merged = await rig.repository.commit({
    [flowPath(ACME, id)]: stringify({ flowId: id, name, settings: wanted }),
  });
  expect(exitCodeOf(await rig.reconcile())).toBe(0);
});

afterEach(() => rig.close());

describe('rollback', () => {
  test('puts the recorded settings back, in effect, and they stay until git agrees', async () => {
    const end = await runRigCli(rig, 'rollback', name, '--by', 'Olga On-Call');
    expect(end).toMatchObject({ exitCode: 0, stderr: '' });
    expect(end.stdout).toContain(
      `${name} (${id}) in ${ACME}: is as the snapshot of version ${String(version)} again`,
    );
    expect(end.stdout).toContain('  /routing/maxWaitTime: 4321 → ');
    expect(end.stdout).toContain('is held back until git says something else');
    expect(rig.org().flow(id)).toMatchObject({ settings: before, inEffect: before });
    expect(rig.simulator.violations()).toEqual([]);

    const held = await rig.reconcile();
    expect(held.outcomes).toMatchObject([{ status: 'blocked' }]);
    expect(held.outcomes[0]?.reason).toContain(
      `rolled back to version ${String(version)} by Olga On-Call`,
    );
    expect(rig.org().flow(id).settings).toEqual(before);
    expect((await rig.statuses()).get(id)).toMatchObject({ state: 'RolledBack' });

    await revertByGit(rig.repository, merged);
    const patches = rig.patches().length;
    expect(exitCodeOf(await rig.reconcile())).toBe(0);
    expect(rig.patches()).toHaveLength(patches);
    expect((await rig.statuses()).get(id)).toMatchObject({ state: 'InSync' });
  });

  test('is in the history and in a chain that is whole, with who asked for it', async () => {
    const { stdout } = await runRigCli(
      rig,
      'rollback',
      id,
      '--by',
      'Olga On-Call',
      '--output',
      'json',
    );
    expectDocument('rollback', JSON.parse(stdout));
    expect((await rig.audit()).at(-1)).toMatchObject({
      event: 'flow.rolled-back-by-hand',
      details: { by: 'Olga On-Call', restoredVersion: version },
    });
    const history = await runRigCli(rig, 'history', id);
    expect(history.stdout).toContain('applied (flow.rolled-back-by-hand)');
    expect(history.stdout).toContain('  by hand: Olga On-Call\n');
    expect((await runRigCli(rig, 'audit', 'verify')).exitCode).toBe(0);
  });

  test('of a version that is not recorded, or of an unknown flow, names what there is', async () => {
    const unknown = await runRigCli(rig, 'rollback', id, '--to', '1');
    expect(unknown).toMatchObject({ exitCode: 1, stdout: '' });
    expect(unknown.stderr).toContain(`there are ${String(version)} [snapshot.unknown]`);
    expect((await runRigCli(rig, 'rollback', 'No Such Flow')).stderr).toContain(
      '[cli.unknown-flow]',
    );
    expect(rig.patches()).toHaveLength(1);
  });

  test('ends with 4 where the policy lets nothing be written', async () => {
    await rig.repository.commit({ [policyPath()]: stringify({ ...SWIFT_POLICY, mode: 'report' }) });
    const denied = await runRigCli(rig, 'rollback', id);
    expect(denied).toMatchObject({ exitCode: 4, stdout: '' });
    expect(denied.stderr).toContain('mode is report');
    expect(denied.stderr).toContain('[rollback.denied]');
    expect(rig.patches()).toHaveLength(1);
  });
});
