import { describe, expect, test } from '@jest/globals';
import type { HttpTimeouts } from '../../../../src/ports/http-client.ts';
import { failureOf } from '../../../support/backend-rig.ts';
import { aRawRequest, OK, urlOf, useRawHttp } from '../../../support/raw-http.ts';
import { startRawServer } from '../../../support/raw-server.ts';
import type { RawReply } from '../../../support/raw-server.ts';

const live = new AbortController().signal;
const { serve, aClient, atEnd } = useRawHttp();

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
      timeouts: { callMs: 500, answerMs: 450 },
      code: 'api.timeout',
      details: { phase: 'call', afterMs: 500 },
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
    const error = await failureOf(aClient().send(aRawRequest(url, timeouts), live));

    expect(error.code).toBe(code);
    expect(error.details).toMatchObject({ method: 'GET', ...details });
    expect(error.message).toContain(`GET ${url.replace('=x', '')}`);
  });

  test('nobody listens: api.unreachable', async () => {
    const server = await startRawServer(() => undefined);
    await server.close();

    const url = urlOf(server);
    const error = await failureOf(aClient().send(aRawRequest(url), live));

    expect(error.code).toBe('api.unreachable');
    expect(error.message).toContain('ECONNREFUSED');
  });

  test('a read is repeated after a reset and after a timeout', async () => {
    const server = await serve((socket, _request, nth) => {
      if (nth === 0) socket.destroy();
      if (nth === 2) socket.write(OK);
    });

    const url = urlOf(server);
    const answer = await aClient({ retries: 3 }).send(aRawRequest(url, { answerMs: 50 }), live);

    expect(answer.status).toBe(200);
    expect(server.requests).toHaveLength(3);
  });

  test('each attempt has the whole of its time', async () => {
    const server = await serve((socket, _request, nth) => {
      if (nth === 2) setTimeout(() => socket.write(OK), 30);
    });

    const url = urlOf(server);
    const answer = await aClient({ retries: 3 }).send(aRawRequest(url, { callMs: 60 }), live);

    expect(answer.status).toBe(200);
  });
});

describe('connections', () => {
  test('one connection serves calls that follow each other', async () => {
    const server = await serve((socket) => socket.write(OK));
    const client = aClient();
    const url = urlOf(server);

    for (let i = 0; i < 3; i += 1) await client.send(aRawRequest(url), live);

    expect(server.connections()).toBe(1);
  });

  test('an idle connection is closed by us, so that no write meets one that is just going', async () => {
    const server = await serve((socket) => socket.write(OK));
    const client = aClient({ idleSocketMs: 20 });
    const url = urlOf(server);

    await client.send(aRawRequest(url), live);
    await new Promise((resolve) => setTimeout(resolve, 60));
    await client.send(aRawRequest(url), live);

    expect(server.connections()).toBe(2);
  });

  test('a connection that waits for a slow answer is not idle', async () => {
    const server = await serve((socket) => {
      setTimeout(() => socket.write(OK), 80);
    });
    const client = aClient({ idleSocketMs: 20 });
    const url = urlOf(server);

    const answer = await client.send(aRawRequest(url), live);

    expect(answer.status).toBe(200);
  });

  test('a write on a kept connection that breaks has an unknown outcome, and is sent once', async () => {
    const server = await serve((socket, _request, nth) => {
      if (nth === 0) socket.write(OK);
      else socket.resetAndDestroy();
    });
    const client = aClient({ retries: 3 });
    const url = urlOf(server);
    await client.send(aRawRequest(url), live);

    const error = await failureOf(
      client.send({ ...aRawRequest(url), method: 'PATCH', body: '{}', retry: 'never' }, live),
    );

    expect(error.code).toBe('api.reset');
    expect(server.requests).toHaveLength(2);
  });

  test('a redirect is not followed', async () => {
    const server = await serve((socket) =>
      socket.write('HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n'),
    );

    const url = urlOf(server);
    const answer = await aClient().send(aRawRequest(url), live);

    expect([answer.status, answer.headers['location']]).toEqual([302, '/other']);
    expect(server.requests).toHaveLength(1);
  });

  test('a proxy is used where one is given, with its credentials', async () => {
    const server = await serve((socket) => socket.write(OK));
    const client = aClient({ proxy: `http://user:p%40ss@127.0.0.1:${String(server.port)}` });

    await client.send(aRawRequest('http://org.invalid/flows'), live);

    expect(server.requests[0]).toContain('GET http://org.invalid/flows HTTP/1.1');
    expect(server.requests[0]).toContain(
      `Proxy-Authorization: Basic ${Buffer.from('user:p@ss').toString('base64')}`,
    );
  });

  test('the proxy variables of the environment are not read', async () => {
    const server = await serve((socket) => socket.write(OK));
    const before = process.env['http_proxy'];
    process.env['http_proxy'] = 'http://127.0.0.1:1';
    atEnd(() => {
      if (before === undefined) delete process.env['http_proxy'];
      else process.env['http_proxy'] = before;
    });

    const answer = await aClient().send(aRawRequest(urlOf(server)), live);

    expect(answer.status).toBe(200);
  });
});
