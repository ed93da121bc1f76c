import { afterEach, describe, expect, test } from '@jest/globals';
import { AxiosHttpClient } from '../../../../src/adapters/http/axios-http-client.ts';
import { FlowkeeperError } from '../../../../src/domain/errors.ts';
import type { HttpRequest, HttpTimeouts } from '../../../../src/ports/http-client.ts';
import { startRawServer } from '../../../support/raw-server.ts';
import type { RawReply, RawServer } from '../../../support/raw-server.ts';
import { SkippingClock } from '../../../support/skipping-clock.ts';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const live = new AbortController().signal;
const closing: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function serve(reply: RawReply): Promise<RawServer> {
  const server = await startRawServer(reply);
  closing.push(() => server.close());
  return server;
}

function aClient(retries = 0): AxiosHttpClient {
  const client = new AxiosHttpClient(
    { clock: new SkippingClock(), random: () => 0 },
    { retries, firstDelayMs: 1 },
  );
  closing.push(() => {
    client.close();
  });
  return client;
}

function aRequest(url: string, timeouts: Partial<HttpTimeouts> = {}): HttpRequest {
  return {
    method: 'GET',
    url,
    headers: {},
    timeouts: { connectMs: 2000, answerMs: 2000, callMs: 2000, ...timeouts },
    maxAnswerBytes: 1000,
    retry: 'reads',
  };
}

async function failure(promise: Promise<unknown>): Promise<FlowkeeperError> {
  const error: unknown = await promise.then(
    () => 'no failure',
    (reason: unknown) => reason,
  );
  if (!(error instanceof FlowkeeperError)) throw new Error(`not ours: ${String(error)}`);
  return error as FlowkeeperError;
}

