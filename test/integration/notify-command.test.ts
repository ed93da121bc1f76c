import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { answering, HookReceiver } from '../support/hook-receiver.ts';
import { IntegrationRig } from '../support/integration-rig.ts';
import { configFileOf, runRigCli } from '../support/run-cli.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

let rig: IntegrationRig;
let receiver: HookReceiver;
let notifications: object;

beforeEach(async () => {
  receiver = await HookReceiver.start();
  rig = await IntegrationRig.start();
  notifications = {
    webhook: { cmdb: { url: receiver.url('/hook'), secrets: [SECRET] } },
    slack: { ops: { url: receiver.url('/services/T000/B000/secret') } },
    commitStatus: {
      ...{ host: 'github', api: receiver.url(''), repository: 'a/b', token: 'ghs_hush' },
    },
  };
});
afterEach(async () => {
  await rig.close();
  await receiver.close();
});

/** A command with the config as it is. */
async function cli(...argv: readonly string[]): ReturnType<typeof runRigCli> {
  await rig.stop();
  return runRigCli(rig, ...argv, '--config', await configFileOf(rig, { notifications }));
}

const notify = (...argv: readonly string[]): ReturnType<typeof runRigCli> => cli('notify', ...argv);

test('notify, as an operator uses it', async () => {
  // what each answered
  receiver.replies.push((response, { path }) => {
    answering(path.startsWith('/services') ? 404 : 200, { body: 'said so' })(response, {} as never);
  });
  const tested = await notify('--test');
  expect(tested.stdout.split('\n')).toEqual([
    'cmdb (webhook): delivered: 200 said so',
    'ops (slack): FAILED: it answered 404 said so',
    'commit-status (commit-status): delivered: 200 said so',
    '',
  ]);
  expect(tested.exitCode).toBe(1);
  const head = (await rig.repository.head()) ?? '';
  expect(receiver.received.map(({ path }) => path).toSorted()).toEqual([
    '/hook',
    `/repos/a/b/statuses/${head}`,
    '/services/T000/B000/secret',
  ]);

  // only one, as a document
  const one = await notify('--test', '--destination', 'cmdb', '--output', 'json');
  expect([one.exitCode, JSON.parse(one.stdout)]).toEqual([
    0,
    {
      apiVersion: 'flowkeeper/v1',
      kind: 'NotifyReport',
      items: [
        {
          name: 'cmdb',
          kind: 'webhook',
          delivery: { kind: 'delivered', answer: '200 said so' },
        },
      ],
    },
  ]);

  // nothing is sent
  const before = receiver.received.length;
  const dry = await notify('--dry-run');
  expect(dry.stdout).toContain('--- ops (slack)');
  expect(dry.stdout).toContain('Support &lt;night&gt;');
  expect(receiver.received.length).toBe(before);

  const idle = await notify();
  expect([idle.exitCode, idle.stdout]).toEqual([
    0,
    'cmdb: 0 wait, 0 dead\nops: 0 wait, 0 dead\ncommit-status: 0 wait, 0 dead\n',
  ]);

  for (const end of [tested, one, dry, idle]) {
    expect(end.stdout + end.stderr).not.toContain('/services/T000');
    expect(end.stdout + end.stderr).not.toContain('hush');
    expect(end.stdout + end.stderr).not.toContain('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
  }
});

test('reconcile tells what it did, and what is given up is told and revived', async () => {
  receiver.replies.push(answering(422, { body: 'no such commit' }));
  const ran = await cli('reconcile');
  expect(ran.exitCode).toBe(0);
  const dead = await notify();
  expect(dead.exitCode).toBe(1);
  expect(dead.stdout).toContain('commit-status: 0 wait, 2 dead; it answered 422 no such commit');

  expect((await notify('--retry')).stdout).toBe('2 dead notification(s) are tried again\n');
  receiver.replies.splice(0);
  await cli('reconcile');
  expect((await notify()).stdout).toContain('commit-status: 0 wait, 0 dead');
});

test('what makes no sense is refused', async () => {
  const unknown = await notify('--test', '--destination', 'opps');
  expect(unknown.stderr).toContain(
    'the config has no destination opps; it has cmdb, ops, commit-status',
  );
  expect((await notify('--test', '--dry-run')).stderr).toContain('cannot be used with');
  notifications = {};
  const none = await notify('--test');
  expect(none.stderr).toContain('the config has no `notifications`');
});
