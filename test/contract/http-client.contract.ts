import { afterEach, describe, expect, test } from '@jest/globals';
import type { HttpClient, HttpRequest } from '../../src/ports/http-client.ts';

/** What answers a request whose path is `/<status>`: that status, `x-echo` with method and body, and the body "ok". */
export interface HttpWorld {
  readonly client: HttpClient;
  readonly baseUrl: string;
  /** Requests that arrived. */
  readonly arrived: () => number;
  readonly stop: () => void | Promise<void>;
}

const live = new AbortController().signal;

/** What every HttpClient owes its callers. Run on the fake, and on the adapter against a local server. */
export function describeHttpClient(
  name: string,
  start: () => HttpWorld | Promise<HttpWorld>,
): void {
  describe(`HttpClient contract: ${name}`, () => {
    const worlds: HttpWorld[] = [];
    const world = async (): Promise<HttpWorld> => {
      const started = await start();
      worlds.push(started);
      return started;
    };
    afterEach(async () => {
      for (const started of worlds.splice(0)) await started.stop();
    });

    const aRequest = (url: string, over: Partial<HttpRequest> = {}): HttpRequest => ({
      method: 'GET',
      url,
      headers: {},
      timeouts: { connectMs: 2000, answerMs: 2000, callMs: 2000 },
      maxAnswerBytes: 1000,
      retry: 'never',
      ...over,
    });

    test.each([200, 202, 302, 400, 404, 409, 500])('resolves with status %i', async (status) => {
      const { client, baseUrl } = await world();

      const answer = await client.send(aRequest(`${baseUrl}/${String(status)}`), live);

      expect(answer.status).toBe(status);
      expect(Buffer.from(answer.body).toString()).toBe('ok');
    });

    test('sends method and body, and gives headers in lower case', async () => {
      const { client, baseUrl } = await world();

      const answer = await client.send(
        aRequest(`${baseUrl}/200`, { method: 'PATCH', body: '{"a":1}' }),
        live,
      );

      expect(answer.headers['x-echo']).toBe('PATCH {"a":1}');
    });

    test('waits to be admitted before anything is sent', async () => {
      const { client, baseUrl, arrived } = await world();
      const arrivedAtAdmission: number[] = [];

      await client.send(
        aRequest(`${baseUrl}/200`, { admit: async () => void arrivedAtAdmission.push(arrived()) }),
        live,
      );

      expect(arrivedAtAdmission).toEqual([0]);
      expect(arrived()).toBe(1);
    });

    test('tells of a 429 before it resolves with it', async () => {
      const { client, baseUrl } = await world();
      const told: unknown[] = [];

      const answer = await client.send(
        aRequest(`${baseUrl}/429`, { onThrottled: async (ms) => void told.push(ms) }),
        live,
      );

      expect(answer.status).toBe(429);
      expect(told).toEqual([undefined]);
    });

    test('an aborted signal ends it with its reason, and nothing is sent', async () => {
      const { client, baseUrl, arrived } = await world();
      const reason = new Error('stop');

      const sent = client.send(aRequest(`${baseUrl}/200`), AbortSignal.abort(reason));

      await expect(sent).rejects.toBe(reason);
      expect(arrived()).toBe(0);
    });
  });
}
