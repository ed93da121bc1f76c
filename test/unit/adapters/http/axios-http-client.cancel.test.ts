import { describe, expect, test } from '@jest/globals';
import { AxiosHttpClient } from '../../../../src/adapters/http/axios-http-client.ts';
import { aRawRequest, OK, urlOf, useRawHttp } from '../../../support/raw-http.ts';

const { serve, aClient } = useRawHttp();

describe('cancelling', () => {
  const reason = new Error('stop now');

  test('before sending: nothing is sent', async () => {
    const server = await serve((socket) => socket.write(OK));

    const sent = aClient().send(aRawRequest(urlOf(server)), AbortSignal.abort(reason));

    await expect(sent).rejects.toBe(reason);
    expect(server.connections()).toBe(0);
  });

  test('while the answer is awaited: at once, with the reason', async () => {
    const abort = new AbortController();
    const server = await serve(() => {
      abort.abort(reason);
    });

    const sent = aClient({ retries: 3 }).send(aRawRequest(urlOf(server)), abort.signal);

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

    const sent = aClient({ retries: 3 }).send(aRawRequest(urlOf(server)), abort.signal);

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

    const sent = client.send(aRawRequest(urlOf(server)), abort.signal);

    await expect(sent).rejects.toBe(reason);
    expect(server.requests).toHaveLength(1);
  });
});
