import { afterEach, describe, expect, test } from '@jest/globals';
import { CLIENT, OTHER_ORG, Simulators, aFlow, anOrg, flowId } from './support.ts';
import type { Caller } from './support.ts';
import type { Json } from '../../../src/simulator/json.ts';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

const post = (api: Caller, path: string, json: Json) =>
  api.ask(`/_simulator/${path}`, { method: 'POST', json });
const remove = (api: Caller, path: string) => api.ask(`/_simulator/${path}`, { method: 'DELETE' });
const state = (api: Caller, query = '') => api.ask(`/_simulator/state${query}`);

describe('the control API', () => {
  test('shows the state: stored, in effect, reloads', async () => {
    const { api } = await simulators.serve({ orgs: [anOrg(2)] });
    await api.patch(1, 4, { routing: { type: 'a' } });

    const answer = await state(api);

    expect(answer.json).toMatchObject({
      orgs: [
        {
          flowCount: 2,
          flows: [
            {
              id: flowId(1),
              version: 4,
              settings: { routing: { type: 'a' } },
              inEffect: aFlow(1).settings,
              pendingReload: true,
            },
            { id: flowId(2), pendingReload: false },
          ],
          pendingReload: [flowId(1)],
          reloads: [],
        },
      ],
      stats: { total: 2 },
      violations: [],
    });
    const one = (await state(api, `?flowId=${flowId(2)}`)).json as unknown as {
      orgs: { flows: unknown[] }[];
    };
    expect(one.orgs[0]?.flows).toHaveLength(1);
    expect((await state(api, '?flows=false')).text).not.toContain('"flows"');
    expect((await state(api, `?flowId=${flowId(9)}`)).status).toBe(400);
    expect((await state(api, `?orgId=${OTHER_ORG}`)).status).toBe(400);
  });

  test('edits by hand', async () => {
    const { api } = await simulators.serve();
    const settings = { routing: { maxWaitTime: 1 } };
    const answer = await post(api, 'edit', { flowId: flowId(1), by: 'Ada', settings });
    expect(answer.json).toMatchObject({ version: 4, modifiedBy: { name: 'Ada' } });
    expect((await api.flow(1)).json).toMatchObject({
      modifiedBy: { name: 'Ada' },
      settings: { routing: { type: 'longestAvailable', maxWaitTime: 1 } },
    });
  });

  test('adds, removes and renames flows, all or nothing', async () => {
    const { api } = await simulators.serve();
    const bad = await post(api, 'flows', {
      remove: [flowId(1), flowId(9)],
      add: [{ ...aFlow(2) }, { id: 'x' }],
      rename: [{ flowId: flowId(3), name: '' }],
    });
    expect(bad.status).toBe(400);
    for (const says of ['add[1].id must be', 'add[1].name is missing', 'rename[0].by is missing']) {
      expect(bad.json.message).toContain(says);
    }
    const clash = await post(api, 'flows', {
      remove: [flowId(1), flowId(1)],
      add: [{ ...aFlow(2) }],
    });
    expect(clash.json.message).toContain(`there is no flow ${flowId(1)}`);
    expect(clash.json.message).toContain(`flow ${flowId(2)} exists already`);
    expect((await api.list()).json.total).toBe(3);

    const good = await post(api, 'flows', {
      remove: [flowId(1)],
      add: [{ ...aFlow(1, { name: 'Anew' }) }],
      rename: [{ flowId: flowId(2), name: 'Second', by: 'Ada' }],
    });

    expect(good.json).toMatchObject({ flows: [{ name: 'Anew' }, { name: 'Second', version: 4 }] });
  });

  test('shows and clears the requests', async () => {
    const { simulator, api } = await simulators.serve();
    const [login] = simulator.requests.list();
    await api.list();
    const shown = await api.ask(`/_simulator/requests?after=${String(login?.sequence)}`);
    expect(shown.json).toMatchObject({
      requests: [{ method: 'GET', route: '/api/v2/architect/flows' }],
      stats: { total: 2 },
    });
    expect((await remove(api, 'requests')).status).toBe(204);
    expect((await api.ask('/_simulator/requests')).json).toMatchObject({
      requests: [],
      stats: { total: 0 },
    });
    expect((await api.ask('/_simulator/requests?after=x')).status).toBe(400);
  });

  test('adds, counts and removes faults, and is not met by them', async () => {
    const { api } = await simulators.serve();
    const added = await post(api, 'faults', [
      { id: 'mine', kind: 'status', status: 500, nth: 1 },
      { kind: 'hang', path: '/never' },
    ]);
    expect([added.status, added.json]).toEqual([201, { ids: ['mine', 'fault-1'] }]);
    expect((await api.list()).status).toBe(500);
    expect((await api.ask('/_simulator/faults')).json).toMatchObject({
      faults: [
        { id: 'mine', seen: 1, hits: 1, fault: { kind: 'status' } },
        { id: 'fault-1', hits: 0 },
      ],
    });
    expect((await remove(api, 'faults/mine')).status).toBe(204);
    expect((await remove(api, 'faults/mine')).status).toBe(404);
    expect((await remove(api, 'faults')).status).toBe(204);
    expect((await api.ask('/_simulator/faults')).json).toEqual({ faults: [] });
  });

  test('revokes tokens', async () => {
    const { api } = await simulators.serve();
    expect((await post(api, 'tokens/revoke', { clientId: 'other' })).json).toEqual({ revoked: 0 });
    expect((await post(api, 'tokens/revoke', { clientId: CLIENT.id })).json).toEqual({
      revoked: 1,
    });
    expect((await api.list()).status).toBe(401);
  });

  test.each([
    { name: 'an edit without author', path: 'edit', json: { flowId: flowId(1), settings: {} } },
    {
      name: 'an edit with an unknown field',
      path: 'edit',
      json: { flowId: flowId(1), settings: {}, by: 'A', x: 1 },
    },
    {
      name: 'an edit of the wrong shape',
      path: 'edit',
      json: { flowId: flowId(1), settings: { routing: 1 }, by: 'A' },
    },
    {
      name: 'an unknown org',
      path: 'edit',
      json: { flowId: flowId(1), settings: {}, by: 'A', orgId: OTHER_ORG },
    },
    { name: 'a bad fault', path: 'faults', json: { kind: 'nope' } },
    { name: 'a revocation of everything by mistake', path: 'tokens/revoke', json: { client: 'x' } },
    { name: 'flows that are no list', path: 'flows', json: { remove: flowId(1) } },
  ])('refuses $name', async ({ path, json }) => {
    const { api } = await simulators.serve();
    const answer = await post(api, path, json);
    expect(answer.status).toBe(400);
    expect(answer.json.details).not.toEqual([]);
  });

  test('refuses what is not JSON by its media type: no web page may post here', async () => {
    const { api } = await simulators.serve();
    for (const path of ['faults', 'edit', 'flows', 'tokens/revoke']) {
      const answer = await fetch(`${api.url}/_simulator/${path}`, { method: 'POST', body: '{}' });
      expect(answer.status).toBe(415);
    }
  });

  test('is strict about its own paths', async () => {
    const { api } = await simulators.serve();
    for (const path of ['', 'state/more', 'nothing', 'faults/', 'constructor']) {
      expect((await api.ask(`/_simulator/${path}`)).status).toBe(404);
    }
  });

  test('can be left out', async () => {
    const { api } = await simulators.serve({ controlApi: false });
    expect((await state(api)).status).toBe(404);
  });
});