describe('how an exchange fails', () => {
  interface Case {
    readonly name: string;
    readonly scheme?: string;
    readonly reply: RawReply;
    readonly timeouts?: Partial<HttpTimeouts>;
    readonly code: string;
    readonly details?: object;
  }
  const cases: Case[] = [
    {
      name: 'TLS never completes: surely nothing was sent',
      scheme: 'https',
      reply: () => undefined,
      timeouts: { connectMs: 30 },
      code: 'api.unreachable',
      details: { reason: 'no connection within 30 ms' },
    },
    {
      name: 'the whole call runs out while connecting: surely nothing was sent',
      scheme: 'https',
      reply: () => undefined,
      timeouts: { callMs: 30 },
      code: 'api.unreachable',
      details: { reason: 'no connection within 30 ms' },
    },
    {
      name: 'no TLS is spoken there: surely nothing was sent',
      scheme: 'https',
      reply: (socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'),
      code: 'api.unreachable',
    },
    {
      name: 'no head of the answer in time',
      reply: () => undefined,
      timeouts: { answerMs: 30 },
      code: 'api.timeout',
      details: { phase: 'answer', afterMs: 30 },
    },
    {
      name: 'half an answer in time',
      reply: (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nha'),
      timeouts: { callMs: 40, answerMs: 35 },
      code: 'api.timeout',
      details: { phase: 'call', afterMs: 40 },
    },
    {
      name: 'the connection ends before an answer',
      reply: (socket) => socket.destroy(),
      code: 'api.reset',
    },
    {
      name: 'the connection is reset before an answer',
      reply: (socket) => socket.resetAndDestroy(),
      code: 'api.reset',
    },
    {
      name: 'a body shorter than its length',
      reply: (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nha'),
      code: 'api.reset',
    },
    {
      name: 'a chunked body without its end',
      reply: (socket) =>
        socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nha\r\n'),
      code: 'api.reset',
    },
    {
      name: 'a compressed body that is cut',
      reply: (socket) =>
        socket.end('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 99\r\n\r\n'),
      code: 'api.reset',
    },
    {
      name: 'a body that claims to be compressed and is not',
      reply: (socket) =>
        socket.end(
          'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\nplaintext',
        ),
      code: 'api.reset',
    },
    {
      name: 'something that is not HTTP',
      reply: (socket) => socket.end('220 smtp.example ESMTP\r\n'),
      code: 'api.reset',
    },
    {
      name: 'an endless body',
      reply: (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        const more = (): void => {
          if (!socket.destroyed) socket.write('x'.repeat(5000), more);
        };
        more();
      },
      code: 'api.too-large',
      details: { maxBytes: 1000 },
    },
  ];

  test.each(cases)('$name: $code', async ({ scheme, reply, timeouts, code, details }) => {
    const server = await serve(reply);

    const url = `${scheme ?? 'http'}://127.0.0.1:${String(server.port)}/flows?name=x`;
    const error = await failure(aClient().send(aRequest(url, timeouts), live));

    expect(error.code).toBe(code);
    expect(error.details).toMatchObject({ method: 'GET', ...details });
    expect(error.message).toContain(`GET ${url.replace('=x', '')}`);
  });

  test('nobody listens: api.unreachable', async () => {
    const server = await startRawServer(() => undefined);
    await server.close();

    const url = `http://127.0.0.1:${String(server.port)}/`;
    const error = await failure(aClient().send(aRequest(url), live));

    expect(error.code).toBe('api.unreachable');
    expect(error.message).toContain('ECONNREFUSED');
  });

  test('a read is repeated after a reset and after a timeout', async () => {
    const server = await serve((socket, _request, nth) => {
      if (nth === 0) socket.destroy();
      if (nth === 2) socket.write(OK);
    });

    const url = `http://127.0.0.1:${String(server.port)}/`;
    const answer = await aClient(3).send(aRequest(url, { answerMs: 50 }), live);

    expect(answer.status).toBe(200);
    expect(server.requests).toHaveLength(3);
  });

  test('each attempt has the whole of its time', async () => {
    const server = await serve((socket, _request, nth) => {
      if (nth === 2) setTimeout(() => socket.write(OK), 30);
    });

    const url = `http://127.0.0.1:${String(server.port)}/`;
    const answer = await aClient(3).send(aRequest(url, { callMs: 60 }), live);

    expect(answer.status).toBe(200);
  });
});

describe('connections', () => {
  test('one connection serves calls that follow each other', async () => {
    const server = await serve((socket) => socket.write(OK));
    const client = aClient();
    const url = `http://127.0.0.1:${String(server.port)}/`;

    for (let i = 0; i < 3; i += 1) await client.send(aRequest(url), live);

    expect(server.connections()).toBe(1);
  });

  test('a write on a kept connection that breaks has an unknown outcome, and is sent once', async () => {
    const server = await serve((socket, _request, nth) => {
      if (nth === 0) socket.write(OK);
      else socket.resetAndDestroy();
    });
    const client = aClient(3);
    const url = `http://127.0.0.1:${String(server.port)}/`;
    await client.send(aRequest(url), live);

    const error = await failure(
      client.send({ ...aRequest(url), method: 'PATCH', body: '{}', retry: 'never' }, live),
    );

    expect(error.code).toBe('api.reset');
    expect(server.requests).toHaveLength(2);
  });

  test('a redirect is not followed', async () => {
    const server = await serve((socket) =>
      socket.write('HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n'),
    );

    const url = `http://127.0.0.1:${String(server.port)}/`;
    const answer = await aClient().send(aRequest(url), live);

    expect([answer.status, answer.headers['location']]).toEqual([302, '/other']);
    expect(server.requests).toHaveLength(1);
  });

  test('a proxy is used where one is given, with its credentials', async () => {
    const server = await serve((socket) => socket.write(OK));
    const client = new AxiosHttpClient(
      { clock: new SkippingClock(), random: () => 0 },
      { proxy: `http://user:p%40ss@127.0.0.1:${String(server.port)}` },
    );
    closing.push(() => {
      client.close();
    });

    await client.send(aRequest('http://org.invalid/flows'), live);

    expect(server.requests[0]).toContain('GET http://org.invalid/flows HTTP/1.1');
    expect(server.requests[0]).toContain(
      `Proxy-Authorization: Basic ${Buffer.from('user:p@ss').toString('base64')}`,
    );
  });

  test('the proxy variables of the environment are not read', async () => {
    const server = await serve((socket) => socket.write(OK));
    const before = process.env['http_proxy'];
    process.env['http_proxy'] = 'http://127.0.0.1:1';
    closing.push(() => {
      if (before === undefined) delete process.env['http_proxy'];
      else process.env['http_proxy'] = before;
    });

    const answer = await aClient().send(aRequest(`http://127.0.0.1:${String(server.port)}/`), live);

    expect(answer.status).toBe(200);
  });
});

describe('cancelling', () => {
  const reason = new Error('stop now');

  test('before sending: nothing is sent', async () => {
    const server = await serve((socket) => socket.write(OK));

    const sent = aClient().send(
      aRequest(`http://127.0.0.1:${String(server.port)}/`),
      AbortSignal.abort(reason),
    );

    await expect(sent).rejects.toBe(reason);
    expect(server.connections()).toBe(0);
  });

  test('while the answer is awaited: at once, with the reason', async () => {
    const abort = new AbortController();
    const server = await serve(() => {
      abort.abort(reason);
    });

    const sent = aClient(3).send(
      aRequest(`http://127.0.0.1:${String(server.port)}/`),
      abort.signal,
    );

    await expect(sent).rejects.toBe(reason);
    expect(server.requests).toHaveLength(1);
  });

  test('while the body comes: at once, with the reason', async () => {
    const abort = new AbortController();
    const server = await serve((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nha', () => {
        setTimeout(() => {
          abort.abort(reason);
        }, 20);
      });
    });

    const sent = aClient(3).send(
      aRequest(`http://127.0.0.1:${String(server.port)}/`),
      abort.signal,
    );

    await expect(sent).rejects.toBe(reason);
  });

  test('while waiting for the rate gate, or between attempts', async () => {
    const server = await serve((socket) => socket.destroy());
    const abort = new AbortController();
    const client = new AxiosHttpClient({
      random: () => 0,
      clock: {
        now: () => 0,
        sleep: (_ms, signal) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              reject(reason);
            });
            abort.abort(reason);
          }),
      },
    });

    const sent = client.send(aRequest(`http://127.0.0.1:${String(server.port)}/`), abort.signal);

    await expect(sent).rejects.toBe(reason);
    expect(server.requests).toHaveLength(1);
  });
});
