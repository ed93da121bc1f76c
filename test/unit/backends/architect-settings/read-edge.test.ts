import { describe, expect, test } from '@jest/globals';
import { inspect } from 'node:util';
import nock from 'nock';
import { CLIENT_SECRET, failureOf, HOST } from '../../../support/backend-rig.ts';
import {
  anEdgeRig,
  givesToken,
  guardTheNetwork,
  ID,
  PATH,
  TOKEN,
  wireFlow,
} from '../../../support/nock-edge.ts';
import type { StatusCase } from '../../../support/nock-edge.ts';

const live = new AbortController().signal;

guardTheNetwork();

describe('the answer to a read', () => {
  test.each<StatusCase>([
    { status: 404, code: 'api.not-found' },
    { status: 403, code: 'api.forbidden' },
    { status: 409, code: 'api.refused' },
    { status: 400, body: { message: 'bad id' }, code: 'api.refused' },
    { status: 301, headers: { Location: '/elsewhere' }, code: 'api.bad-answer' },
    { status: 200, body: '', code: 'api.bad-answer', message: /an empty body/ },
    { status: 204, body: '', code: 'api.bad-answer', message: /an empty body/ },
    { status: 200, body: '[]', code: 'api.bad-answer', message: /\/ must be object/ },
    {
      status: 200,
      body: wireFlow({ settings: undefined }),
      headers: { 'ININ-Correlation-Id': 'c-7' },
      code: 'api.bad-answer',
      message: /\/settings is absent \(correlation id c-7\)/,
    },
    {
      status: 200,
      body: wireFlow({ settings: [] }),
      code: 'api.bad-answer',
      message: /\/settings must be object or null/,
    },
    { status: 200, body: wireFlow({ id: '' }), code: 'api.bad-answer', message: /\/id must NOT/ },
    { status: 200, body: wireFlow({ name: null }), code: 'api.bad-answer', message: /\/name/ },
    { status: 200, body: wireFlow({ version: -1 }), code: 'api.bad-answer', message: /\/version/ },
    { status: 200, body: wireFlow({ version: 1.5 }), code: 'api.bad-answer', message: /\/version/ },
  ])('$status $body: $code', async ({ status, body, headers, ...expected }) => {
    givesToken();
    nock(HOST)
      .get(PATH)
      .reply(status, body ?? '', headers);

    const error = await failureOf(anEdgeRig().backend.read(ID, live));

    expect(error.code).toBe(expected.code);
    expect(error.message).toMatch(expected.message ?? /GET/);
  });

  test.each([
    { name: 'settings null: none', over: { settings: null }, flow: { settings: {} } },
    { name: 'an id in capitals', over: { id: ID.toUpperCase() }, flow: { id: ID } },
    { name: 'an odd modifiedBy', over: { modifiedBy: 'Ann' }, flow: { version: 8 } },
    {
      name: 'a modifiedBy without a name',
      over: { modifiedBy: { id: 'u', name: null } },
      flow: { modifiedBy: { id: 'u' } },
    },
    { name: 'unknown fields', over: { division: { id: 'd' } }, flow: { name: 'Flow' } },
    { name: 'a version written 8.0', over: { version: 8.0 }, flow: { version: 8 } },
  ])('$name is taken', async ({ over, flow }) => {
    givesToken();
    nock(HOST).get(PATH).reply(200, wireFlow(over));

    expect(await anEdgeRig().backend.read(ID, live)).toMatchObject(flow);
  });

  test('bytes that are not UTF-8 are a fault; a byte order mark is none', async () => {
    givesToken();
    const bytes = Buffer.from(JSON.stringify(wireFlow({ name: 'XX' })));
    const broken = Buffer.from(bytes);
    broken[broken.indexOf('XX')] = 0xff;
    nock(HOST).get(PATH).reply(200, broken, { 'Content-Type': 'application/json' });
    nock(HOST)
      .get(PATH)
      .reply(200, Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]));
    const { backend } = anEdgeRig();

    expect((await failureOf(backend.read(ID, live))).message).toContain('not UTF-8');
    expect((await backend.read(ID, live)).name).toBe('XX');
  });

  test('an answer over the limit is api.too-large', async () => {
    givesToken();
    nock(HOST).get(PATH).reply(200, ' '.repeat(1001));

    const { backend } = anEdgeRig({ maxAnswerBytes: 1000 });

    expect((await failureOf(backend.read(ID, live))).code).toBe('api.too-large');
  });

  test('is repeated on 5xx and 429, each attempt admitted', async () => {
    givesToken();
    nock(HOST).get(PATH).reply(502);
    nock(HOST).get(PATH).reply(429, '', { 'Retry-After': '2' });
    nock(HOST).get(PATH).reply(200, wireFlow());
    const { backend, gate, clock } = anEdgeRig();

    await backend.read(ID, live);

    expect(gate).toEqual(['read', 'read', 'read', 'stall 2000', 'read']);
    expect(clock.waits).toEqual([250, 2000]);
  });

  test('quotes 200 characters at most, without secrets and control characters', async () => {
    givesToken();
    const body = `\u001b[31m${TOKEN} ${CLIENT_SECRET} ${'x'.repeat(5000)}`;
    nock(HOST).get(PATH).reply(400, body);

    const error = await failureOf(anEdgeRig().backend.read(ID, live));

    const { body: quoted } = error.details as { body: string };
    expect(quoted).toHaveLength(200);
    expect(quoted).toMatch(/^\[31m\[redacted\] \[redacted\] x+$/);
    expect(inspect(error)).not.toMatch(/\\u001b|\\x1B|token-value/);
  });
});

describe('paths', () => {
  test('may be others, under a base that has a path', async () => {
    nock('http://gw.example')
      .post('/genesys/auth')
      .reply(200, { access_token: TOKEN, expires_in: 60 });
    nock('http://gw.example').get(`/genesys/v9/flow/${ID}/settings`).reply(200, wireFlow());

    const { backend } = anEdgeRig({
      environment: 'http://gw.example/genesys/',
      paths: { token: 'auth', flow: '/v9/flow/{flowId}/settings' },
    });

    expect((await backend.read(ID, live)).id).toBe(ID);
  });

  test.each(['.', '..'])('the id "%s" is never sent as a path', async (id) => {
    expect((await failureOf(anEdgeRig().backend.read(id, live))).code).toBe('api.refused');
  });

  test('an odd id is encoded', async () => {
    givesToken();
    nock(HOST)
      .get('/api/v2/architect/flows/a%2Fb%3Fc')
      .reply(200, wireFlow({ id: 'a/b?c' }));

    expect((await anEdgeRig().backend.read('a/b?c', live)).id).toBe('a/b?c');
  });
});
