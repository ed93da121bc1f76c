import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { flowPath } from '../support/desired-files.ts';
import { expectDocument } from '../support/document-schemas.ts';
import { ACME, IntegrationRig } from '../support/integration-rig.ts';
import { runRigCli } from '../support/run-cli.ts';
import { commitSigned, Signing } from '../support/signing.ts';
import type { SshSigner } from '../support/signing.ts';
import { describeWithTool } from '../support/tool.ts';

const describeSsh = describeWithTool('ssh-keygen', 'openssh-client');

let signing: Signing;
let rig: IntegrationRig;
let ada: SshSigner;

beforeEach(async () => {
  signing = await Signing.create();
  ada = await signing.ssh('ada');
  const allowedSigners = await signing.file('allowed', `ada@example.com ${ada.publicKey}\n`);
  rig = await IntegrationRig.start({
    orgs: [{ flows: 1 }],
    config: ({ path }) => ({
      source: { repository: path, verify: { mode: 'strict', allowedSigners } },
    }),
  });
  // the service and the command line have one clock
  rig.clock.advance(Date.now() - rig.clock.now());
});
afterEach(async () => {
  await rig.close();
  await signing.remove();
});

/** A commit that changes the flow; nobody signed it. */
async function change(maxWaitTime: number): Promise<string> {
  const [flow] = rig.flows();
  const text = `flowId: ${String(flow?.id)}\nsettings: { routing: { maxWaitTime: ${String(maxWaitTime)} } }\n`;
  return rig.repository.commit({ [flowPath(ACME, String(flow?.id))]: text });
}

/** Signs the head's files on top of what was there before it. */
async function sign(parent: string, head: string): Promise<string> {
  return commitSigned(rig.repository, ada, { treeOf: head, parents: [parent] });
}

const liveWait = (): unknown => {
  const id = String(rig.flows()[0]?.id);
  return (rig.org().flow(id).settings as { routing?: { maxWaitTime?: number } }).routing
    ?.maxWaitTime;
};

describeSsh('commits that have to be signed', () => {
  test('an unsigned change is told everywhere and written nowhere, until somebody signs it', async () => {
    const first = (await rig.repository.head()) ?? '';
    const refused = await runRigCli(rig, 'reconcile');
    expect(refused.exitCode).toBe(4);
    expect(refused.stderr).toContain('[git.unverified]');
    expect((await runRigCli(rig, 'doctor')).exitCode).toBe(4);

    const good = await sign(first, await change(610));
    expect((await runRigCli(rig, 'reconcile')).exitCode).toBe(0);
    expect(liveWait()).toBe(610);

    const bad = await change(30);
    const held = await runRigCli(rig, 'reconcile', '--output', 'json');
    expect(held.exitCode).toBe(4);
    const document = JSON.parse(held.stdout) as object;
    expectDocument('run-report', document);
    expect(document).toMatchObject({
      orgs: [{ revision: good, unverified: { revision: bad, commit: bad, fault: 'unsigned' } }],
    });
    expect(liveWait()).toBe(610);
    expect(rig.patches()).toHaveLength(1);

    const explained = await runRigCli(rig, 'explain', bad, '--output', 'json');
    expect(explained.exitCode).toBe(2);
    expectDocument('revision-explanation', JSON.parse(explained.stdout));
    expect((await runRigCli(rig, 'explain', bad)).stdout).toContain('has no signature');

    const status = await runRigCli(rig, 'status');
    expect(status.exitCode).toBe(2);
    expect(status.stdout).toContain(`${ACME}  Held`);
    expect(await rig.orgStatus()).toMatchObject({
      conditions: [{ type: 'Unverified', status: true, reason: 'Unsigned' }],
    });

    const plan = await runRigCli(rig, 'plan');
    expect(plan.exitCode).toBe(4);
    expect(plan.stderr).toContain(`head ${bad.slice(0, 10)} is not verified`);
    expect((await runRigCli(rig, 'plan', '--revision', bad)).exitCode).toBe(2);

    const doctor = await runRigCli(rig, 'doctor', '--output', 'json');
    expectDocument('doctor', JSON.parse(doctor.stdout));
    expect(JSON.parse(doctor.stdout)).toMatchObject({
      exitCode: 4,
      checks: expect.arrayContaining([
        expect.objectContaining({ check: 'signatures', result: 'fail', code: 'git.unverified' }),
      ]),
    });

    await sign(good, bad);
    expect((await runRigCli(rig, 'reconcile')).exitCode).toBe(0);
    expect(liveWait()).toBe(30);
    expect((await runRigCli(rig, 'doctor')).exitCode).toBe(0);
  });
});
