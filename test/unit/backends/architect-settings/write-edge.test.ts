import { describe, expect, test } from '@jest/globals';
import nock from 'nock';
import { failureOf, HOST } from '../../../support/backend-rig.ts';
import { aFlowId, aLiveFlow, ORG_ID, someSettings } from '../../../support/builders.ts';
import {
  anEdgeRig,
  givesToken,
  guardTheNetwork,
  ID,
  PATH,
  wireFlow,
} from '../../../support/nock-edge.ts';
import type { StatusCase } from '../../../support/nock-edge.ts';

const BASE = aLiveFlow({ id: ID, version: 7 });
const live = new AbortController().signal;

guardTheNetwork();

test('every request has the priority of its view; a token is people’s, since nobody can go on without', async () => {
  givesToken();
  nock(HOST).get(PATH).times(3).reply(200, wireFlow());
  const { backend, priorities } = anEdgeRig();
  const people = backend.withPriority('people');
  await backend.read(ID, live);
  await people.read(ID, live);
  await people.withPriority('routine').read(ID, live);
  expect(priorities.map((priority) => priority ?? 'people')).toEqual([
    'people',
    'routine',
    'people',
    'routine',
  ]);
});

describe('the answer to a write', () => {
  const missing = {
    message: 'Unable to perform the requested action. You are missing permissions.',
    code: 'missing.permissions',
    details: [{ errorCode: 'x', fieldName: 'architect:flow:edit' }],
  };
  test.each<StatusCase>([
    {
      status: 400,
      body: { message: 'maxWaitTime is too long', code: 'bad.request', contextId: 'c-4' },
      code: 'api.refused',
      details: { body: 'maxWaitTime is too long', code: 'bad.request', correlationId: 'c-4' },
      message: /refused \(bad\.request\): "maxWaitTime is too long" \(correlation id c-4\)/,
    },
    { status: 422, body: 'no', code: 'api.refused', details: { body: 'no' } },
    { status: 405, code: 'api.refused' },
    { status: 413, code: 'api.refused' },
    {
      status: 403,
      body: missing,
      code: 'api.forbidden',
      details: { permission: 'architect:flow:edit' },
      message: /architect:flow:edit is missing/,
    },
    { status: 403, body: 'no', code: 'api.forbidden' },
    { status: 404, code: 'api.not-found' },
    { status: 410, code: 'api.not-found' },
    {
      status: 409,
      body: { message: 'version conflict' },
      headers: { 'ININ-Correlation-Id': 'c-9' },
      code: 'api.conflict',
      details: { flowId: ID, status: 409, correlationId: 'c-9' },
    },
    {
      status: 429,
      headers: { 'Retry-After': '42' },
      code: 'api.rate-limited',
      details: { retryAfterMs: 42_000 },
    },
    { status: 429, code: 'api.rate-limited' },
    { status: 500, body: 'oops', code: 'api.server-error', details: { body: 'oops' } },
    { status: 502, body: '<html>bad gateway</html>', code: 'api.server-error' },
    {
      status: 503,
      headers: { 'Retry-After': '9' },
      code: 'api.server-error',
      details: { retryAfterMs: 9000 },
    },
    { status: 408, code: 'api.server-error' },
    { status: 425, code: 'api.server-error' },
    { status: 200, body: '<html>login</html>', code: 'api.bad-answer', message: /HTML/ },
    { status: 200, body: '{"id": "a', code: 'api.bad-answer', message: /not JSON, or cut/ },
    { status: 200, body: 'null', code: 'api.bad-answer', message: /\/ must be object/ },
    { status: 200, body: { ok: true }, code: 'api.bad-answer' },
    {
      status: 200,
      body: wireFlow({ id: aFlowId(2) }),
      code: 'api.bad-answer',
      message: /another flow/,
    },
    {
      status: 200,
      body: wireFlow({ version: '8' }),
      code: 'api.bad-answer',
      message: /\/version must be integer/,
    },
    {
      status: 302,
      headers: { Location: 'http://login.example/?next=secret' },
      code: 'api.bad-answer',
      message: /a redirect to http:\/\/login\.example\/\?next, which is not followed/,
    },
    { status: 304, code: 'api.bad-answer' },
  ])('$status $body $headers: $code, sent once', async ({ status, body, headers, ...expected }) => {
    givesToken();
    nock(HOST)
      .patch(PATH)
      .reply(status, body ?? '', headers);
    const { backend, clock } = anEdgeRig();

    const error = await failureOf(backend.write(BASE, { routing: {} }, live));

    expect(error.code).toBe(expected.code);
    expect(error.details).toMatchObject({ method: 'PATCH', url: `${HOST}${PATH}`, status });
    expect(error.details).toMatchObject(expected.details ?? {});
    expect(error.message).toMatch(expected.message ?? /PATCH/);
    expect(error.message).toContain(`PATCH ${HOST}${PATH} answered ${String(status)}`);
    expect(clock.waits).toEqual([]);
  });

  test('the body is what the contract asks for: version read plus one, only the named blocks', async () => {
    givesToken();
    nock(HOST, { reqheaders: { 'content-type': 'application/json' } })
      .patch(PATH, {
        orgId: ORG_ID,
        flowId: ID,
        settings: { routing: { type: 'x' } },
        version: 8,
      })
      .reply(200, wireFlow({ modifiedBy: null, modifiedDate: '2026-03-01T00:00:00Z' }));
    const { backend, gate } = anEdgeRig();

    const written = await backend.write(BASE, { routing: { type: 'x' } }, live);

    expect(written).toEqual({
      id: ID,
      name: 'Flow',
      version: 8,
      settings: someSettings(),
      modifiedAt: '2026-03-01T00:00:00Z',
    });
    expect(gate).toEqual(['read', 'write']);
  });

  test.each([
    { status: 200, body: '', stored: undefined },
    { status: 204, body: '', stored: undefined },
    { status: 202, body: wireFlow(), stored: someSettings() },
    { status: 200, body: wireFlow({ settings: null }), stored: {} },
    { status: 200, body: wireFlow({ settings: undefined }), stored: undefined },
  ])('$status $body is taken', async ({ status, body, stored }) => {
    givesToken();
    nock(HOST).patch(PATH).reply(status, body);

    const written = await anEdgeRig().backend.write(BASE, {}, live);

    expect(written?.settings).toEqual(stored);
    expect(written === undefined).toBe(body === '');
  });

  test('a broken connection is not repeated', async () => {
    givesToken();
    nock(HOST)
      .patch(PATH)
      .replyWithError(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));

    const error = await failureOf(anEdgeRig().backend.write(BASE, {}, live));

    expect(['api.reset', 'api.unreachable']).toContain(error.code);
  });

  test.each([
    { header: undefined, stallMs: 5000 },
    { header: '0', stallMs: 0 },
    { header: '42', stallMs: 42_000 },
    { header: '-42', stallMs: 5000 },
    { header: '3600', stallMs: 120_000 },
    { header: '99999999', stallMs: 5000 },
    { header: 'Sun, 01 Mar 2026 12:00:20 GMT', stallMs: 20_000 },
  ])('429 with Retry-After $header silences the client for $stallMs ms', async (row) => {
    givesToken();
    nock(HOST)
      .patch(PATH)
      .reply(429, '', row.header === undefined ? {} : { 'Retry-After': row.header });
    const { backend, gate } = anEdgeRig();

    await failureOf(backend.write(BASE, {}, live));

    expect(gate).toEqual(['read', 'write', `stall ${String(row.stallMs)}`]);
  });
});

