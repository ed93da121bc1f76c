import { afterEach, describe, expect, test } from '@jest/globals';
import type { Fault } from '../../../src/simulator/fault.ts';
import { Simulators, aFlow, anOrg, namesOf } from './support.ts';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

const FLOWS = '/api/v2/architect/flows';
const serve = (...faults: readonly Fault[]) => simulators.serve({ faults });

describe('a spoilt page', () => {
  const list = { path: FLOWS, nth: 2 };
  const pagesWith = async (fault: Fault) => {
    const { simulator, api } = await simulators.serve({ faults: [fault], orgs: [anOrg(6)] });
    return { simulator, pages: await api.pages('?pageSize=2') };
  };
  const whole = ['Flow 1', 'Flow 2', 'Flow 3', 'Flow 4', 'Flow 5', 'Flow 6'];

  test('short-page loses entities and keeps the total', async () => {
    const { pages } = await pagesWith({ ...list, kind: 'short-page' });
    expect(pages.map(namesOf)).toEqual([['Flow 1', 'Flow 2'], ['Flow 3'], ['Flow 5', 'Flow 6']]);
    expect(pages[1]?.json.total).toBe(6);
    const more = await pagesWith({ ...list, kind: 'short-page', drop: 9 });
    expect(more.pages.map((page) => namesOf(page).length)).toEqual([2, 0, 2]);
  });

  test('repeat-entity shows the first again', async () => {
    const { pages } = await pagesWith({ ...list, kind: 'repeat-entity' });
    expect(namesOf(pages[1]!)).toEqual(['Flow 3', 'Flow 4', 'Flow 1']);
  });

  test('wrong-total is off', async () => {
    const { pages } = await pagesWith({ ...list, kind: 'wrong-total', by: -2 });
    expect(pages.map(({ json }) => json.total)).toEqual([6, 4, 6]);
  });

  test.each<Fault>([
    { ...list, kind: 'partial-page' },
    { ...list, kind: 'partial-page', keep: 0 },
    { ...list, kind: 'partial-page', keep: 2 },
    { path: FLOWS, nth: 1, kind: 'empty-page' },
    { path: FLOWS, from: 3, to: 5, kind: 'empty-page' },
  ])('%j is legal: nothing is lost, and no token comes twice', async (fault) => {
    const { pages } = await pagesWith(fault);
    expect(pages.flatMap(namesOf)).toEqual(whole);
    const tokens = pages.map(({ json }) => json.continuationToken);
    expect(new Set(tokens).size).toBe(tokens.length);
    if (fault.kind === 'empty-page') expect(pages.length).toBeGreaterThan(3);
  });

  test('repeat-token leads back to the page that it came with', async () => {
    const { pages } = await pagesWith({ path: FLOWS, from: 2, to: 3, kind: 'repeat-token' });
    expect(pages.flatMap(namesOf).slice(0, 6)).toEqual([...whole.slice(0, 4), 'Flow 3', 'Flow 4']);
    expect(pages[1]?.json.continuationToken).toBe(pages[0]?.json.continuationToken);
    const first = await pagesWith({ path: FLOWS, nth: 1, kind: 'repeat-token' });
    expect(first.pages.map(namesOf).slice(0, 2)).toEqual([whole.slice(0, 2), whole.slice(0, 2)]);
  });

  test('pages of queues can be short, too; other requests pass it by', async () => {
    const { simulator, api } = await serve({
      id: 'f',
      path: '/api/v2/*',
      from: 2,
      kind: 'short-page',
    });
    expect((await api.flow(1)).status).toBe(200);
    expect(namesOf(await api.ask('/api/v2/routing/queues'))).toHaveLength(3);
    const queues = await api.ask('/api/v2/routing/queues');
    expect([namesOf(queues).length, queues.json.total]).toEqual([2, 3]);
    expect(simulator.faults.get('f')).toMatchObject({ seen: 2, hits: 1 });
  });
});

describe('store-differently', () => {
  const store = (more: object): Fault => ({
    kind: 'store-differently',
    pointer: '/routing/maxWaitTime',
    ...more,
  });

  test('answers what was asked for, and stores something else', async () => {
    const { api } = await serve(store({ value: 1 }));
    const answer = await api.patch(1, 4, { routing: { type: 'a', maxWaitTime: 300 } });
    expect(answer.status).toBe(200);
    expect(answer.json.settings['routing']).toEqual({ type: 'a', maxWaitTime: 300 });
    const stored = await api.flow(1);
    expect(stored.json).toMatchObject({
      version: 4,
      settings: { routing: { type: 'a', maxWaitTime: 1 }, prompts: { language: 'en-us' } },
    });
  });

  test.each<{ name: string; fault: object; stored: object }>([
    {
      name: 'nothing where there is no value',
      fault: {},
      stored: { routing: { type: 'a', list: [1, 2] } },
    },
    {
      name: 'a whole block',
      fault: { pointer: '/routing', value: null },
      stored: { routing: null },
    },
    {
      name: 'an element',
      fault: { pointer: '/routing/list/1', value: 9 },
      stored: { routing: { type: 'a', maxWaitTime: 300, list: [1, 9] } },
    },
    { name: 'a new place', fault: { pointer: '/a~1b/c', value: 1 }, stored: { 'a/b': { c: 1 } } },
  ])('stores $name, and can show it', async ({ fault, stored }) => {
    const flows = [aFlow(1, { settings: {} })];
    const { api } = await simulators.serve({
      orgs: [anOrg(0, { flows })],
      faults: [store({ ...fault, answer: 'as-stored' })],
    });
    const asked = { routing: { type: 'a', maxWaitTime: 300, list: [1, 2] } };
    const answer = await api.patch(1, 4, asked);
    expect(answer.json.settings).toEqual({ ...asked, ...stored });
    expect((await api.flow(1)).json.settings).toEqual(answer.json.settings);
  });

  test('so many times, and a rollback after them is stored as asked', async () => {
    const { api } = await serve(store({ value: 1, times: 1 }));
    await api.patch(1, 4, { routing: { maxWaitTime: 300 } });
    await api.patch(1, 5, { routing: { maxWaitTime: 600 } });
    expect((await api.flow(1)).json.settings['routing']).toEqual({ maxWaitTime: 600 });
  });
});
