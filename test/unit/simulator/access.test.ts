import { afterEach, describe, expect, test } from '@jest/globals';
import {
  CLIENT,
  Caller,
  ManualTime,
  ORG,
  OTHER_ORG,
  Simulators,
  aFlow,
  anOrg,
  flowId,
} from './support.ts';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

const TOKEN = '/api/v2/oauth/token';
const FLOWS = '/api/v2/architect/flows';
const GRANT = {
  grant_type: 'client_credentials',
  client_id: CLIENT.id,
  client_secret: CLIENT.secret,
};
const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

function askForm(url: string, body: string, authorization?: string): Promise<Response> {
  return fetch(url + TOKEN, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(authorization === undefined ? {} : { authorization }),
    },
    body,
  });
}

describe('the token endpoint', () => {
  test('grants a bearer token with its lifetime', async () => {
    const { url } = await simulators.start({ tokenTtlSeconds: 90 });

    const answer = await new Caller(url).ask(TOKEN, { method: 'POST', json: GRANT });

    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      access_token: expect.stringMatching(/^[\w-]{43}$/),
      token_type: 'bearer',
      expires_in: 90,
    });
  });

  test.each([
    { name: 'a wrong secret', json: { ...GRANT, client_secret: 'x' }, status: 401 },
    { name: 'an unknown client', json: { ...GRANT, client_id: 'x' }, status: 401 },
    { name: 'another grant', json: { ...GRANT, grant_type: 'password' }, status: 400 },
    { name: 'no secret', json: { grant_type: 'client_credentials', client_id: 'x' }, status: 400 },
    { name: 'a scope beside', json: { ...GRANT, scope: 'architect:read' }, status: 200 },
  ])('$name -> $status', async ({ json, status }) => {
    const { url } = await simulators.start();
    const answer = await new Caller(url).ask(TOKEN, { method: 'POST', json });
    expect(answer.status).toBe(status);
    expect(answer.text).not.toContain(CLIENT.secret);
  });

  test('takes a form with Basic authentication', async () => {
    const { url } = await simulators.start();
    const form = 'grant_type=client_credentials';
    const good = basic(`${CLIENT.id}:${CLIENT.secret}`);
    expect((await askForm(url, form, good)).status).toBe(200);
    expect((await askForm(url, form, basic(`${CLIENT.id}:x`))).status).toBe(401);
    expect((await askForm(url, form, basic('no colon'))).status).toBe(401);
    expect((await askForm(url, form)).status).toBe(401);
    expect((await askForm(url, '', good)).status).toBe(400);
  });

  test.each([
    { tokenRequest: 'json', form: 415, json: 200 },
    { tokenRequest: 'form-basic', form: 200, json: 415 },
  ] as const)(
    'takes only what it is set to: $tokenRequest',
    async ({ tokenRequest, form, json }) => {
      const { url } = await simulators.start({ tokenRequest });
      const authorization = basic(`${CLIENT.id}:${CLIENT.secret}`);
      const asForm = await askForm(url, 'grant_type=client_credentials', authorization);
      const asJson = await new Caller(url).ask(TOKEN, { method: 'POST', json: GRANT });
      expect([asForm.status, asJson.status]).toEqual([form, json]);
    },
  );

  test('never logs a body of a token request', async () => {
    const { simulator } = await simulators.serve();
    expect(JSON.stringify(simulator.requests.list())).not.toContain(CLIENT.secret);
    expect(simulator.requests.list()[0]).toMatchObject({ clientId: CLIENT.id, orgId: ORG });
  });
});

describe('a token', () => {
  test('is good up to its last millisecond', async () => {
    const time = new ManualTime();
    const { api } = await simulators.serve({ tokenTtlSeconds: 60, now: time.now });
    time.advance(59_999);
    expect((await api.list()).status).toBe(200);
    time.advance(1);
    expect((await api.list()).status).toBe(401);
  });

  test('ends with a revocation, of all clients or one', async () => {
    const second = { id: 'client-2', secret: 's' };
    const orgs = [anOrg(1, { clients: [CLIENT, second] })];
    const { simulator, api } = await simulators.serve({ orgs });
    const other = await new Caller(simulator.url).logIn(second);

    expect(simulator.revokeTokens('client-2')).toBe(1);
    expect([(await api.list()).status, (await other.list()).status]).toEqual([200, 401]);
    expect(simulator.revokeTokens()).toBe(1);
    expect((await api.list()).status).toBe(401);
    await api.logIn();
    expect((await api.list()).status).toBe(200);
  });

  test('decides the org', async () => {
    const theirs = { id: 'client-2', secret: 's' };
    const other = { orgId: OTHER_ORG, clients: [theirs], flows: [aFlow(9)] };
    const { simulator, api } = await simulators.serve({ orgs: [anOrg(2), other] });
    const stranger = await new Caller(simulator.url).logIn(theirs);

    expect((await api.list()).json.total).toBe(2);
    expect((await stranger.list()).json.entities[0]?.id).toBe(flowId(9));
    expect((await stranger.flow(1)).status).toBe(404);
    expect((await stranger.patch(9, 4, {})).status).toBe(400); // its body names the first org
  });

  test.each(['', 'Bearer', 'Bearer nope', 'Basic eDp5'])('401 for %j', async (authorization) => {
    const { url } = await simulators.start();
    const headers: Record<string, string> = authorization === '' ? {} : { authorization };
    const answer = await new Caller(url).ask(FLOWS, { headers });

    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(answer.json).toEqual({
      message: expect.any(String),
      code: authorization === '' ? 'authentication.required' : 'bad.credentials',
      status: 401,
      contextId: answer.headers.get('inin-correlation-id'),
      details: [],
      errors: [],
    });
  });
});

