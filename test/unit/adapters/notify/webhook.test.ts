import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { AxiosHttpClient } from '../../../../src/adapters/http/axios-http-client.ts';
import { sendWebhook } from '../../../../src/adapters/notify/webhook.ts';
import type { Delivery } from '../../../../src/ports/transports.ts';
import { systemClock } from '../../../../src/adapters/clock/system-clock.ts';
import { FakeHttpClient } from '../../../support/fakes/fake-http-client.ts';
import { answering, HookReceiver } from '../../../support/hook-receiver.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const PLAIN = 'a-plain-secret-of-some-length';
const NEVER = new AbortController().signal;

let receiver: HookReceiver;
let http: AxiosHttpClient;

beforeEach(async () => {
  receiver = await HookReceiver.start();
  http = new AxiosHttpClient({ clock: systemClock, random: Math.random });
});
afterEach(async () => {
  http.close();
  await receiver.close();
});

function send(
  signal = NEVER,
  { url = receiver.url(), secrets = [SECRET] }: { url?: string; secrets?: string[] } = {},
): Promise<Delivery> {
  const to = { kind: 'webhook', url, secrets } as const;
  const message = { id: 'ntc-1', body: '{"kind":"Notification"}' };
  return sendWebhook({ http, clock: systemClock }, to, message, signal);
}

describe('what is sent', () => {
  test('is verified by the library that receivers use, with each of two secrets', async () => {
    const secrets = [SECRET, PLAIN];

    expect(await send(NEVER, { secrets })).toEqual({ kind: 'delivered', answer: '204' });

    const [hook] = receiver.received;
    const headers = hook?.headers as Record<string, string>;
    expect(headers['content-type']).toBe('application/json');
    for (const webhook of [new Webhook(SECRET), new Webhook(PLAIN, { format: 'raw' })])
      expect(webhook.verify(hook?.body ?? '', headers)).toEqual({ kind: 'Notification' });
    const other = new Webhook('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx');
    expect(() => other.verify(hook?.body ?? '', headers)).toThrow('No matching signature');
  });

  test('has the signature of the published example', async () => {
    // https://github.com/standard-webhooks/standard-webhooks, and its libraries' own tests
    const fake = new FakeHttpClient(() => ({ status: 200 }));
    const to = { kind: 'webhook', url: 'https://hooks.example.com/x', secrets: [SECRET] } as const;
    const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}' };
    const clock = { now: () => 1_614_265_330_000 };

    await sendWebhook({ http: fake, clock }, to, message, NEVER);

    expect(fake.requests[0]?.headers).toMatchObject({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });
});

describe('what the receiver does', () => {
  const rows: readonly {
    readonly name: string;
    readonly reply: Parameters<typeof answering>;
    readonly delivery: Partial<Delivery>;
  }[] = [
    {
      name: '200 with words',
      reply: [200, { body: 'thank\r\nyou\u001b[31m' }],
      delivery: { kind: 'delivered', answer: '200 thank you [31m' },
    },
    {
      name: '202 with 5 MB',
      reply: [202, { body: 'x'.repeat(5 * 1024 * 1024) }],
      delivery: { kind: 'delivered', answer: '202, at length' },
    },
    {
      name: '500',
      reply: [500, { body: 'oops' }],
      delivery: { kind: 'failed', reason: 'it answered 500 oops', isFinal: false },
    },
    {
      name: '500 with 5 MB',
      reply: [500, { body: 'x'.repeat(5 * 1024 * 1024) }],
      delivery: { kind: 'failed', isFinal: false },
    },
    {
      name: '429 with Retry-After',
      reply: [429, { headers: { 'retry-after': '37' } }],
      delivery: { kind: 'failed', reason: 'it answered 429', isFinal: false, retryAfterMs: 37_000 },
    },
    {
      name: '400, which the same message gets again',
      reply: [400, { body: 'invalid_payload' }],
      delivery: { kind: 'failed', reason: 'it answered 400 invalid_payload', isFinal: true },
    },
    {
      name: '401, which is mended by the operator',
      reply: [401],
      delivery: { kind: 'failed', reason: 'it answered 401', isFinal: false },
    },
  ];
  test.each(rows)('$name', async ({ reply, delivery }) => {
    receiver.replies.push(answering(...reply));
    expect(await send()).toMatchObject(delivery);
  });

  test('a redirect is not followed, and is no delivery', async () => {
    const other = await HookReceiver.start();
    receiver.replies.push(answering(307, { headers: { location: other.url('/other') } }));

    expect(await send()).toEqual({
      kind: 'failed',
      reason: 'it answered 307, and redirects are not followed',
      isFinal: false,
    });
    expect(other.received).toEqual([]);
    await other.close();
  });

  test('a connection that breaks is told without the URL, which may be a credential', async () => {
    receiver.replies.push((response) => response.destroy());
    const delivery = await send(NEVER, { url: receiver.url('/services/T000/B000/a-secret') });
    expect(delivery).toMatchObject({ kind: 'failed', isFinal: false });
    expect(JSON.stringify(delivery)).not.toContain('a-secret');
    expect(JSON.stringify(delivery)).toContain('127.0.0.1');
  });

  test('an address that nobody listens on is told likewise', async () => {
    const url = receiver.url('/services/T000/B000/a-secret');
    await receiver.close();
    const delivery = await send(NEVER, { url });
    expect(delivery).toMatchObject({ kind: 'failed', isFinal: false });
    expect(JSON.stringify(delivery)).not.toContain('a-secret');
    receiver = await HookReceiver.start();
  });

  test('one that never answers is left when we are to end', async () => {
    const end = new AbortController();
    receiver.replies.push(() => {
      end.abort(new Error('the end'));
    });
    await expect(send(end.signal)).rejects.toThrow('the end');
  });
});
