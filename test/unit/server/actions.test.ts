import { beforeEach, describe, expect, test } from '@jest/globals';
import { aFlowId } from '../../support/builders.ts';
import { aRunEntry } from '../../support/run-entries.ts';
import { ServerRig, TOKEN } from '../../support/server-rig.ts';

const OLA = { authorization: `Bearer ${TOKEN}`, 'x-flowkeeper-user': 'Ola' };
const FLOW = `/orgs/acme/flows/${aFlowId(1)}`;
const DIGEST = 'd'.repeat(64);
/** Of the rig's clock. */
const NOW = Date.UTC(2026, 10, 24, 9, 30);

let rig: ServerRig;

beforeEach(() => {
  rig = new ServerRig();
  rig.addOrg('acme', [{}], {
    worker: { last: aRunEntry({ org: 'acme', held: 'too many', heldPlan: DIGEST }) },
  });
});

/** By the form of a page, and by the API. */
const WAYS = [
  {
    way: 'a form',
    send: (path: string, fields: Record<string, string>, headers: Record<string, string> = OLA) =>
      rig.post(path, headers, new URLSearchParams(fields)),
    done: 303,
  },
  {
    way: 'the API',
    send: (path: string, fields: Record<string, string>, headers: Record<string, string> = OLA) =>
      rig.post(
        `/api/v1${path}`,
        { ...headers, 'content-type': 'application/json' },
        JSON.stringify(fields),
      ),
    done: 202,
  },
] as const;

describe.each(WAYS)('by $way', ({ send, done }) => {
  test('a run is asked for, audited with the name before it starts', async () => {
    expect((await send('/orgs/acme/run', {})).status).toBe(done);
    expect(rig.noted).toEqual([{ org: 'acme', revision: 'c0ffee', by: 'Ola' }]);
    expect(rig.asked).toEqual([{ reason: 'person', orgs: ['acme'], by: 'Ola' }]);
  });

  test('the held plan is approved, by exactly its digest', async () => {
    expect((await send('/orgs/acme/approve', { digest: DIGEST })).status).toBe(done);
    const approval = { digest: DIGEST, by: 'Ola' };
    expect(rig.asked).toEqual([{ reason: 'person', orgs: ['acme'], by: 'Ola', approval }]);
  });

  test.each([
    { name: 'another digest', digest: `e${DIGEST.slice(1)}` },
    { name: 'a part of it', digest: DIGEST.slice(0, 12) },
    { name: 'none', digest: '' },
  ])('$name approves nothing', async ({ digest }) => {
    const answer = await send('/orgs/acme/approve', { digest });
    expect([answer.status, rig.asked]).toEqual([409, []]);
    expect(await answer.text()).toContain('look at it again');
  });

  test('nothing is approved where nothing is held', async () => {
    rig.addOrg('acme', [{}]);
    expect((await send('/orgs/acme/approve', { digest: DIGEST })).status).toBe(409);
    expect(rig.asked).toEqual([]);
  });

  test.each([
    { name: 'in UTC', until: '2026-11-24T10:30', untilAt: NOW + 3_600_000 },
    { name: 'with its zone', until: '2026-11-24T12:30:00+02:00', untilAt: NOW + 3_600_000 },
    { name: 'a minute from now', until: '2026-11-24T09:31', untilAt: NOW + 60_000 },
    { name: '31 days from now', until: '2026-12-25T09:30', untilAt: NOW + 31 * 86_400_000 },
  ])('a flow is suspended until an instant $name', async ({ until, untilAt }) => {
    expect((await send(`${FLOW}/suspend`, { until, reason: ' INC-4711 ' })).status).toBe(done);
    const suspend = { reason: 'INC-4711', untilAt };
    expect(rig.suspensions).toEqual([{ flow: aFlowId(1), orgs: ['acme'], by: 'Ola', suspend }]);
    expect(rig.asked).toHaveLength(1);
  });

  test.each([
    { name: 'now', until: '2026-11-24T09:30', reason: 'INC' },
    { name: 'a minute more than 31 days', until: '2026-12-25T09:31', reason: 'INC' },
    { name: 'for ever', until: '', reason: 'INC' },
    { name: 'until no instant', until: '2026-02-31T25:00', reason: 'INC' },
    { name: 'without a reason', until: '2026-11-24T10:30', reason: '  ' },
    { name: 'with a reason of two lines', until: '2026-11-24T10:30', reason: 'a\nb' },
    { name: 'with a reason that is too long', until: '2026-11-24T10:30', reason: 'x'.repeat(501) },
  ])('a flow is not suspended $name', async ({ until, reason }) => {
    expect((await send(`${FLOW}/suspend`, { until, reason })).status).toBe(409);
    expect([rig.suspensions, rig.asked]).toEqual([[], []]);
  });

  test('a flow is let go on', async () => {
    expect((await send(`${FLOW}/resume`, {})).status).toBe(done);
    expect(rig.suspensions).toEqual([{ flow: aFlowId(1), orgs: ['acme'], by: 'Ola' }]);
  });

  test.each([
    '/orgs/acme/run',
    '/orgs/acme/approve',
    `${FLOW}/retry`,
    `${FLOW}/suspend`,
    `${FLOW}/resume`,
  ])(
    '%s does nothing without the token, for another site, and of what there is not',
    async (path) => {
      const fields = { digest: DIGEST, until: '2026-11-24T10:30', reason: 'INC' };
      expect([401, 403]).toContain((await send(path, fields, {})).status);
      const elsewhere = [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { 'sec-fetch-site': 'cross-site', origin: 'http://localhost' },
        { 'sec-fetch-site': 'same-site' },
        { 'sec-fetch-site': 'none' },
      ];
      for (const headers of elsewhere)
        expect((await send(path, fields, { ...OLA, ...headers })).status).toBe(403);
      const nowhere = path.replace('acme', 'nope');
      expect((await send(nowhere, fields)).status).toBe(404);
      expect([rig.noted, rig.asked, rig.released, rig.suspensions]).toEqual([[], [], [], []]);
    },
  );
});

