import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { systemClock } from '../../../src/adapters/clock/system-clock.ts';
import { checkWebhooks } from '../../../src/app/check-webhooks.ts';
import type { Config } from '../../../src/config/config.ts';

const { signal } = new AbortController();

/** What is found while something answers with this status; undefined: nobody listens. */
async function check(status: number | undefined, hooks: readonly string[] = ['github']) {
  const server = createServer((_request, response) => {
    response.writeHead(status ?? 500).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) =>
      server.close(() => {
        resolve();
      }),
    );
  if (status === undefined) await close();
  const webhooks = Object.fromEntries(hooks.map((name) => [name, ['a-secret-of-the-test']]));
  const config = {
    server: { host: '0.0.0.0', port, webhooks },
    source: { pollMs: 30_000 },
  } as unknown as Pick<Config, 'server' | 'source'>;
  const found = await checkWebhooks(config, systemClock, signal);
  if (status !== undefined) await close();
  return found;
}

describe('checkWebhooks', () => {
  test.each([
    { name: 'the controller answers', status: 200, result: 'ok', says: 'for /hooks/github' },
    { name: 'nobody answers', status: undefined, result: 'unchecked', says: 'flowkeeper run' },
    { name: 'another program answers', status: 404, result: 'warn', says: 'no flowkeeper' },
  ])('$name: $result', async ({ status, result, says }) => {
    const found = await check(status);
    expect(found).toMatchObject({ check: 'webhooks', result });
    expect(found.message).toContain(says);
    expect(found.next !== undefined).toBe(result === 'warn');
  });

  test('without hooks nobody is asked', async () => {
    expect(await check(undefined, [])).toMatchObject({
      result: 'ok',
      message: 'none: git is looked at each 30s',
    });
  });
});
