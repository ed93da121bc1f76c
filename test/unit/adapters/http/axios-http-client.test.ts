import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import nock from 'nock';
import { inspect } from 'node:util';
import { AxiosHttpClient } from '../../../../src/adapters/http/axios-http-client.ts';
import type { HttpClientOptions } from '../../../../src/adapters/http/axios-http-client.ts';
import { FlowkeeperError } from '../../../../src/domain/errors.ts';
import type { HttpRequest } from '../../../../src/ports/http-client.ts';
import { SkippingClock } from '../../../support/skipping-clock.ts';

const HOST = 'http://org.example';
const SECRET = 'tok-secret-1';
const live = new AbortController().signal;

function aClient(options: Partial<HttpClientOptions> = {}, random = () => 0) {
  const clock = new SkippingClock();
  return { clock, client: new AxiosHttpClient({ clock, random }, options) };
}

function aRequest(over: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: 'GET',
    url: `${HOST}/flows?pageSize=100&name=Private`,
    headers: { authorization: `Bearer ${SECRET}`, accept: 'application/json' },
    timeouts: { connectMs: 1000, answerMs: 1000, callMs: 1000 },
    maxAnswerBytes: 10_000,
    retry: 'reads',
    ...over,
  };
}

async function failure(promise: Promise<unknown>): Promise<FlowkeeperError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(FlowkeeperError);
  return error as FlowkeeperError;
}

const broken = (code: string, message: string) => Object.assign(new Error(message), { code });
const textOf = (body: Uint8Array): string => Buffer.from(body).toString('utf8');

beforeAll(() => {
  nock.disableNetConnect();
});
afterEach(() => {
  const left = nock.pendingMocks();
  nock.cleanAll();
  nock.abortPendingRequests();
  expect(left).toEqual([]);
});
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});

describe('one exchange', () => {
  test('hands back status, lower-case headers and the bytes as they are', async () => {
    nock(HOST, { reqheaders: { authorization: `Bearer ${SECRET}`, 'user-agent': 'flowkeeper' } })
      .get('/flows')
      .query({ pageSize: '100', name: 'Private' })
      .reply(200, '{"a": 1}', { 'ININ-Correlation-Id': 'c1', 'Content-Type': 'application/json' });

    const answer = await aClient().client.send(aRequest(), live);

    expect(answer.status).toBe(200);
    expect(answer.headers['inin-correlation-id']).toBe('c1');
    expect(textOf(answer.body)).toBe('{"a": 1}');
  });

  test('sends the body and content type of a write unchanged', async () => {
    const body = '{"version":  4}';
    nock(HOST, { reqheaders: { 'content-type': 'application/json' } })
      .patch('/flows/1', (sent) => JSON.stringify(sent) === '{"version":4}')
      .reply(204);

    const answer = await aClient().client.send(
      aRequest({
        method: 'PATCH',
        url: `${HOST}/flows/1`,
        body,
        retry: 'never',
        headers: { 'content-type': 'application/json' },
      }),
      live,
    );

    expect(answer.status).toBe(204);
    expect(answer.body.byteLength).toBe(0);
  });

  test.each([301, 302, 303, 307, 308, 304, 400, 401, 403, 404, 409, 410, 422])(
    'status %i is an ordinary answer, given at once',
    async (status) => {
      nock(HOST).get('/flows').query(true).reply(status, 'x', { location: 'http://evil.example/' });
      const { client, clock } = aClient();

      const answer = await client.send(aRequest(), live);

      expect(answer.status).toBe(status);
      expect(clock.waits).toEqual([]);
    },
  );

  test('counts the inflated size against the limit', async () => {
    const { gzipSync } = await import('node:zlib');
    const bomb = gzipSync(Buffer.alloc(5_000_000));
    expect(bomb.byteLength).toBeLessThan(10_000);
    nock(HOST).get('/flows').query(true).reply(200, bomb, { 'Content-Encoding': 'gzip' });

    const error = await failure(aClient().client.send(aRequest(), live));

    expect(error.code).toBe('api.too-large');
    expect(error.details).toMatchObject({ maxBytes: 10_000 });
  });

  test.each([
    { bytes: 10_000, outcome: 'taken' },
    { bytes: 10_001, outcome: 'api.too-large' },
  ])('an answer of $bytes bytes under a limit of 10000: $outcome', async ({ bytes, outcome }) => {
    nock(HOST).get('/flows').query(true).reply(200, Buffer.alloc(bytes, 0x20));

    const sent = aClient().client.send(aRequest(), live);

    if (outcome === 'taken') expect((await sent).body.byteLength).toBe(bytes);
    else expect((await failure(sent)).code).toBe(outcome);
  });
});

