import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { AxiosHttpClient } from '../../src/adapters/http/axios-http-client.ts';
import { FakeHttpClient } from '../support/fakes/fake-http-client.ts';
import { SkippingClock } from '../support/skipping-clock.ts';
import { describeHttpClient } from './http-client.contract.ts';

describeHttpClient('FakeHttpClient', () => {
  const client = new FakeHttpClient(({ method, url, body = '' }) => ({
    status: Number(new URL(url).pathname.slice(1)),
    headers: { 'x-echo': `${method} ${body}` },
    body: 'ok',
  }));
  return {
    client,
    baseUrl: 'http://fake.invalid',
    arrived: () => client.requests.length,
    stop: () => undefined,
  };
});

describeHttpClient('AxiosHttpClient', async () => {
  let arrived = 0;
  const server = createServer((request, response) => {
    arrived += 1;
    void text(request).then((body) => {
      response.writeHead(Number(request.url?.slice(1)), {
        'X-Echo': `${String(request.method)} ${body}`,
      });
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new AxiosHttpClient({ clock: new SkippingClock(), random: () => 0 });
  return {
    client,
    baseUrl: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    arrived: () => arrived,
    stop: async () => {
      client.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
});
