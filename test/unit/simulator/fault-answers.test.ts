import { afterEach, describe, expect, test } from '@jest/globals';
import type { Fault } from '../../../src/simulator/fault.ts';
import { ManualTime, Simulators, anOrg, flowId, namesOf, until } from './support.ts';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

const FLOWS = '/api/v2/architect/flows';
const PATCHES = { method: 'PATCH', path: '/api/v2/architect/flows/{flowId}' };
const serve = (...faults: readonly Fault[]) => simulators.serve({ faults });
const failed = (call: Promise<unknown>): Promise<boolean> =>
  call.then(
    () => false,
    () => true,
  );

describe('a fault in the place of the answer', () => {
  test('status: with an error body of the contract, and nothing is applied', async () => {
    const { simulator, api } = await serve({
      ...PATCHES,
      kind: 'status',
      status: 503,
      retryAfter: 7,
    });
    const answer = await api.patch(1, 4, {});
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('7');
    expect(answer.json).toMatchObject({
      code: 'simulated.503',
      status: 503,
      contextId: answer.headers.get('inin-correlation-id'),
    });
    expect(simulator.org().flow(flowId(1)).version).toBe(3);
  });

  test('status: with a body and headers of its own', async () => {
    const { api } = await serve({
      path: FLOWS,
      kind: 'status',
      status: 400,
      body: { a: 1 },
      headers: { 'X-A': 'b' },
    });
    const answer = await api.list();
    expect([answer.status, answer.text, answer.headers.get('x-a')]).toEqual([400, '{"a":1}', 'b']);
  });

  test('reset: the connection breaks, and nothing is applied', async () => {
    const { simulator, api } = await serve({ ...PATCHES, times: 1, kind: 'reset' });
    expect(await failed(api.patch(1, 4, {}))).toBe(true);
    expect(simulator.org().flow(flowId(1)).version).toBe(3);
    expect(simulator.requests.list({ method: 'PATCH' })).toMatchObject([
      { ending: 'reset', status: undefined, appliedSequence: undefined },
    ]);
    expect((await api.patch(1, 4, {})).status).toBe(200);
  });

  test('hang: no answer until the client gives up, and nothing is applied', async () => {
    const { simulator, api } = await serve({ ...PATCHES, kind: 'hang' });
    const giveUp = new AbortController();
    const call = failed(api.patch(1, 4, {}, { signal: giveUp.signal }));
    const logged = () => simulator.requests.list({ method: 'PATCH' })[0];
    await until(() => logged()?.faultId !== undefined);
    expect(logged()?.ending).toBe('open');
    giveUp.abort();
    expect(await call).toBe(true);
    await until(() => logged()?.ending === 'client-gone');
    expect(simulator.org().flow(flowId(1)).version).toBe(3);
  });

  test('garbage: a page of HTML with status 200', async () => {
    const { api } = await serve({ path: FLOWS, kind: 'garbage' });
    const answer = await api.list();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(answer.text).toContain('<html>');
  });
});

