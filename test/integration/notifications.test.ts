import { afterEach, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { expectDocument } from '../support/document-schemas.ts';
import { answering, HookReceiver } from '../support/hook-receiver.ts';
import { FLOW_ROUTE, IntegrationRig } from '../support/integration-rig.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

let rig: IntegrationRig;
let receiver: HookReceiver;

async function start(
  notifications: (url: (path: string) => string) => object = (url) => ({
    webhook: { cmdb: { url: url('/hook'), secrets: [SECRET] } },
  }),
): Promise<void> {
  receiver = await HookReceiver.start();
  rig = await IntegrationRig.start({
    config: () => ({ notifications: notifications((path) => receiver.url(path)) }),
  });
}

/** One run, and what is then due goes out. */
async function run(): Promise<void> {
  await rig.reconcile();
  await drain();
}

async function drain(): Promise<void> {
  await (await rig.app()).courier.drain(10_000, new AbortController().signal);
}

/** Somebody edits a flow by hand, and no write of ours gets through. */
function breakFlow(nth = 1): string {
  const id = rig.flows()[nth - 1]?.id ?? '';
  rig.org().edit(id, { routing: { maxWaitTime: 9 } }, { by: 'Sam' });
  rig.simulator.faults.add({ kind: 'status', status: 403, path: FLOW_ROUTE, method: 'PATCH' });
  return id;
}

afterEach(async () => {
  await rig.close();
  await receiver.close();
});

test('a failure is told once, signed and by its schema, and so is the recovery', async () => {
  await start();
  await run();
  expect(receiver.received).toEqual([]);

  const flowId = breakFlow();
  await run();
  await run();
  const [hook] = receiver.received;
  const headers = hook?.headers as Record<string, string>;
  const document = new Webhook(SECRET).verify(hook?.body ?? '', {
    ...headers,
    // the rig has a clock of its own
    ...stampedNow(headers, hook?.body ?? ''),
  });
  expect(receiver.received.length).toBe(1);
  expectDocument('notification', document);
  expect(document).toMatchObject({
    id: headers['webhook-id'],
    type: 'changes',
    org: 'acme',
    severity: 'error',
    summary: '1 Failed',
    flows: [
      { flowId, status: 'failed', state: 'Failed', before: 'InSync', event: 'state-changed' },
    ],
  });

  rig.simulator.faults.clear();
  await run();
  expect(receiver.documents[1]).toMatchObject({
    summary: '1 recovered',
    flows: [{ flowId, status: 'applied', state: 'InSync', before: 'Failed', event: 'recovered' }],
  });
  expectDocument('notification', receiver.documents[1]);
});

test('what could not be delivered comes in order, by the next process', async () => {
  await start();
  await run();
  receiver.replies.push(answering(503));
  breakFlow();
  await run();
  rig.simulator.faults.clear();
  await run();
  expect(receiver.received.length).toBe(1);

  await rig.stop();
  receiver.replies.splice(0);
  rig.clock.advance(60_000);
  await drain();
  expect(receiver.documents.map(({ summary }) => summary)).toEqual([
    '1 Failed',
    '1 Failed',
    '1 recovered',
  ]);
  expect(new Set(receiver.documents.map(({ id }) => id)).size).toBe(2);
});

test('a run does not wait for a receiver', async () => {
  await start();
  await run();
  receiver.replies.push(() => undefined);
  breakFlow();
  const report = await rig.reconcile();
  expect(report.outcomes).toMatchObject([{ status: 'failed' }]);
  expect(receiver.received).toEqual([]);
});

test('a run that died before it told leaves its news to the next one', async () => {
  await start();
  await run();
  breakFlow();
  const broken = new Error('killed');
  await rig.app({
    notices: new Proxy({} as never, { get: () => () => Promise.reject(broken) }),
  });
  await rig.reconcile();
  await rig.stop();
  await run();
  expect(receiver.documents.map(({ summary }) => summary)).toEqual(['1 Failed']);
});

test('the commit shows pending, then what became of it', async () => {
  await start((url) => ({
    pageUrl: 'https://flowkeeper.example.com',
    commitStatus: {
      ...{ host: 'github', api: url('/api'), repository: 'acme/contact-centre', token: 'ghs_x1' },
    },
  }));
  await run();
  const revision = (await rig.repository.head()) ?? '';
  expect(receiver.received.map(({ path }) => path)).toEqual(
    Array(2).fill(`/api/repos/acme/contact-centre/statuses/${revision}`),
  );
  const common = {
    context: 'flowkeeper/acme',
    target_url: 'https://flowkeeper.example.com/orgs/acme',
  };
  expect(receiver.documents).toEqual([
    { ...common, state: 'pending', description: 'a run has started' },
    { ...common, state: 'success', description: 'applied 6 of 6' },
  ]);
  await run();
  expect(receiver.received.length).toBe(2);
});

/** Signs anew with the machine's time, since the library refuses what is older than five minutes. */
function stampedNow(headers: Record<string, string>, body: string): Record<string, string> {
  const id = headers['webhook-id'] ?? '';
  const sentAt = new Date(Number(headers['webhook-timestamp']) * 1000);
  const webhook = new Webhook(SECRET);
  expect(headers['webhook-signature']).toBe(webhook.sign(id, sentAt, body));
  const now = new Date();
  return {
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': webhook.sign(id, now, body),
  };
}
