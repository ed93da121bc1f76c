import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { OpenRequest } from '../../../src/simulator/request-log.ts';
import { WriteWatch } from '../../../src/simulator/write-watch.ts';
import { CLIENT, Caller, ManualTime, ORG, Simulators, anOrg, flowId, until } from './support.ts';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

const settle = async (): Promise<void> => {
  for (let turns = 0; turns < 5; turns += 1) await turn();
};

/** A simulator whose latency has to be let pass by hand, and a caller that is logged in. */
async function serveSlowly(latencyMs = 10) {
  const time = new ManualTime();
  const simulator = await simulators.start({ ...time.options, latencyMs });
  const login = new Caller(simulator.url).logIn();
  await until(() => time.pending === 1);
  time.advance(latencyMs);
  return { time, simulator, api: await login };
}

describe('the watch over writes', () => {
  test('tells of two PATCHes of one flow at once', async () => {
    const { time, simulator, api } = await serveSlowly();
    const both = [api.patch(1, 4, {}), api.patch(1, 4, {}), api.patch(2, 4, {})];
    await until(() => time.pending === 3);
    time.advance(10);
    const statuses = (await Promise.all(both)).map(({ status }) => status);
    await settle();
    expect(statuses.toSorted()).toEqual([200, 200, 409]);
    const [one, two] = simulator.requests.list({ flowId: flowId(1) });
    expect(simulator.violations()).toEqual([
      {
        kind: 'overlapping-patches',
        orgId: ORG,
        flowId: flowId(1),
        earlier: one?.sequence,
        later: two?.sequence,
      },
    ]);
  });

  test('is quiet when one follows the other', async () => {
    const { simulator, api } = await simulators.serve();
    for (const version of [4, 5, 6]) await api.patch(1, version, {});
    await api.reload();
    await api.patch(1, 7, {});
    await api.reload();
    await settle();
    expect(simulator.violations()).toEqual([]);
  });

  test('is quiet when the first client had given up', async () => {
    const { simulator, api } = await simulators.serve({
      faults: [{ method: 'PATCH', times: 1, kind: 'hang' }],
    });
    const giveUp = new AbortController();
    const first = api.patch(1, 4, {}, { signal: giveUp.signal }).catch(() => undefined);
    await until(() => simulator.requests.list({ method: 'PATCH' })[0]?.faultId !== undefined);
    giveUp.abort();
    await first;
    expect((await api.patch(1, 4, {})).status).toBe(200);
    await settle();
    expect(simulator.violations()).toEqual([]);
  });

  test('is quiet when the news of that came after the second request', async () => {
    const patch = { orgId: ORG, flowId: flowId(1), method: 'PATCH', ending: 'open' };
    const [first, second] = [{ ...patch }, { ...patch }] as unknown as [OpenRequest, OpenRequest];
    const watch = new WriteWatch();
    watch.arrived(first);
    watch.arrived(second);
    first.ending = 'client-gone';
    await settle();
    expect(watch.violations).toEqual([]);
  });

  test('tells of a reload before a PATCH has ended, and of two reloads at once', async () => {
    const { time, simulator, api } = await serveSlowly();
    const patch = api.patch(1, 4, {});
    await until(() => time.pending === 1);
    const reloads = [api.reload(), api.reload()];
    await until(() => time.pending === 3);
    time.advance(10);
    await Promise.all([patch, ...reloads]);
    await settle();
    expect(
      simulator
        .violations()
        .map(({ kind }) => kind)
        .toSorted(),
    ).toEqual(['overlapping-reloads', 'reload-during-patch', 'reload-during-patch']);
  });
});

describe('the log of requests', () => {
  test('tells each with its start, its end and what it wrote', async () => {
    const time = new ManualTime();
    const { simulator, api } = await simulators.serve({ now: time.now });
    await api.list('?pageSize=5&name=a');
    await api.patch(1, 4, { routing: {} });
    await api.reload();
    const [token, list, patch, reload] = simulator.requests.list();
    expect(token).toMatchObject({ method: 'POST', route: '/api/v2/oauth/token', body: undefined });
    expect(list).toMatchObject({
      query: { pageSize: '5', name: 'a' },
      status: 200,
      ending: 'answered',
    });
    expect(patch).toMatchObject({
      method: 'PATCH',
      path: `/api/v2/architect/flows/${flowId(1)}`,
      route: '/api/v2/architect/flows/{flowId}',
      orgId: ORG,
      clientId: CLIENT.id,
      flowId: flowId(1),
      body: { orgId: ORG, flowId: flowId(1), settings: { routing: {} }, version: 4 },
      startedAt: time.nowMs,
      endedAt: time.nowMs,
    });
    expect(reload?.body).toEqual({ orgId: ORG });
    const order = [patch?.sequence, patch?.appliedSequence, patch?.endSequence, reload?.sequence];
    expect(order).toEqual(order.toSorted((a, b) => a! - b!));
    expect(new Set(order).size).toBe(4);
    expect(simulator.requests.list({ after: patch!.sequence })).toEqual([reload]);
    expect(simulator.requests.list({ orgId: 'other' })).toEqual([]);
  });

  test('keeps so many, and counts all', async () => {
    const { simulator, api } = await simulators.serve({ requestLogLimit: 2 });
    for (let n = 0; n < 6; n += 1) await api.flow(n);
    await api.ask('/nowhere');
    expect(simulator.requests.list().map(({ route }) => route)).toEqual([
      '/api/v2/architect/flows/{flowId}',
      'unknown',
    ]);
    expect(simulator.stats()).toEqual({
      total: 8,
      byRoute: {
        'POST /api/v2/oauth/token': 1,
        'GET /api/v2/architect/flows/{flowId}': 6,
        'GET unknown': 1,
      },
      byStatus: { '200': 4, '404': 4 },
      inFlight: 0,
      maxInFlight: 1,
    });
    simulator.requests.clear();
    expect(simulator.stats()).toMatchObject({ total: 0, byRoute: {}, maxInFlight: 0 });
    expect(simulator.requests.list()).toEqual([]);
  });

  test('knows how many were in flight at once', async () => {
    const { time, simulator, api } = await serveSlowly();
    const calls = [api.list(), api.list(), api.list()];
    await until(() => time.pending === 3);
    expect(simulator.stats().inFlight).toBe(3);
    time.advance(10);
    await Promise.all(calls);
    expect(simulator.stats()).toMatchObject({ inFlight: 0, maxInFlight: 3 });
  });
});

describe('latency', () => {
  test('is waited by the timer, before the request is handled', async () => {
    const { time, simulator, api } = await serveSlowly(200);
    const call = api.patch(1, 4, {});
    await until(() => time.pending === 1);
    time.advance(199);
    expect(simulator.org().flow(flowId(1)).version).toBe(3);
    time.advance(1);
    expect((await call).status).toBe(200);
  });

  test('between two bounds is the same row for the same seed', async () => {
    const waits = async (seed: number): Promise<number[]> => {
      const seen: number[] = [];
      const setTimer = (run: () => void, ms: number): (() => void) => {
        seen.push(ms);
        run();
        return () => undefined;
      };
      const options = { latencyMs: { minMs: 5, maxMs: 9 }, seed, setTimer, orgs: [anOrg(1)] };
      const { api } = await simulators.serve(options);
      for (let n = 0; n < 30; n += 1) await api.list();
      return seen;
    };
    const [one, again, other] = [await waits(1), await waits(1), await waits(2)];
    expect(one).toEqual(again);
    expect(one).not.toEqual(other);
    expect([Math.min(...one), Math.max(...one)]).toEqual([5, 9]);
  });
});
