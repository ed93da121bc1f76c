import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FlowkeeperError } from '../../src/domain/errors.ts';
import type { RevisionOutcome } from '../../src/engine/await-revision.ts';
import { flowFile, flowPath } from '../support/desired-files.ts';
import type { FlowFileChange } from '../support/desired-files.ts';
import { expectDocument } from '../support/document-schemas.ts';
import { ACME, IntegrationRig, policyPath } from '../support/integration-rig.ts';
import { runRigCli } from '../support/run-cli.ts';

const { signal } = new AbortController();

/** Told in order. */
describe('wait', () => {
  let rig: IntegrationRig;

  beforeAll(async () => {
    rig = await IntegrationRig.start({ orgs: [{ flows: 4 }] });
    await rig.reconcile();
  });

  afterAll(() => rig.close());

  const merge = (nth: number, change: FlowFileChange): Promise<string> => {
    const flow = rig.flows()[nth]!;
    return rig.repository.commit({ [flowPath(ACME, flow.id)]: flowFile(flow, change) });
  };

  /** Looks once. */
  async function wait(revision: string, ...more: readonly string[]) {
    const argv = ['wait', revision, '--timeout', '0s', '--output', 'json', ...more];
    const { exitCode, stdout } = await runRigCli(rig, ...argv);
    const document = JSON.parse(stdout) as RevisionOutcome;
    expectDocument('revision-outcome', document);
    return { exitCode, ...document };
  }

  test('5 before a run had the commit, 0 after it was applied', async () => {
    const revision = await merge(0, { routing: { maxWaitTime: 111 } });
    expect(await wait(revision)).toMatchObject({ exitCode: 5, end: 'waiting', isMerged: true });
    await rig.reconcile();
    expect(await wait(revision)).toMatchObject({
      exitCode: 0,
      end: 'applied',
      flows: [{ flowId: rig.flows()[0]!.id, end: 'applied', state: 'InSync' }],
    });
  });

  test('drift and faults of other flows are no matter of the commit', async () => {
    const revision = await merge(0, { routing: { maxWaitTime: 112 } });
    await merge(1, { routing: { maxWaitTime: 'long' } });
    await rig.reconcile();
    expect(await wait(revision)).toMatchObject({ exitCode: 0, flows: [{ end: 'applied' }] });
  });

  test('3 for a file with faults, which needs no run to be known', async () => {
    const revision = await merge(1, { routing: { maxWaitTime: 'longer' } });
    const outcome = await wait(revision);
    expect(outcome).toMatchObject({ exitCode: 3, end: 'invalid' });
    expect(outcome.flows[0]?.reason).toMatch(/^desired-state\/acme\/flows\/.*:\d+:\d+: /);
    await merge(1, {});
  });

  test('1 for settings that were rolled back', async () => {
    const flowId = rig.flows()[2]!.id;
    const revision = await merge(2, { routing: { maxWaitTime: 113 } });
    rig.simulator.faults.add({
      kind: 'store-differently',
      flowId,
      pointer: '/routing/maxWaitTime',
      value: 1,
      times: 1,
    });
    await rig.reconcile();
    expect(await wait(revision)).toMatchObject({
      exitCode: 1,
      flows: [{ flowId, state: 'RolledBack', isFinal: true }],
    });
  });

  test('2 for what is left alone, and 4 for what a gate denies', async () => {
    const rest = { suspend: { reason: 'INC-1', by: 'ops' } };
    const suspended = await merge(3, { routing: { maxWaitTime: 114 }, rest });
    await rig.reconcile();
    expect(await wait(suspended)).toMatchObject({ exitCode: 2, flows: [{ state: 'Suspended' }] });
    const path = policyPath();
    await rig.repository.commit({ [path]: 'massChange: { maxFlows: 0 }\n' });
    const denied = await merge(0, { routing: { maxWaitTime: 115 } });
    await rig.reconcile();
    expect(await wait(denied)).toMatchObject({
      exitCode: 4,
      flows: [{ state: 'Blocked' }],
      orgs: [{ org: ACME, state: 'Held' }],
    });
  });

  test('3 for a policy that the commit breaks, 0 for one that changes no flow', async () => {
    const broken = await rig.repository.commit({ [policyPath()]: 'mood: enforce\n' });
    expect(await wait(broken)).toMatchObject({ exitCode: 3, orgs: [{ state: 'Invalid' }] });
    const mended = await rig.repository.commit({ [policyPath()]: 'mode: enforce\n' });
    expect(await wait(mended)).toMatchObject({ exitCode: 0, flows: [] });
  });

  test('--base takes all commits of a push together', async () => {
    const before = (await rig.repository.head())!;
    await merge(0, { routing: { maxWaitTime: 116 } });
    const last = await merge(1, { routing: { maxWaitTime: 117 } });
    expect((await wait(last)).flows).toHaveLength(1);
    expect((await wait(last, '--base', before)).flows).toHaveLength(2);
  });

  test('a commit of another branch is not merged, and not known: 5', async () => {
    const branch = 'feature';
    const parent = (await rig.repository.head())!;
    const revision = await rig.repository.commit({ 'a.txt': 'a' }, { branch, parent });
    expect(await wait(revision)).toMatchObject({ exitCode: 5, isMerged: false });
    const { stdout, stderr } = await runRigCli(rig, 'wait', branch, '--timeout', '0s');
    expect(stdout).toContain('not yet: the watched branch does not have it');
    expect(stderr).toContain('is not on the watched branch yet');
  });

  test('it sees the run that comes while it waits', async () => {
    const app = await rig.app();
    const revision = await merge(0, { routing: { maxWaitTime: 118 } });
    await rig.repository.commit({ [policyPath()]: 'rate: { perFlow: 0s }\n' });
    const told: string[] = [];
    const tell = async ({ end }: RevisionOutcome): Promise<void> => {
      told.push(end);
      if (told.length === 1) await app.reconcile({}, signal);
    };
    const asked = { revision, timeoutMs: 600_000, tell };
    expect(await app.awaitRevision(asked, signal)).toMatchObject({ end: 'applied' });
    expect(told).toEqual(['waiting', 'applied']);
    const failure = app.awaitRevision({ ...asked, revision: 'no-such-branch' }, signal);
    await expect(failure).rejects.toBeInstanceOf(FlowkeeperError);
  });
});