describe('repeats of reads', () => {
  test.each([408, 425, 429, 500, 502, 503, 504, 529])(
    'status %i is repeated until it passes',
    async (status) => {
      nock(HOST).get('/flows').query(true).times(2).reply(status);
      nock(HOST).get('/flows').query(true).reply(200, 'ok');
      const { client, clock } = aClient();

      expect(textOf((await client.send(aRequest(), live)).body)).toBe('ok');
      expect(clock.waits).toEqual([250, 500]);
    },
  );

  test('gives the last answer after three repeats', async () => {
    nock(HOST).get('/flows').query(true).times(4).reply(503, 'busy');
    const { client, clock } = aClient();

    const answer = await client.send(aRequest(), live);

    expect([answer.status, textOf(answer.body)]).toEqual([503, 'busy']);
    expect(clock.waits).toEqual([250, 500, 1000]);
  });

  test('chance takes up to half of a delay', async () => {
    nock(HOST).get('/flows').query(true).times(2).reply(500);
    nock(HOST).get('/flows').query(true).reply(200);
    const { client, clock } = aClient({}, () => 0.999999);

    await client.send(aRequest(), live);

    expect(clock.waits).toEqual([125, 250]);
  });

  test('a token call (POST) marked as a read is repeated with its body', async () => {
    nock(HOST).post('/token', 'grant=1').reply(503);
    nock(HOST).post('/token', 'grant=1').reply(200);

    const answer = await aClient().client.send(
      aRequest({ method: 'POST', url: `${HOST}/token`, body: 'grant=1' }),
      live,
    );

    expect(answer.status).toBe(200);
  });

  test.each([
    { header: '7', waits: [7000] },
    { header: '0', waits: [0] },
    { header: '120', waits: [120_000] },
    { header: 'Sun, 01 Mar 2026 12:00:30 GMT', waits: [30_000] },
    { header: 'Sun, 01 Mar 2026 11:00:00 GMT', waits: [0] },
    { header: '-5', waits: [250] },
    { header: 'soon', waits: [250] },
  ])('Retry-After "$header" is waited exactly: $waits', async ({ header, waits }) => {
    nock(HOST).get('/flows').query(true).reply(429, '', { 'Retry-After': header });
    nock(HOST).get('/flows').query(true).reply(200);
    const { client, clock } = aClient({}, () => 0);

    await client.send(aRequest(), live);

    expect(clock.waits).toEqual(waits);
  });

  test('a longer Retry-After than it may wait ends the repeats, and the caller gets the 429', async () => {
    nock(HOST).get('/flows').query(true).reply(429, '', { 'Retry-After': '121' });
    const { client, clock } = aClient();

    expect((await client.send(aRequest(), live)).status).toBe(429);
    expect(clock.waits).toEqual([]);
  });

  test('a broken connection is repeated, then told as a reset', async () => {
    nock(HOST)
      .get('/flows')
      .query(true)
      .times(4)
      .replyWithError(broken('ECONNRESET', 'socket hang up'));
    const { client, clock } = aClient();

    const error = await failure(client.send(aRequest(), live));

    expect(['api.reset', 'api.unreachable']).toContain(error.code);
    expect(clock.waits).toHaveLength(3);
  });

  test('an unknown host is not repeated', async () => {
    nock(HOST)
      .get('/flows')
      .query(true)
      .replyWithError(broken('ENOTFOUND', 'getaddrinfo ENOTFOUND org.example'));
    const { client, clock } = aClient();

    await failure(client.send(aRequest(), live));

    expect(clock.waits).toEqual([]);
  });

  test('the rate gate admits every attempt, and hears of every 429', async () => {
    nock(HOST).get('/flows').query(true).reply(429, '', { 'Retry-After': '3' });
    nock(HOST).get('/flows').query(true).reply(429);
    nock(HOST).get('/flows').query(true).reply(200);
    const seen: unknown[] = [];

    await aClient().client.send(
      aRequest({
        admit: async () => void seen.push('admit'),
        onThrottled: async (ms) => void seen.push(ms),
      }),
      live,
    );

    expect(seen).toEqual(['admit', 3000, 'admit', undefined, 'admit']);
  });

  test('what the rate gate throws goes to the caller, and nothing is sent', async () => {
    const stop = new FlowkeeperError('run.deadline', 'late', { org: 'a', afterMs: 1, during: [] });
    const admit = () => Promise.reject(stop);

    expect(await failure(aClient().client.send(aRequest({ admit }), live))).toBe(stop);
  });
});

describe('writes', () => {
  test.each([408, 429, 500, 503])('status %i is not repeated', async (status) => {
    nock(HOST).patch('/flows/1').reply(status, '', { 'Retry-After': '1' });
    const { client, clock } = aClient();
    const throttled: unknown[] = [];

    const answer = await client.send(
      aRequest({
        method: 'PATCH',
        url: `${HOST}/flows/1`,
        body: '{}',
        retry: 'never',
        onThrottled: async (ms) => void throttled.push(ms),
      }),
      live,
    );

    expect(answer.status).toBe(status);
    expect(clock.waits).toEqual([]);
    expect(throttled).toEqual(status === 429 ? [1000] : []);
  });

  test('a broken connection is not repeated', async () => {
    nock(HOST).patch('/flows/1').replyWithError(broken('ECONNRESET', 'x'));
    const { client, clock } = aClient();

    const sent = client.send(
      aRequest({ method: 'PATCH', url: `${HOST}/flows/1`, body: '{}', retry: 'never' }),
      live,
    );

    await failure(sent);
    expect(clock.waits).toEqual([]);
  });
});

describe('what leaves in an error', () => {
  test('neither credentials nor values of the query, however it is printed', async () => {
    nock(HOST).get('/flows').query(true).replyWithError(broken('EPIPE', 'broken'));

    const error = await failure(aClient({ retries: 0 }).client.send(aRequest(), live));

    const printed = `${inspect(error, { depth: 20 })} ${JSON.stringify(error)} ${String(error.stack)}`;
    expect(printed).not.toContain(SECRET);
    expect(printed).not.toContain('Private');
    expect(error.details).toMatchObject({ method: 'GET', url: `${HOST}/flows?pageSize&name` });
    expect(Object.keys(error.cause as object)).toEqual(['code']);
  });
});
