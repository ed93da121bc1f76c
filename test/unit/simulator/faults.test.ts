import { afterEach, describe, expect, test } from '@jest/globals';
import type { Fault } from '../../../src/simulator/fault.ts';
import { CLIENT, Caller, OTHER_ORG, Simulators, flowId } from './support.ts';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

const FLOWS = '/api/v2/architect/flows';
const FLOW = '/api/v2/architect/flows/{flowId}';
const serve = (...faults: readonly Fault[]) => simulators.serve({ faults });

describe('which requests meet a fault', () => {
  test.each<{ name: string; match: object; hits: readonly string[] }>([
    { name: 'all', match: {}, hits: ['list', 'one', 'two', 'queues', 'reload', 'patch'] },
    { name: 'a method', match: { method: 'GET' }, hits: ['list', 'one', 'two', 'queues'] },
    { name: 'an exact path', match: { path: FLOWS }, hits: ['list'] },
    { name: 'a prefix', match: { path: `${FLOWS}/*` }, hits: ['one', 'two', 'reload', 'patch'] },
    { name: 'a template', match: { path: FLOW }, hits: ['one', 'two', 'patch'] },
    {
      name: 'a template with another name',
      match: { path: `${FLOWS}/{id}` },
      hits: ['one', 'two', 'patch'],
    },
    { name: 'a flow', match: { flowId: flowId(1) }, hits: ['one', 'patch'] },
    { name: 'a flow and a method', match: { flowId: flowId(1), method: 'PATCH' }, hits: ['patch'] },
    { name: 'another client', match: { clientId: 'client-2' }, hits: [] },
    { name: 'the client', match: { clientId: CLIENT.id, method: 'POST' }, hits: ['reload'] },
    { name: 'another org', match: { orgId: OTHER_ORG }, hits: [] },
    { name: 'nth', match: { nth: 2 }, hits: ['one'] },
    { name: 'from', match: { from: 5 }, hits: ['reload', 'patch'] },
    { name: 'to', match: { to: 2 }, hits: ['list', 'one'] },
    { name: 'from and to', match: { from: 2, to: 3 }, hits: ['one', 'two'] },
    { name: 'times', match: { times: 1 }, hits: ['list'] },
    { name: 'from and times', match: { from: 3, times: 2 }, hits: ['two', 'queues'] },
    { name: 'nth of a method', match: { method: 'GET', nth: 4 }, hits: ['queues'] },
  ])('$name -> $hits', async ({ match, hits }) => {
    const { simulator, api } = await serve();
    const id = simulator.faults.add({ ...match, kind: 'status', status: 599 });
    const calls = {
      list: () => api.list(),
      one: () => api.flow(1),
      two: () => api.flow(2),
      queues: () => api.ask('/api/v2/routing/queues'),
      reload: () => api.reload(),
      patch: () => api.patch(1, 4, {}),
    };
    const hit: string[] = [];
    for (const [name, call] of Object.entries(calls)) {
      if ((await call()).status === 599) hit.push(name);
    }
    expect(hit).toEqual(hits);
    expect(simulator.faults.get(id).hits).toBe(hits.length);
  });

  test('token requests count as those of the client that they name', async () => {
    const { simulator } = await serve();
    simulator.faults.add({ clientId: CLIENT.id, kind: 'status', status: 503 });
    const login = new Caller(simulator.url).ask('/api/v2/oauth/token', {
      method: 'POST',
      json: { grant_type: 'client_credentials', client_id: CLIENT.id, client_secret: 'x' },
    });
    expect((await login).status).toBe(503);
  });

  test('one request meets the first fault that is due, and counts with all that it matches', async () => {
    const { simulator, api } = await serve();
    simulator.faults.addAll([
      { id: 'a', nth: 1, kind: 'status', status: 501 },
      { id: 'b', nth: 2, kind: 'status', status: 502 },
    ]);
    const statuses = [await api.list(), await api.list(), await api.list()].map((a) => a.status);
    expect(statuses).toEqual([501, 502, 200]);
    expect(simulator.faults.list()).toMatchObject([
      { id: 'a', seen: 3, hits: 1 },
      { id: 'b', seen: 3, hits: 1 },
    ]);
    expect(simulator.requests.list({ method: 'GET' }).map(({ faultId }) => faultId)).toEqual([
      'a',
      'b',
      undefined,
    ]);
  });

  test('a fault that is removed is no more', async () => {
    const { simulator, api } = await serve();
    const id = simulator.faults.add({ kind: 'status', status: 500 });
    expect((await api.list()).status).toBe(500);
    expect(simulator.faults.remove(id)).toBe(true);
    expect(simulator.faults.remove(id)).toBe(false);
    expect((await api.list()).status).toBe(200);
  });

  test.each<{ name: string; fault: object; says: string }>([
    { name: 'no kind', fault: {}, says: 'kind must be one of' },
    { name: 'an unknown kind', fault: { kind: 'explode' }, says: 'kind must be one of' },
    { name: 'a field of another kind', fault: { kind: 'reset', status: 500 }, says: '"status"' },
    { name: 'no status', fault: { kind: 'status' }, says: 'status is missing' },
    { name: 'a status below 200', fault: { kind: 'status', status: 199 }, says: 'status' },
    {
      name: 'a header with a line break',
      fault: { kind: 'status', status: 500, headers: { a: 'x\n' } },
      says: 'headers',
    },
    { name: 'nth 0', fault: { kind: 'reset', nth: 0 }, says: 'nth' },
    { name: 'nth and from', fault: { kind: 'reset', nth: 1, from: 1 }, says: 'both nth' },
    { name: 'from above to', fault: { kind: 'reset', from: 2, to: 1 }, says: 'above' },
    { name: 'a template of no route', fault: { kind: 'reset', path: '/x/{id}' }, says: 'no route' },
    { name: 'a taken id', fault: { kind: 'reset', id: 'taken' }, says: 'taken' },
    {
      name: 'a path that is no pointer',
      fault: { kind: 'store-differently', pointer: 'x' },
      says: 'JSON pointer',
    },
    { name: 'no delay', fault: { kind: 'slow' }, says: 'delayMs is missing' },
  ])('with $name it is refused', async ({ fault, says }) => {
    const { simulator } = await serve({ id: 'taken', kind: 'reset', flowId: flowId(9) });
    expect(() => simulator.faults.addAll([{ kind: 'hang' }, fault])).toThrow(says);
    expect(simulator.faults.list()).toHaveLength(1);
  });
});