test('a body that is larger than any of ours is not read', async () => {
  const headers = { ...OLA, 'content-type': 'application/json' };
  const body = JSON.stringify({ digest: 'd'.repeat(20_000) });
  expect((await rig.post('/api/v1/orgs/acme/approve', headers, body)).status).toBe(413);
});

describe('a proxy that signs people in', () => {
  const NAMED = { 'x-forwarded-email': 'ola@example.com' };
  const OWN_PAGE = { ...NAMED, origin: 'http://localhost' };

  beforeEach(() => {
    rig.token = undefined;
    rig.proxy = {
      addresses: ['10.1.2.3', '10.9.0.0/16', 'fd00::/8'],
      userHeader: 'x-forwarded-email',
    };
  });

  test.each(['10.1.2.3', '10.9.255.1', '::ffff:10.1.2.3', 'fd12::1'])(
    'is believed from %s: who is named may read and act under that name',
    async (source) => {
      rig.source = source;
      expect(await (await rig.get('/', NAMED)).text()).toContain('ola@example.com');
      expect((await rig.post('/orgs/acme/run', OWN_PAGE)).status).toBe(303);
      expect(rig.noted).toMatchObject([{ by: 'ola@example.com' }]);
    },
  );

  test.each(['10.1.2.4', '10.10.0.1', '127.0.0.1', '::1', 'fe00::1', 'unknown'])(
    'is not believed from %s: the header counts for nothing',
    async (source) => {
      rig.source = source;
      expect((await rig.get('/', NAMED)).status).toBe(401);
      expect((await rig.get('/metrics', { ...NAMED, host: 'localhost' })).status).toBe(401);
      expect((await rig.post('/orgs/acme/run', OWN_PAGE)).status).toBe(403);
      expect(rig.asked).toEqual([]);
    },
  );

  test('lets nobody in whom it does not name, and no other header counts', async () => {
    rig.source = '10.1.2.3';
    for (const headers of [{}, { 'x-forwarded-email': ' ' }, { 'x-forwarded-user': 'ola' }])
      expect((await rig.get('/', headers)).status).toBe(401);
  });

  test('a header of another address does not go before the token', async () => {
    rig.token = TOKEN;
    await rig.post('/orgs/acme/run', { ...OLA, ...NAMED });
    expect(rig.noted).toMatchObject([{ by: 'Ola' }]);
  });

  test('whom a proxy signed in acts only from a page of ours', async () => {
    rig.source = '10.1.2.3';
    const from = [{}, { origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }];
    for (const headers of from)
      expect((await rig.post('/orgs/acme/run', { ...NAMED, ...headers })).status).toBe(403);
    // behind TLS the proxy may call us by another name than the browser does
    const own = { ...NAMED, origin: 'https://flows.example.com', 'sec-fetch-site': 'same-origin' };
    expect((await rig.post('/orgs/acme/run', own)).status).toBe(303);
  });

  test('without one in the config no header is believed', async () => {
    rig.proxy = undefined;
    rig.token = TOKEN;
    rig.source = '10.1.2.3';
    expect((await rig.get('/', NAMED)).status).toBe(401);
  });
});