describe('permissions', () => {
  const NEEDS = [
    { permission: 'architect:flow:view', method: 'GET', path: FLOWS },
    { permission: 'architect:flow:view', method: 'GET', path: `${FLOWS}/${flowId(1)}` },
    { permission: 'architect:flow:edit', method: 'PATCH', path: `${FLOWS}/${flowId(1)}` },
    { permission: 'architect:flow:edit', method: 'POST', path: `${FLOWS}/reload` },
    { permission: 'routing:queue:view', method: 'GET', path: '/api/v2/routing/queues' },
    { permission: 'routing:queue:view', method: 'GET', path: '/api/v2/routing/queues/x' },
    { permission: 'directory:user:view', method: 'GET', path: '/api/v2/users' },
    { permission: 'groups:team:view', method: 'GET', path: '/api/v2/teams' },
  ] as const;

  test.each(NEEDS)(
    '$method $path is 403 without $permission',
    async ({ permission, method, path }) => {
      const { simulator, api } = await simulators.serve();
      const all = NEEDS.map((need) => need.permission);
      simulator.org().setPermissions(
        CLIENT.id,
        all.filter((other) => other !== permission),
      );

      const answer = await api.ask(path, { method });

      expect(answer.status).toBe(403);
      expect(answer.json.message).toContain(`[${permission}]`);
      expect(answer.json.details).toEqual([
        { errorCode: 'missing.permissions', fieldName: permission },
      ]);
      simulator.org().setPermissions(CLIENT.id, [permission]);
      expect((await api.ask(path, { method })).status).not.toBe(403);
    },
  );
});

describe('every answer', () => {
  test('bears a correlation id of its own and the date of the clock', async () => {
    const time = new ManualTime();
    const { api } = await simulators.serve({ now: time.now });
    const answers = [await api.list(), await api.list(), await api.ask('/nowhere')];
    const ids = answers.map(({ headers }) => headers.get('inin-correlation-id'));
    expect(new Set(ids).size).toBe(3);
    expect(ids).not.toContain(null);
    expect(answers[0]?.headers.get('date')).toBe('Thu, 01 Jan 2026 00:00:00 GMT');
    expect(answers[2]).toMatchObject({ status: 404, json: { code: 'not.found' } });
  });

  test('405 names what is possible', async () => {
    const { api } = await simulators.serve();
    const answer = await api.ask(`${FLOWS}/reload`);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
    const put = await api.ask(`${FLOWS}/${flowId(1)}`, { method: 'PUT' });
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, PATCH']);
    expect((await api.ask(TOKEN)).status).toBe(405);
  });

  test('paths can be moved', async () => {
    const paths = { flow: '/flows/v9/{flowId}/settings' };
    const { api } = await simulators.serve({ paths });
    expect((await api.ask(`/flows/v9/${flowId(1)}/settings`)).status).toBe(200);
    expect((await api.flow(1)).status).toBe(404);
  });
});

describe('the rate limit', () => {
  const limited = async (rateLimit: object, time: ManualTime) =>
    simulators.serve({
      now: time.now,
      rateLimit: { requestsPerMinute: 2, ...rateLimit },
      orgs: [anOrg(1, { clients: [CLIENT, { id: 'client-2', secret: 's' }] })],
    });

  test('allows so many in a minute, of each client, and says when to come back', async () => {
    const time = new ManualTime();
    const { simulator, api } = await limited({}, time);
    expect((await api.list()).status).toBe(200);
    time.advance(10_500);
    expect((await api.list()).status).toBe(200);

    const refused = await api.list();

    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('50');
    expect(refused.json.code).toBe('too.many.requests.retry.after');
    const other = await new Caller(simulator.url).logIn({ id: 'client-2', secret: 's' });
    expect((await other.list()).status).toBe(200);
    time.advance(49_499);
    expect((await api.list()).status).toBe(429);
    time.advance(1);
    expect((await api.list()).status).toBe(200);
  });

  test('as a bucket refills evenly', async () => {
    const time = new ManualTime();
    const { api } = await limited({ algorithm: 'bucket' }, time);
    expect([(await api.list()).status, (await api.list()).status]).toEqual([200, 200]);
    const refused = await api.list();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30']);
    time.advance(29_999);
    expect((await api.list()).status).toBe(429);
    time.advance(1);
    expect([(await api.list()).status, (await api.list()).status]).toEqual([200, 429]);
  });

  test('tells the time as a date that is not too early', async () => {
    const time = new ManualTime();
    time.nowMs += 1;
    const { api } = await limited({ requestsPerMinute: 1, retryAfter: 'http-date' }, time);
    await api.list();
    const refused = await api.list();
    expect(refused.headers.get('retry-after')).toBe('Thu, 01 Jan 2026 00:01:01 GMT');
  });

  test('may keep the time to itself', async () => {
    const { api } = await limited({ requestsPerMinute: 1, retryAfter: 'absent' }, new ManualTime());
    await api.list();
    const refused = await api.list();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, null]);
  });
});
