import { afterEach, describe, expect, test } from '@jest/globals';
import { ORG, Simulators, aFlow, anOrg, flowId, namesOf } from './support.ts';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

const names = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `Flow ${String(from + index)}`);

describe('the list of flows', () => {
  test('comes in pages of 25, with a total, until there is no token', async () => {
    const { api } = await simulators.serve({ orgs: [anOrg(51)] });
    const pages = await api.pages('?');
    expect(pages.map(namesOf)).toEqual([names(1, 25), names(26, 50), names(51, 51)]);
    expect(pages.map(({ json }) => json.total)).toEqual([51, 51, 51]);
    expect('continuationToken' in pages[2]!.json).toBe(false);
  });

  test.each([
    { pageSize: '1', status: 200 },
    { pageSize: '100', status: 200 },
    { pageSize: '101', status: 400 },
    { pageSize: '0', status: 400 },
    { pageSize: '2.5', status: 400 },
    { pageSize: 'x', status: 400 },
  ])('pageSize $pageSize -> $status', async ({ pageSize, status }) => {
    const { api } = await simulators.serve();
    expect((await api.list(`?pageSize=${pageSize}`)).status).toBe(status);
  });

  test('a page that is exactly full is the last when nothing follows', async () => {
    const { api } = await simulators.serve({ orgs: [anOrg(4)] });
    expect((await api.pages('?pageSize=2')).map(namesOf)).toEqual([names(1, 2), names(3, 4)]);
  });

  test('of an org without flows is one empty page', async () => {
    const { api } = await simulators.serve({ orgs: [anOrg(0)] });
    expect((await api.list()).json).toEqual({ entities: [], total: 0 });
  });

  test.each([
    { endMarker: 'absent', last: { entities: [], total: 0 } },
    { endMarker: 'null', last: { entities: [], total: 0, continuationToken: null } },
    { endMarker: 'empty', last: { entities: [], total: 0, continuationToken: '' } },
  ] as const)('ends in the chosen way: $endMarker', async ({ endMarker, last }) => {
    const { api } = await simulators.serve({ endMarker, orgs: [anOrg(0)] });
    expect((await api.list()).json).toEqual(last);
  });

  test('leaves the total out when told to', async () => {
    const { api } = await simulators.serve({ total: false });
    expect('total' in (await api.list()).json).toBe(false);
  });

  test.each([
    { listSettings: 'expand', query: '', there: false },
    { listSettings: 'expand', query: '?expand=routing', there: false },
    { listSettings: 'expand', query: '?expand=routing,settings', there: true },
    { listSettings: 'always', query: '', there: true },
    { listSettings: 'never', query: '?expand=routing,settings', there: false },
  ] as const)(
    'settings: $listSettings with "$query" -> $there',
    async ({ listSettings, query, there }) => {
      const { api } = await simulators.serve({ listSettings });
      const [flow] = (await api.list(query)).json.entities;
      expect('settings' in flow!).toBe(there);
      expect(flow).toMatchObject({ id: flowId(1), name: 'Flow 1', version: 3 });
    },
  );

  test.each([
    { name: 'flow 2', found: ['Flow 2'] },
    { name: 'FLOW*', found: ['Flow 1', 'Flow 2', 'flow 2'] },
    { name: '*2', found: ['Flow 2', 'flow 2'] },
    { name: 'f*w*1', found: ['Flow 1'] },
    { name: '*', found: ['Flow 1', 'Flow 2', 'flow 2'] },
    { name: 'Flow', found: [] },
    { name: 'flow 1*flow 1', found: [] },
    { name: '[a', found: [] },
  ])('the name $name finds $found', async ({ name, found }) => {
    const flows = [aFlow(1), aFlow(2), aFlow(3, { name: name === 'flow 2' ? 'other' : 'flow 2' })];
    const { api } = await simulators.serve({ orgs: [anOrg(0, { flows })] });
    const pages = await api.pages(`?pageSize=1&name=${encodeURIComponent(name)}`);
    expect(pages.flatMap(namesOf)).toEqual(found);
    expect(pages[0]?.json.total).toBe(found.length);
  });

  test('a token belongs to one list, and only those that were given out are good', async () => {
    const { api } = await simulators.serve();
    const { continuationToken } = (await api.list('?pageSize=1')).json;
    const ask = (token: string, more = '') =>
      api.list(`?pageSize=1&continuationToken=${encodeURIComponent(token)}${more}`);
    expect((await ask(String(continuationToken))).status).toBe(200);
    expect((await ask(String(continuationToken), '&name=flow*')).status).toBe(400);
    expect((await ask('abc')).status).toBe(400);
    expect((await ask('')).status).toBe(400);
  });

  test('shows between two pages what changes in life', async () => {
    const { simulator, api } = await simulators.serve({ orgs: [anOrg(4)] });
    const org = simulator.org();
    const first = await api.list('?pageSize=2');

    org.removeFlow(flowId(1)); // nothing is skipped by what goes before the place
    org.removeFlow(flowId(3));
    org.renameFlow(flowId(4), 'Renamed', { by: 'Ada' });
    org.addFlow(aFlow(5));
    const next = await api.list(
      `?pageSize=2&continuationToken=${String(first.json.continuationToken)}`,
    );

    expect(namesOf(next)).toEqual(['Renamed', 'Flow 5']);
    expect(next.json).toMatchObject({
      total: 3,
      entities: [{ version: 4, modifiedBy: { name: 'Ada' } }, {}],
    });
    expect(next.json.continuationToken).toBeUndefined();
  });

  test('a filtered total follows renames', async () => {
    const { simulator, api } = await simulators.serve();
    expect((await api.list('?name=flow*')).json.total).toBe(3);
    simulator.org().renameFlow(flowId(1), 'Gone', { by: 'Ada' });
    expect((await api.list('?name=flow*')).json.total).toBe(2);
  });
});

