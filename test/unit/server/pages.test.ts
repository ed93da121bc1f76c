import { describe, expect, test } from '@jest/globals';
import { aFlowId } from '../../support/builders.ts';
import { aRunEntry } from '../../support/run-entries.ts';
import { ServerRig, TOKEN } from '../../support/server-rig.ts';

const BEARER = { authorization: `Bearer ${TOKEN}` };
const PAGE = { accept: 'text/html' };

describe('access', () => {
  test.each([
    '/',
    '/orgs/acme',
    '/orgs/acme/flows/x',
    '/api/v1/orgs',
    '/metrics',
    '/events',
    '/readyz/details',
  ])('%s shows nothing without the token', async (path) => {
    const rig = new ServerRig([{}]);
    expect((await rig.get(path)).status).toBe(401);
    expect((await rig.get(path, { authorization: `Bearer ${TOKEN}x` })).status).toBe(401);
    const page = await rig.get(path, PAGE);
    expect([page.status, page.headers.get('location')]).toEqual([303, '/login']);
  });

  test('a person signs in with the token, under a name, for half a day', async () => {
    const rig = new ServerRig([{}]);
    const wrong = await rig.post('/login', {}, new URLSearchParams({ token: 'no', name: 'Ola' }));
    expect([wrong.status, wrong.headers.get('set-cookie')]).toEqual([401, null]);
    const right = await rig.post('/login', {}, new URLSearchParams({ token: TOKEN, name: 'Ola' }));
    const cookie = right.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect(cookie).not.toContain(TOKEN);
    const [value = ''] = cookie.split(';');
    expect(await (await rig.get('/', { cookie: value })).text()).toContain('Ola');
    expect((await rig.get('/', { cookie: `${value}x` })).status).toBe(401);
    await rig.clock.advance(12 * 3_600_000 + 1);
    expect((await rig.get('/', { cookie: value })).status).toBe(401);
  });

  test('without a token in the config, who asks this machine by its own name may read, not act', async () => {
    const rig = new ServerRig([{}]);
    rig.token = undefined;
    expect((await rig.get('/', { host: '127.0.0.1:8080' })).status).toBe(200);
    expect((await rig.get('/', { host: 'evil.example' })).status).toBe(421);
    expect((await rig.post('/orgs/acme/run')).status).toBe(403);
    expect(rig.asked).toEqual([]);
  });
});

describe('actions', () => {
  test('run now and retry go with the name of who asks', async () => {
    const rig = new ServerRig([{}]);
    const headers = { ...BEARER, 'x-flowkeeper-user': 'Ola' };
    expect((await rig.post('/api/v1/orgs/acme/run', headers)).status).toBe(202);
    expect((await rig.post(`/api/v1/orgs/acme/flows/${aFlowId(1)}/retry`, headers)).status).toBe(
      202,
    );
    const asked = { reason: 'person', orgs: ['acme'], by: 'Ola' };
    expect(rig.asked).toEqual([asked, asked]);
    expect(rig.released).toEqual([{ flow: aFlowId(1), orgs: ['acme'], by: 'Ola' }]);
    expect(rig.log.lines.map(({ fields }) => fields['by'])).toEqual(['Ola', 'Ola']);
  });

  test.each(['/orgs/acme/run', '/api/v1/orgs/acme/run'])(
    '%s is refused to another page',
    async (path) => {
      const rig = new ServerRig([{}]);
      const elsewhere = { ...BEARER, origin: 'https://evil.example', host: 'localhost' };
      expect((await rig.post(path, elsewhere)).status).toBe(403);
      expect((await rig.post(path, { ...BEARER, origin: 'null', host: 'localhost' })).status).toBe(
        403,
      );
      expect([401, 403]).toContain((await rig.post(path)).status);
      expect(rig.asked).toEqual([]);
      const own = { ...BEARER, origin: 'http://localhost', host: 'localhost' };
      expect((await rig.post(path, own)).status).toBeLessThan(400);
    },
  );

  test('what does not exist cannot be asked for', async () => {
    const rig = new ServerRig([{}]);
    for (const path of ['/orgs/nope/run', '/api/v1/orgs/nope/run', '/orgs/acme/flows/nope/retry'])
      expect((await rig.post(path, BEARER)).status).toBe(404);
    expect(rig.asked).toEqual([]);
  });
});

