import { afterEach } from '@jest/globals';
import { AxiosHttpClient } from '../../src/adapters/http/axios-http-client.ts';
import type { HttpClientOptions } from '../../src/adapters/http/axios-http-client.ts';
import type { HttpRequest, HttpTimeouts } from '../../src/ports/http-client.ts';
import { startRawServer } from './raw-server.ts';
import type { RawReply, RawServer } from './raw-server.ts';
import { SkippingClock } from './skipping-clock.ts';

export const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

export interface RawHttp {
  readonly serve: (reply: RawReply) => Promise<RawServer>;
  readonly aClient: (options?: Partial<HttpClientOptions>) => AxiosHttpClient;
  /** Runs after the test, before servers and clients are closed. */
  readonly atEnd: (undo: () => void) => void;
}

/** Call once in a test file: servers and clients that end with each test. */
export function useRawHttp(): RawHttp {
  const closing: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  return {
    serve: async (reply) => {
      const server = await startRawServer(reply);
      closing.push(() => server.close());
      return server;
    },
    aClient: (options = {}) => {
      const client = new AxiosHttpClient(
        { clock: new SkippingClock(), random: () => 0 },
        { retries: 0, firstDelayMs: 1, ...options },
      );
      closing.push(() => {
        client.close();
      });
      return client;
    },
    atEnd: (undo) => void closing.push(undo),
  };
}

export function urlOf(server: RawServer): string {
  return `http://127.0.0.1:${String(server.port)}/`;
}

/** A read with two seconds for everything. */
export function aRawRequest(url: string, timeouts: Partial<HttpTimeouts> = {}): HttpRequest {
  return {
    method: 'GET',
    url,
    headers: {},
    timeouts: { connectMs: 2000, answerMs: 2000, callMs: 2000, ...timeouts },
    maxAnswerBytes: 1000,
    retry: 'reads',
  };
}
