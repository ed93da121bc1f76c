import { describe, expect, test } from '@jest/globals';
import { inspect } from 'node:util';
import nock from 'nock';
import { CLIENT_SECRET, failureOf, HOST } from '../../../support/backend-rig.ts';
import { aLiveFlow } from '../../../support/builders.ts';
import {
  anEdgeRig,
  givesToken,
  guardTheNetwork,
  ID,
  PATH,
  TOKEN,
  wireFlow,
} from '../../../support/nock-edge.ts';

const BASE = aLiveFlow({ id: ID, version: 7 });
const live = new AbortController().signal;

guardTheNetwork();

describe('getting a token', () => {
  test('style json: credentials in the body', async () => {
    nock(HOST, { reqheaders: { 'content-type': 'application/json' } })
      .post('/api/v2/oauth/token', {
        grant_type: 'client_credentials',
        client_id: 'client-id',
        client_secret: CLIENT_SECRET,
        scope: 'flow:read flow:write',
      })
      .reply(200, { access_token: TOKEN, token_type: 'bearer', expires_in: 60 });
    nock(HOST, { reqheaders: { authorization: `Bearer ${TOKEN}`, accept: 'application/json' } })
      .get(PATH)
      .reply(200, wireFlow());

    await anEdgeRig({ auth: { style: 'json', scope: 'flow:read flow:write' } }).backend.read(
      ID,
      live,
    );
  });

  test('style form-basic: a form, credentials in Authorization, on the login host', async () => {
    const basic = Buffer.from(`client-id:${CLIENT_SECRET}`).toString('base64');
    nock('http://login.example', {
      reqheaders: {
        authorization: `Basic ${basic}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
    })
      .post('/oauth/token', 'grant_type=client_credentials')
      .reply(200, { access_token: TOKEN, token_type: 'Bearer', expires_in: 86_399.5, extra: 1 });
    nock(HOST).get(PATH).reply(200, wireFlow());

    const auth = { style: 'form-basic', url: 'http://login.example/oauth/token' } as const;
    await anEdgeRig({ auth }).backend.read(ID, live);
  });

  interface TokenCase {
    readonly name: string;
    readonly status: number;
    readonly body: object | string;
    readonly code: string;
    readonly message: RegExp;
  }
  test.each<TokenCase>([
    {
      name: 'refused by the API',
      status: 401,
      body: { message: 'bad credentials', code: 'bad.credentials', contextId: 'c-1' },
      code: 'api.token-refused',
      message: /bad\.credentials: bad credentials.*\(correlation id c-1\)/,
    },
    {
      name: 'refused by a login host',
      status: 400,
      body: { error: 'invalid_client', description: 'client not found' },
      code: 'api.token-refused',
      message: /invalid_client: client not found/,
    },
    {
      name: 'refused by a login host of OAuth manners',
      status: 400,
      body: { error: 'invalid_grant', error_description: 'no such grant' },
      code: 'api.token-refused',
      message: /invalid_grant: no such grant/,
    },
    {
      name: 'refused with the secret in its words',
      status: 401,
      body: { error: 'invalid_client', description: `secret ${CLIENT_SECRET} is wrong` },
      code: 'api.token-refused',
      message: /secret \[redacted\] is wrong/,
    },
    { name: 'no such path', status: 404, body: '', code: 'api.token-refused', message: /404/ },
    { name: 'HTML', status: 200, body: '<html>', code: 'api.bad-answer', message: /HTML/ },
    { name: 'an empty body', status: 200, body: '', code: 'api.bad-answer', message: /empty/ },
    {
      name: 'a cut body, which is not quoted',
      status: 200,
      body: `{"access_token":"${TOKEN}`,
      code: 'api.bad-answer',
      message: /not JSON, or cut$/,
    },
    {
      name: 'no lifetime',
      status: 200,
      body: { access_token: TOKEN },
      code: 'api.bad-answer',
      message: /'expires_in'/,
    },
    {
      name: 'a lifetime as text',
      status: 200,
      body: { access_token: TOKEN, expires_in: '3600' },
      code: 'api.bad-answer',
      message: /\/expires_in must be number/,
    },
    {
      name: 'a lifetime of nothing',
      status: 200,
      body: { access_token: TOKEN, expires_in: 0 },
      code: 'api.bad-answer',
      message: /\/expires_in must be > 0/,
    },
    {
      name: 'a token that would break a header',
      status: 200,
      body: { access_token: 'a\r\nX-Evil: 1', expires_in: 60 },
      code: 'api.bad-answer',
      message: /\/access_token must match/,
    },
    {
      name: 'a token of another kind',
      status: 200,
      body: { access_token: TOKEN, token_type: 'mac', expires_in: 60 },
      code: 'api.bad-answer',
      message: /\/token_type must match/,
    },
    { name: 'a redirect', status: 302, body: '', code: 'api.bad-answer', message: /302/ },
  ])('$name: $code', async ({ status, body, code, message }) => {
    nock(HOST).post('/api/v2/oauth/token').reply(status, body);

    const error = await failureOf(anEdgeRig().backend.read(ID, live));

    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(inspect(error, { depth: 9 })).not.toContain(CLIENT_SECRET);
    expect(inspect(error, { depth: 9 })).not.toContain(TOKEN);
  });

  test('a login host that throttles with 400 is asked again after the silence', async () => {
    const busy = { error: 'invalid_request', description: 'rate limit exceeded; slow down' };
    nock(HOST).post('/api/v2/oauth/token').reply(400, busy);
    givesToken();
    nock(HOST).get(PATH).reply(200, wireFlow());
    const { backend, gate } = anEdgeRig();

    await backend.read(ID, live);

    expect(gate).toEqual(['read', 'stall 5000', 'read', 'read']);
  });

  test('one that goes on throttling is api.rate-limited', async () => {
    const busy = { error: 'invalid_request', description: 'Rate limit exceeded' };
    nock(HOST).post('/api/v2/oauth/token').times(3).reply(400, busy);

    expect((await failureOf(anEdgeRig().backend.read(ID, live))).code).toBe('api.rate-limited');
  });

  test.each([
    { status: 429, code: 'api.rate-limited' },
    { status: 503, code: 'api.server-error' },
  ])('is repeated on $status, then $code', async ({ status, code }) => {
    nock(HOST).post('/api/v2/oauth/token').times(4).reply(status, '');

    expect((await failureOf(anEdgeRig().backend.read(ID, live))).code).toBe(code);
  });
});

describe('a 401', () => {
  const unauthorized = { message: 'expired', code: 'authentication.required' };

  test('renews the token once and repeats, a write too', async () => {
    givesToken();
    nock(HOST, { reqheaders: { authorization: `Bearer ${TOKEN}` } })
      .patch(PATH)
      .reply(401, unauthorized);
    nock(HOST)
      .post('/api/v2/oauth/token')
      .reply(200, { access_token: 'token-value-2', expires_in: 3600 });
    nock(HOST, { reqheaders: { authorization: 'Bearer token-value-2' } })
      .patch(PATH)
      .reply(200, wireFlow());
    const { backend, gate } = anEdgeRig();

    expect((await backend.write(BASE, {}, live))?.version).toBe(8);
    expect(gate).toEqual(['read', 'write', 'read', 'write']);
  });

  test('again with the new token is api.unauthorized', async () => {
    nock(HOST)
      .post('/api/v2/oauth/token')
      .times(2)
      .reply(200, { access_token: TOKEN, expires_in: 3600 });
    nock(HOST).get(PATH).times(2).reply(401, unauthorized);

    const error = await failureOf(anEdgeRig().backend.read(ID, live));

    expect(error.code).toBe('api.unauthorized');
    expect(error.message).toContain('"expired"');
  });
});