describe('a fault after the request was handled', () => {
  test('apply-then-reset: it is applied, and the connection breaks', async () => {
    const { simulator, api } = await serve({ ...PATCHES, kind: 'apply-then-reset' });
    expect(await failed(api.patch(1, 4, {}))).toBe(true);
    expect(simulator.org().flow(flowId(1)).version).toBe(4);
  });

  test('apply-then-hang: it is applied, and there is no answer', async () => {
    const { simulator, api } = await serve({ ...PATCHES, kind: 'apply-then-hang' });
    const giveUp = new AbortController();
    const call = failed(api.patch(1, 4, {}, { signal: giveUp.signal }));
    await until(() => simulator.org().flow(flowId(1)).version === 4);
    giveUp.abort();
    expect(await call).toBe(true);
  });

  test('apply-then-status: it is applied, and the answer says something else', async () => {
    const { simulator, api } = await serve({ ...PATCHES, kind: 'apply-then-status', status: 502 });
    expect((await api.patch(1, 4, {})).status).toBe(502);
    expect(simulator.org().flow(flowId(1)).version).toBe(4);
    expect((await api.patch(1, 4, {})).status).toBe(502); // and hides the 409
    expect(simulator.org().flow(flowId(1)).version).toBe(4);
  });

  test('cut-body: the answer ends before its announced length', async () => {
    const { simulator, api } = await serve({ path: FLOWS, kind: 'cut-body' });
    const response = await fetch(simulator.url + FLOWS, {
      headers: { authorization: `Bearer ${api.token}` },
    });
    expect(response.status).toBe(200);
    expect(Number(response.headers.get('content-length'))).toBeGreaterThan(100);
    expect(await failed(response.text())).toBe(true);
  });

  test('huge-body: JSON of exactly so many bytes', async () => {
    const sizeBytes = 3_000_000;
    const { api } = await serve({ path: FLOWS, kind: 'huge-body', sizeBytes });
    const answer = await api.list();
    expect(answer.text).toHaveLength(sizeBytes);
    expect(answer.json).toBeDefined();
  });

  test('huge-body: stops when the client has had enough', async () => {
    const { simulator, api } = await serve({ path: FLOWS, kind: 'huge-body' });
    const giveUp = new AbortController();
    const response = await fetch(simulator.url + FLOWS, {
      headers: { authorization: `Bearer ${api.token}` },
      signal: giveUp.signal,
    });
    expect(response.status).toBe(200);
    giveUp.abort();
    await until(() => simulator.requests.list({ method: 'GET' })[0]?.ending === 'client-gone');
  });

  test('wrong-shape: JSON that is none of the contract, or the given one', async () => {
    const { api } = await serve(
      { path: FLOWS, times: 1, kind: 'wrong-shape' },
      { path: FLOWS, kind: 'wrong-shape', body: { entities: {} } },
    );
    expect('entities' in (await api.list()).json).toBe(false);
    expect((await api.list()).json).toEqual({ entities: {} });
  });

  test('slow-body: the answer is whole in the end', async () => {
    const { api } = await serve({ path: FLOWS, kind: 'slow-body', chunkBytes: 7, delayMs: 0 });
    expect(namesOf(await api.list())).toHaveLength(3);
  });

  test('slow-body: drips by the timer', async () => {
    const time = new ManualTime();
    const faults: Fault[] = [{ path: FLOWS, kind: 'slow-body', chunkBytes: 150 }];
    const { simulator, api } = await simulators.serve({
      ...time.options,
      faults,
      orgs: [anOrg(1)],
    });
    const call = api.list();
    const ending = () => simulator.requests.list({ method: 'GET' })[0]?.ending;
    for (let drops = 0; ending() !== 'answered'; drops += 1) {
      expect(drops).toBeLessThan(10);
      await until(() => time.pending === 1);
      time.advance(50);
      await until(() => time.pending === 1 || ending() === 'answered');
    }
    expect(namesOf(await call)).toEqual(['Flow 1']);
    expect(time.nowMs - new ManualTime().nowMs).toBe(100); // two drops of at most 150 bytes
  });
});

describe('a slow request', () => {
  test.each([
    { applies: undefined, early: 3 },
    { applies: 'after-delay', early: 3 },
    { applies: 'before-delay', early: 4 },
  ] as const)(
    'applies $applies: version $early while it is delayed',
    async ({ applies, early }) => {
      const time = new ManualTime();
      const fault: Fault = {
        ...PATCHES,
        kind: 'slow',
        delayMs: 900,
        ...(applies ? { applies } : {}),
      };
      const { simulator, api } = await simulators.serve({ ...time.options, faults: [fault] });
      const call = api.patch(1, 4, {});
      await until(() => time.pending === 1);
      expect(simulator.org().flow(flowId(1)).version).toBe(early);
      time.advance(899);
      expect(time.pending).toBe(1);
      time.advance(1);
      expect((await call).status).toBe(200);
      expect(simulator.org().flow(flowId(1)).version).toBe(4);
    },
  );

  test('lands even after its client has given up', async () => {
    const time = new ManualTime();
    const faults: Fault[] = [{ ...PATCHES, kind: 'slow', delayMs: 900 }];
    const { simulator, api } = await simulators.serve({ ...time.options, faults });
    const giveUp = new AbortController();
    const call = failed(api.patch(1, 4, {}, { signal: giveUp.signal }));
    await until(() => time.pending === 1);
    giveUp.abort();
    await call;
    await until(() => simulator.requests.list({ method: 'PATCH' })[0]?.ending === 'client-gone');
    time.advance(900);
    await until(() => simulator.org().flow(flowId(1)).version === 4);
    const [entry] = simulator.requests.list({ method: 'PATCH' });
    expect(entry!.appliedSequence!).toBeGreaterThan(entry!.endSequence!);
  });
});
