import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FlowDiff } from '../../src/app/diff-flow.ts';
import { flowFile, flowPath } from '../support/desired-files.ts';
import { expectDocument } from '../support/document-schemas.ts';
import { ACME, IntegrationRig, SWIFT_POLICY, policyPath } from '../support/integration-rig.ts';
import { runRigCli } from '../support/run-cli.ts';

/** In report mode somebody edits a flow; an hour later the team enforces. */
describe('diff --at', () => {
  let rig: IntegrationRig;
  let id: string;
  const times: string[] = [];

  /** A time between two runs. */
  const mark = (): void => {
    rig.clock.advance(1_800_000);
    times.push(new Date(rig.clock.now()).toISOString());
    rig.clock.advance(1_800_000);
  };

  beforeAll(async () => {
    const policy = { ...SWIFT_POLICY, mode: 'report' };
    rig = await IntegrationRig.start({ orgs: [{ flows: 2, policy }] });
    ({ id } = rig.flows()[0]!);
    mark();
    await rig.reconcile();
    mark();
    rig.org().edit(id, { routing: { maxWaitTime: 7 } }, { by: 'Sam Supervisor' });
    await rig.reconcile();
    mark();
    await rig.repository.commit({
      [policyPath()]: JSON.stringify(SWIFT_POLICY),
      [flowPath(ACME, id)]: flowFile(rig.flows()[0]!, { routing: { maxWaitTime: 500 } }),
    });
    await rig.reconcile();
    mark();
  });

  afterAll(() => rig.close());

  async function diff(at: string | undefined) {
    const { exitCode, stdout } = await runRigCli(rig, 'diff', id, '--at', at!, '--output', 'json');
    const document = JSON.parse(stdout) as FlowDiff;
    expectDocument('flow-diff', document);
    return { exitCode, ...document };
  }

  test('before anything was recorded nothing is known, but what came next', async () => {
    const found = await diff(times[0]);
    expect(found).toMatchObject({
      exitCode: 0,
      recordedIn: null,
      nextWrite: { status: 'applied' },
    });
    expect(found.status).toBeUndefined();
  });

  test('while nothing differed', async () => {
    expect(await diff(times[1])).toMatchObject({ exitCode: 0, status: { state: 'InSync' } });
  });

  test('while the org differed: field by field, and the write that ended it', async () => {
    const seed = rig.flows()[0]!.settings['routing'] as { readonly maxWaitTime: number };
    const found = await diff(times[2]);
    expect(found).toMatchObject({
      exitCode: 2,
      status: {
        state: 'Drifted',
        differences: [{ path: '/routing/maxWaitTime', live: 7, desired: seed.maxWaitTime }],
      },
      nextWrite: { fields: [{ before: 7, after: 500 }], liveChangedBy: 'Sam Supervisor' },
    });
    expect(found.lastWrite).toBeUndefined();
    const text = await runRigCli(rig, 'diff', id, '--at', times[2]!);
    expect(text.stdout).toContain(`    - 7\n    + ${String(seed.maxWaitTime)}\n`);
    expect(text.stdout).toContain('the live flow was last changed by Sam Supervisor');
  });

  test('after it, the last write stands', async () => {
    const found = await diff(times[3]);
    expect(found).toMatchObject({ exitCode: 0, lastWrite: { status: 'applied' } });
    expect(found.nextWrite).toBeUndefined();
  });

  test('a flow that nobody knows, and a time without a zone', async () => {
    const unknown = await runRigCli(rig, 'diff', 'Nobody');
    expect([unknown.exitCode, unknown.stderr]).toEqual([
      1,
      expect.stringContaining('unknown-flow'),
    ]);
    const time = await runRigCli(rig, 'diff', id, '--at', '2026-01-01T10:00');
    expect([time.exitCode, time.stderr]).toEqual([1, expect.stringContaining('zone')]);
  });
});
