import { beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FlowkeeperError } from '../../../../src/domain/errors.ts';
import { isVerified } from '../../../../src/server/webhooks/verify.ts';
import type { WebhookHost } from '../../../../src/server/webhooks/verify.ts';
import { MAX_BODY_BYTES } from '../../../../src/server/webhooks/webhook-routes.ts';
import { FakeClock } from '../../../support/fakes/fake-clock.ts';
import { headersOf, OLD_SECRET, PUSHES, SECRET, WebhookRig } from '../../../support/webhook-rig.ts';

const HOSTS = ['github', 'gitlab', 'bitbucket', 'gitea', 'generic'] as const;
let rig: WebhookRig;

beforeEach(() => {
  rig = new WebhookRig();
});

describe('what the hosts publish as examples', () => {
  const secret = "It's a Secret to Everybody";

  test.each<{ host: WebhookHost; body: string; header: string; value: string }>([
    {
      host: 'github',
      body: 'Hello, World!',
      header: 'x-hub-signature-256',
      value: 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    },
    {
      host: 'bitbucket',
      body: 'Hello World!',
      header: 'x-hub-signature',
      value: 'sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9',
    },
  ])('$host', ({ host, body, header, value }) => {
    const bytes = Buffer.from(body);
    const shows = (text: string) => (name: string) => (name === header ? text : undefined);
    expect(isVerified(host, [secret], shows(value), bytes)).toBe(true);
    expect(isVerified(host, [secret], shows(value.replace(/.$/, 'x')), bytes)).toBe(false);
    expect(isVerified(host, [secret], shows(value), Buffer.from(`${body} `))).toBe(false);
  });
});

describe.each(HOSTS)('%s', (host) => {
  test('a push to the watched branch is told on, once it is stored', async () => {
    expect(await rig.deliver(host, PUSHES[host]('main'))).toBe(202);
    expect([rig.pushes, rig.results]).toEqual([1, ['accepted']]);
  });

  test('a push to another branch, our own status branch too, causes nothing', async () => {
    for (const branch of ['feature', 'flowkeeper/status', 'mainly', 'x/main'])
      expect(await rig.deliver(host, PUSHES[host](branch))).toBe(200);
    expect(rig.pushes).toBe(0);
  });

  test('a wrong secret, none, or a changed body is refused before anything is read', async () => {
    expect(await rig.deliver(host, PUSHES[host]('main'), { secret: OLD_SECRET })).toBe(401);
    expect(await rig.post(host, JSON.stringify(PUSHES[host]('main')))).toBe(401);
    if (host !== 'gitlab') {
      const headers = headersOf(host, 'what was signed', { id: '1', secret: SECRET });
      expect(await rig.post(host, JSON.stringify(PUSHES[host]('main')), headers)).toBe(401);
    }
    expect(rig.pushes).toBe(0);
    expect(new Set(rig.results)).toEqual(new Set(['unverified']));
  });

  test('two secrets are good while one replaces the other', async () => {
    rig.secrets = [SECRET, OLD_SECRET];
    expect(await rig.deliver(host, PUSHES[host]('main'), { secret: OLD_SECRET })).toBe(202);
    expect(await rig.deliver(host, PUSHES[host]('main'), { secret: SECRET })).toBe(202);
    rig.secrets = [SECRET];
    expect(await rig.deliver(host, PUSHES[host]('main'), { secret: OLD_SECRET })).toBe(401);
  });

  test('a delivery that comes again causes nothing, another one does', async () => {
    expect(await rig.deliver(host, PUSHES[host]('main'), { id: 'one' })).toBe(202);
    expect(await rig.deliver(host, PUSHES[host]('main'), { id: 'one' })).toBe(200);
    expect(rig.results).toEqual(['accepted', 'replayed']);
    expect(await rig.deliver(host, PUSHES[host]('main'), { id: 'two' })).toBe(202);
    expect(rig.pushes).toBe(2);
  });

  test('a delivery that could not be stored may come again', async () => {
    const { onPush } = rig;
    const full = new FlowkeeperError('state.unwritable', 'disk full', { file: 'f', reason: 'r' });
    rig.onPush = () => Promise.reject(full);
    expect(await rig.deliver(host, PUSHES[host]('main'), { id: 'one' })).toBe(503);
    rig.onPush = onPush;
    expect(await rig.deliver(host, PUSHES[host]('main'), { id: 'one' })).toBe(202);
  });

  test('a hook that the config does not name does not exist', async () => {
    rig.secrets = [];
    expect(await rig.deliver(host, PUSHES[host]('main'))).toBe(404);
    expect(rig.pushes).toBe(0);
  });
});

test.each<{
  name: string;
  host: WebhookHost;
  payload: object;
  headers?: Record<string, string>;
  is: number;
}>([
  {
    name: "GitHub's ping",
    host: 'github',
    payload: { zen: 'Keep it' },
    headers: { 'x-github-event': 'ping' },
    is: 200,
  },
  {
    name: "GitLab's tag",
    host: 'gitlab',
    payload: {},
    headers: { 'x-gitlab-event': 'Tag Push Hook' },
    is: 200,
  },
  {
    name: "Bitbucket's comment",
    host: 'bitbucket',
    payload: {},
    headers: { 'x-event-key': 'repo:commit_comment_created' },
    is: 200,
  },
  {
    name: 'a push of Bitbucket Data Center',
    host: 'bitbucket',
    payload: { changes: [{ ref: { id: 'refs/heads/main' } }] },
    headers: { 'x-event-key': 'repo:refs_changed' },
    is: 202,
  },
  {
    name: 'a push of many branches, ours among them',
    host: 'bitbucket',
    payload: { push: { changes: [{ new: { name: 'a' } }, { new: null, old: { name: 'main' } }] } },
    is: 202,
  },
  { name: 'a push that does not tell the branch', host: 'generic', payload: {}, is: 202 },
  { name: 'a list', host: 'generic', payload: [], is: 202 },
])('$name -> $is', async ({ host, payload, headers, is }) => {
  expect(await rig.deliver(host, payload, headers ? { headers } : {})).toBe(is);
  expect(rig.pushes).toBe(is === 202 ? 1 : 0);
});