describe('a reload', () => {
  test.each([200, 202, 204])('%i is done, whatever the body is but a web page', async (status) => {
    givesToken();
    nock(HOST)
      .post('/api/v2/architect/flows/reload', { orgId: ORG_ID })
      .reply(status, status === 204 ? '' : '<accepted/>');

    await expect(anEdgeRig().backend.reload(live)).resolves.toBeUndefined();
  });

  test.each([
    '<!doctype html><title>Please wait</title>',
    '\n<HTML lang="en"><body>Sign in</body></HTML>',
  ])('that a web page answers was never made: %j', async (page) => {
    givesToken();
    nock(HOST).post('/api/v2/architect/flows/reload').reply(200, page);

    expect((await failureOf(anEdgeRig().backend.reload(live))).code).toBe('api.bad-answer');
  });

  test.each([
    { status: 403, code: 'api.forbidden' },
    { status: 409, code: 'api.refused' },
    { status: 429, code: 'api.rate-limited' },
    { status: 500, code: 'api.server-error' },
  ])('$status is $code, sent once', async ({ status, code }) => {
    givesToken();
    nock(HOST).post('/api/v2/architect/flows/reload').reply(status, '');

    expect((await failureOf(anEdgeRig().backend.reload(live))).code).toBe(code);
  });
});

test('what was read with lost digits is not written', async () => {
  const { backend } = anEdgeRig();

  const error = await failureOf(
    backend.write(BASE, { routing: { list: [1, 9007199254740992] } }, live),
  );

  expect(error.code).toBe('api.refused');
  expect(error.message).toContain('settings/routing/list/1');
});