describe('one flow', () => {
  test('is shown as the contract says', async () => {
    const flows = [aFlow(1, { description: 'd', modifiedBy: { id: 'x', name: 'Ada' } })];
    const { api } = await simulators.serve({ orgs: [anOrg(0, { flows })] });
    expect((await api.flow(1)).json).toEqual({
      id: flowId(1),
      name: 'Flow 1',
      description: 'd',
      version: 3,
      createdDate: expect.stringMatching(/Z$/),
      modifiedDate: expect.stringMatching(/Z$/),
      modifiedBy: { id: 'x', name: 'Ada' },
      settings: aFlow(1).settings,
    });
  });

  test('is 404 when it is not there, whatever its id looks like', async () => {
    const { simulator, api } = await simulators.serve();
    expect((await api.flow(9)).status).toBe(404);
    expect((await api.ask('/api/v2/architect/flows/%E0%A4%A')).status).toBe(404);
    expect((await api.ask(`/api/v2/architect/flows/${flowId(1)}/more`)).status).toBe(404);
    expect(simulator.requests.list().at(-1)?.route).toBe('unknown');
  });
});

describe('queues, users and teams', () => {
  test('come in numbered pages', async () => {
    const { api } = await simulators.serve();
    const first = await api.ask('/api/v2/routing/queues?pageSize=2');
    const second = await api.ask('/api/v2/routing/queues?pageSize=2&pageNumber=2');
    const past = await api.ask('/api/v2/routing/queues?pageSize=2&pageNumber=3');
    expect([first, second, past].map(namesOf)).toEqual([['Support', 'Sales'], ['Sales EU'], []]);
    expect(first.json).toMatchObject({ pageNumber: 1, pageSize: 2, pageCount: 2, total: 3 });
    expect(past.json).toMatchObject({ pageNumber: 3, pageCount: 2, total: 3 });
    expect((await api.ask('/api/v2/users?pageNumber=0')).status).toBe(400);
    expect((await api.ask('/api/v2/users?pageSize=101')).status).toBe(400);
  });

  test.each([
    { path: '/api/v2/routing/queues', name: 'sales*', found: ['Sales', 'Sales EU'] },
    { path: '/api/v2/users', name: 'ada', found: ['Ada'] },
    { path: '/api/v2/teams', name: 'x', found: [] },
  ])('$path by name $name', async ({ path, name, found }) => {
    const { api } = await simulators.serve();
    const page = await api.ask(`${path}?name=${name}`);
    expect(namesOf(page)).toEqual(found);
    expect(page.json.total).toBe(found.length);
  });

  test('can be had one by one, and come and go', async () => {
    const { simulator, api } = await simulators.serve();
    const org = simulator.org();
    const id = org.addToDirectory('teams', { name: 'New', more: { size: 4 } });
    expect((await api.ask(`/api/v2/teams/${id}`)).json).toEqual({ id, name: 'New', size: 4 });
    expect(org.removeFromDirectory('teams', 'New')).toBe(true);
    expect(org.removeFromDirectory('teams', 'New')).toBe(false);
    expect((await api.ask(`/api/v2/teams/${id}`)).status).toBe(404);
  });

  test('have the same ids in every run', async () => {
    const ids = [];
    for (let run = 0; run < 2; run += 1) {
      const { api } = await simulators.serve();
      ids.push((await api.ask('/api/v2/users')).json.entities[0]?.id);
    }
    expect(ids[0]).toBe(ids[1]);
    expect(ORG).not.toBe(ids[0]);
  });
});