test("GitHub's form encoding is read, too", async () => {
  const form = (branch: string): string =>
    `payload=${encodeURIComponent(JSON.stringify(PUSHES.github(branch)))}`;
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  expect(await rig.deliver('github', form('other'), { headers })).toBe(200);
  expect(await rig.deliver('github', form('main'), { headers })).toBe(202);
});

test('signed by hand, without an id, every delivery counts', async () => {
  for (let i = 0; i < 3; i += 1) {
    const headers = headersOf('generic', '{}', { id: '', secret: SECRET });
    expect(await rig.post('generic', '{}', headers)).toBe(202);
  }
  expect(rig.pushes).toBe(3);
});

test.each([
  { name: 'as large as allowed', bytes: MAX_BODY_BYTES, is: 202 },
  { name: 'one byte larger', bytes: MAX_BODY_BYTES + 1, is: 413 },
])('a body $name -> $is', async ({ bytes, is }) => {
  const body = ' '.repeat(bytes);
  const headers = headersOf('generic', body, { id: 'x', secret: SECRET });
  expect(await rig.post('generic', body, headers)).toBe(is);
});

test('a source that cannot sign is turned away after some tries; others are not, and time heals it', async () => {
  const guess = (): Promise<number> => rig.post('github', '{}');
  const answers: number[] = [];
  for (let i = 0; i < 20; i += 1) answers.push(await guess());
  expect(answers.filter((status) => status === 401)).toHaveLength(10);
  expect(answers.at(-1)).toBe(429);
  const body = JSON.stringify(PUSHES.github('main'));
  const headers = headersOf('github', body, { id: 'a', secret: SECRET });
  expect(await rig.post('github', body, headers, '198.51.100.7')).toBe(202);
  await rig.clock.advance(5_000);
  expect(await rig.post('github', body, { ...headers, 'x-github-delivery': 'b' })).toBe(202);
});

test('a host that pushes 200 times a second for 10 seconds is answered, and stored together', async () => {
  const stored: (() => void)[] = [];
  rig.onPush = () => {
    rig.pushes += 1;
    return new Promise((resolve) => stored.push(resolve));
  };
  const answers: Promise<number>[] = [];
  for (let i = 0; i < 2_000; i += 1) {
    answers.push(rig.deliver('github', PUSHES.github('main')));
    if (i % 200 === 199) {
      await rig.clock.advance(1_000);
      stored.splice(0).forEach((done) => {
        done();
      });
    }
  }
  for (let i = 0; i < 3; i += 1) {
    await rig.clock.advance(0);
    stored.splice(0).forEach((done) => {
      done();
    });
  }
  expect(new Set(await Promise.all(answers))).toEqual(new Set([202]));
  expect(rig.pushes).toBeLessThanOrEqual(12);
  expect(rig.pushes).toBeGreaterThan(1);
});

test('pushes that are stored at once are stored together all the same, and one alone does not wait', async () => {
  const clock = new FakeClock();
  const busy = new WebhookRig(clock);
  expect(await busy.deliver('github', PUSHES.github('main'))).toBe(202);
  const answers = Array.from({ length: 100 }, () => busy.deliver('github', PUSHES.github('main')));
  await clock.advance(49);
  expect(busy.pushes).toBe(1);
  await clock.advance(1);
  expect(new Set(await Promise.all(answers))).toEqual(new Set([202]));
  expect(busy.pushes).toBe(2);
});

test('whatever is posted, nothing crashes, and what is not signed has no effect', async () => {
  let seen = 0;
  const headerNames = [
    'x-hub-signature-256',
    'x-hub-signature',
    'x-gitlab-token',
    'x-gitea-signature',
    'x-flowkeeper-signature-256',
    'content-type',
  ];
  const word = fc.string({
    unit: fc.constantFrom(...'abcdef0123456789=%{}[]":,;sha256 '.split('')),
    maxLength: 80,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...HOSTS),
      fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        fc.json().map((text) => Buffer.from(text)),
      ),
      fc.dictionary(fc.constantFrom(...headerNames), word),
      async (host, body, headers) => {
        seen += 1;
        // another source each time, so that none is turned away
        const status = await rig.post(host, new Uint8Array(body), headers, String(seen));
        return status === 401 && rig.pushes === 0;
      },
    ),
    { numRuns: 10_000 },
  );
  expect(seen).toBeGreaterThanOrEqual(10_000);
  expect(rig.log.lines).toEqual([]);
}, 60_000);

test('whatever is signed, nothing crashes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...HOSTS),
      fc.oneof(
        fc.json(),
        fc.string(),
        fc.constant('{"ref":{"__proto__":1}}'),
        fc.constant('{"push":{"changes":[null,{"new":[]}]}}'),
      ),
      async (host, body) => [200, 202].includes(await rig.deliver(host, body)),
    ),
    { numRuns: 500 },
  );
});