describe('the page', () => {
  test('everything foreign is text', async () => {
    const evil = '"><script>alert(1)</script>';
    const condition = {
      type: 'Ready',
      status: false,
      reason: 'Failed',
      message: evil,
      since: '2026-11-24T09:00:00.000Z',
    } as const;
    const rig = new ServerRig([
      {
        name: evil,
        file: evil,
        state: 'Failed',
        conditions: [condition],
        differences: [{ path: `/${evil}`, live: evil, desired: evil, cause: 'live-changed' }],
      },
    ]);
    await rig.triggers.runEnded(aRunEntry({ org: 'acme', summary: evil, held: evil }), undefined);
    for (const path of [
      '/',
      '/orgs/acme',
      `/orgs/acme?q=${encodeURIComponent('<script>')}`,
      `/orgs/acme/flows/${aFlowId(1)}`,
    ]) {
      const answer = await rig.get(path, BEARER);
      expect(answer.status).toBe(200);
      expect(await answer.text()).not.toMatch(/<script>/);
    }
  });

  test('nothing from elsewhere is loaded, and nothing inline runs', async () => {
    const answer = await new ServerRig([{}]).get('/orgs/acme', BEARER);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
    const text = await answer.text();
    expect(text).not.toMatch(/ style=| on[a-z]+=/);
    expect(
      [...text.matchAll(/(?:src|href)="([^"]+)"/g)].every(([, url]) => /^(\/|#|data:,)/.test(url!)),
    ).toBe(true);
  });

  test('flows are found by name, id or file and by state, a hundred on a page', async () => {
    const rig = new ServerRig(
      Array.from(
        { length: 250 },
        (_, i) =>
          ({
            state: i < 3 ? 'Failed' : 'InSync',
            name: `Queue ${String(i).padStart(3, '0')}`,
          }) as const,
      ),
    );
    const text = async (query: string): Promise<string> =>
      (await rig.get(`/orgs/acme${query}`, BEARER)).text();
    expect(await text('')).toContain('1 to 100 of 250');
    expect(await text('?page=3')).toContain('201 to 250 of 250');
    expect(await text('?page=99')).toContain('201 to 250 of 250');
    expect(await text('?page=-1')).toContain('1 to 100 of 250');
    expect(await text('?state=Failed')).toContain('1 to 3 of 3');
    expect(await text('?q=QUEUE%20007')).toContain('1 to 1 of 1');
    expect(await text(`?q=${aFlowId(9)}`)).toContain('Queue 008');
    expect(await text('?q=nothing')).toContain('No flow.');
  });

  test('one flow: what differs, why, and that its history could not be read', async () => {
    const rig = new ServerRig([
      {
        state: 'Drifted',
        differences: [
          { path: '/routing/maxWaitTime', live: 9, desired: 600, cause: 'live-changed' },
        ],
      },
    ]);
    const answer = await (await rig.get(`/orgs/acme/flows/${aFlowId(1)}`, BEARER)).text();
    const text = answer.replaceAll('<wbr />', '');
    for (const part of [
      'Drifted',
      '/routing/maxWaitTime',
      '600',
      'live-changed',
      'could not be read',
    ])
      expect(text).toContain(part);
    expect((await rig.get('/orgs/acme/flows/nope', BEARER)).status).toBe(404);
    expect((await rig.get('/orgs/nope', BEARER)).status).toBe(404);
  });

  test('charts tell in words what they show', async () => {
    const rig = new ServerRig([{}]);
    for (const applied of [1, 4])
      await rig.triggers.runEnded(
        aRunEntry({ org: 'acme', runId: `run-${String(applied)}`, outcomes: { applied } }),
        undefined,
      );
    const text = await (await rig.get('/orgs/acme', BEARER)).text();
    expect(text).toContain('aria-label="Flows worked on: 2 runs, at most 4, the last 4"');
    expect(text.match(/<g\s*>/g)).toHaveLength(6);
  });

  test('10,000 flows are searched without a stall', async () => {
    const rig = new ServerRig(Array.from({ length: 10_000 }, () => ({})));
    await rig.get('/orgs/acme', BEARER);
    const before = performance.now();
    expect(await (await rig.get('/orgs/acme?q=999', BEARER)).text()).toContain('Flow 9999');
    // some ms; what would take a second is a stall on any machine
    expect(performance.now() - before).toBeLessThan(1_000);
  });
});

describe('the API', () => {
  test('is described, path by path', async () => {
    const rig = new ServerRig();
    const digest = 'd'.repeat(64);
    const last = aRunEntry({ held: 'too many', heldPlan: digest });
    rig.addOrg('acme', [{}], { worker: { last } });
    const body = JSON.stringify({ digest, until: '2026-11-24T10:00:00Z', reason: 'INC-4711' });
    const { paths } = (await (await rig.get('/api/v1/openapi.json')).json()) as {
      paths: Record<string, object>;
    };
    for (const [path, methods] of Object.entries(paths)) {
      const url = `/api/v1${path.replace('{org}', 'acme').replace('{flow}', aFlowId(1)).replace('{version}', '7')}`;
      const answer =
        'get' in methods ? await rig.get(url, BEARER) : await rig.post(url, BEARER, body);
      expect([path, answer.status]).toEqual([path, 'get' in methods ? 200 : 202]);
    }
  });

  test('lists flows in parts, with their number', async () => {
    const rig = new ServerRig(Array.from({ length: 12 }, () => ({})));
    const list = await (await rig.get('/api/v1/orgs/acme/flows?limit=5&offset=10', BEARER)).json();
    expect(list).toMatchObject({ total: 12 });
    expect((list as { flows: unknown[] }).flows).toHaveLength(2);
  });
});

describe('events', () => {
  test('a page hears of a change at once, of many together', async () => {
    const rig = new ServerRig([{}]);
    const answer = await rig.get('/events', BEARER);
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    for (let i = 0; i < 3; i += 1) rig.events.changed();
    await rig.clock.advance(0);
    expect((await reader.read()).value).toContain('event: changed');
    await rig.clock.advance(500);
    await rig.clock.advance(15_000);
    expect((await reader.read()).value).toContain('event: alive');
    await reader.cancel();
    await rig.clock.advance(60_000);
    expect(rig.clock.sleepers).toBe(0);
  });
});
