import { describe, expect, test } from '@jest/globals';
import { aScriptedRig, failureOf } from '../../../support/backend-rig.ts';
import type { ScriptedRig } from '../../../support/backend-rig.ts';
import type { FakeAnswer } from '../../../support/fakes/fake-http-client.ts';
import { aFlowId, aLiveFlow, someSettings } from '../../../support/builders.ts';

const ID = aFlowId(1);
const FLOW = { body: { id: ID, name: 'Flow', version: 1, settings: someSettings() } };
const live = new AbortController().signal;

const tokensSent = (rig: ScriptedRig): number =>
  rig.requests.filter(({ url }) => url.endsWith('/token')).length;

const bearers = (rig: ScriptedRig): (string | undefined)[] =>
  rig.requests
    .filter(({ url }) => !url.endsWith('/token'))
    .map(({ headers }) => headers['authorization']);

const lasting = (seconds: number) => (nth: number) => ({
  body: { access_token: `token-${String(nth)}`, expires_in: seconds },
});

describe('a token', () => {
  test.each([
    { life: 3600, after: 3_569_999, asked: 1 },
    { life: 3600, after: 3_570_000, asked: 2 },
    { life: 60, after: 29_999, asked: 1 },
    { life: 60, after: 30_000, asked: 2 },
    { life: 10, after: 4_999, asked: 1 },
    { life: 10, after: 5_000, asked: 2 },
  ])('of $life s, $after ms old: got $asked times', async ({ life, after, asked }) => {
    const rig = aScriptedRig(() => FLOW, {}, lasting(life));

    await rig.backend.read(ID, live);
    rig.clock.advance(after);
    await rig.backend.read(ID, live);

    expect(tokensSent(rig)).toBe(asked);
  });

  test('is got once for callers that come together', async () => {
    const rig = aScriptedRig(() => FLOW);

    await Promise.all(Array.from({ length: 20 }, () => rig.backend.read(ID, live)));

    expect(tokensSent(rig)).toBe(1);
  });

  test('that fails fails all who waited, and is got anew for the next', async () => {
    const rig = aScriptedRig(
      () => FLOW,
      {},
      (nth) => (nth === 1 ? { status: 401, body: { error: 'no' } } : lasting(60)(nth)),
    );

    const ends = await Promise.allSettled([rig.backend.read(ID, live), rig.backend.read(ID, live)]);

    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect((await rig.backend.read(ID, live)).id).toBe(ID);
    expect(tokensSent(rig)).toBe(2);
  });

  test('refused to many at once is renewed once', async () => {
    const rig = aScriptedRig((_call, { headers }) =>
      headers['authorization'] === 'Bearer token-1' ? { status: 401 } : FLOW,
    );

    await Promise.all(Array.from({ length: 10 }, () => rig.backend.read(ID, live)));

    expect(tokensSent(rig)).toBe(2);
    expect(bearers(rig).filter((bearer) => bearer === 'Bearer token-2')).toHaveLength(10);
  });

  test('refused to one while another has renewed it is not renewed again', async () => {
    const late = Promise.withResolvers<FakeAnswer>();
    const rig = aScriptedRig((_call, { headers }, nth) => {
      if (headers['authorization'] !== 'Bearer token-1') return FLOW;
      return nth === 0 ? late.promise : { status: 401 };
    });

    const first = rig.backend.read(ID, live);
    await new Promise((resolve) => setImmediate(resolve));
    await rig.backend.read(ID, live);
    late.resolve({ status: 401 });
    await first;

    expect(tokensSent(rig)).toBe(2);
  });

  test('a second 401 ends the call; nothing is asked a third time', async () => {
    const rig = aScriptedRig(() => ({ status: 401, body: { message: 'no' } }));

    const error = await failureOf(rig.backend.write(aLiveFlow(), {}, live));

    expect(error.code).toBe('api.unauthorized');
    expect(rig.sent()).toHaveLength(2);
  });
});

describe('cancelling while a token is got', () => {
  const reason = new Error('stop');

  test('one caller leaves, the others get it', async () => {
    const coming = Promise.withResolvers<FakeAnswer>();
    const rig = aScriptedRig(
      () => FLOW,
      {},
      () => coming.promise,
    );
    const abort = new AbortController();

    const leaver = rig.backend.read(ID, abort.signal);
    const stayer = rig.backend.read(ID, live);
    abort.abort(reason);
    await expect(leaver).rejects.toBe(reason);
    coming.resolve(lasting(60)(1));

    expect((await stayer).id).toBe(ID);
    expect(tokensSent(rig)).toBe(1);
  });

  test('the last caller leaves: it is cancelled, and the next gets another', async () => {
    const rig = aScriptedRig(
      () => FLOW,
      {},
      (nth) => (nth === 1 ? new Promise<never>(() => undefined) : lasting(60)(nth)),
    );
    const abort = new AbortController();

    const leaver = rig.backend.read(ID, abort.signal);
    abort.abort(reason);
    await expect(leaver).rejects.toBe(reason);

    expect((await rig.backend.read(ID, live)).id).toBe(ID);
    expect(bearers(rig)).toEqual(['Bearer token-2']);
  });
});

test('neither token nor secret is ever logged', async () => {
  const rig = aScriptedRig(
    (_call, _request, nth) => (nth === 0 ? { status: 401 } : FLOW),
    {},
    lasting(60),
  );

  await rig.backend.read(ID, live);

  expect(rig.logged.length).toBeGreaterThan(0);
  expect(rig.logged.join()).not.toMatch(/token-\d|client-secret/);
});
