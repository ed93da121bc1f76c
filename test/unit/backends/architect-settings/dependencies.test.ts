import { describe, expect, test } from '@jest/globals';
import { aScriptedRig, failureOf } from '../../../support/backend-rig.ts';
import type { ScriptedRig } from '../../../support/backend-rig.ts';

const QUEUES = 'GET /api/v2/routing/queues';
const live = new AbortController().signal;

const entity = (name: string | null, id = `id-${String(name)}`): object => ({ id, name });
const manyNames = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `Q ${String(i)}`);

/** Pages by `pageNumber`; what is beyond the last is empty. */
function aRig(pages: readonly object[]): ScriptedRig {
  return aScriptedRig((call) => {
    const number = Number(/pageNumber=(\d+)/.exec(call)?.[1]);
    return { body: pages[number - 1] ?? { entities: [] } };
  });
}

describe('missingOf', () => {
  test('asks for each of a few names by itself', async () => {
    const rig = aRig([{ entities: [entity('Support')], pageCount: 1 }]);

    expect(await rig.backend.missingOf('queue', ['Support', 'Sales Ä'], live)).toEqual(['Sales Ä']);
    expect(rig.sent()).toEqual([
      `${QUEUES}?pageSize=100&pageNumber=1&name=Support`,
      `${QUEUES}?pageSize=100&pageNumber=1&name=Sales%20%C3%84`,
    ]);
  });

  test.each([
    { count: 5, requests: 5 },
    { count: 6, requests: 1 },
  ])('$count names take $requests requests', async ({ count, requests }) => {
    const rig = aRig([{ entities: [], pageCount: 1 }]);

    expect(await rig.backend.missingOf('queue', manyNames(count), live)).toHaveLength(count);
    expect(rig.sent()).toHaveLength(requests);
  });

  test.each(['Sales*', 'a.b', 'what?', '(x)', 'a|b', '50%', 'x\\y'])(
    'the name %s might be read as a pattern, so everything is read',
    async (name) => {
      const rig = aRig([{ entities: [entity(name)], pageCount: 1 }]);

      expect(await rig.backend.missingOf('queue', [name], live)).toEqual([]);
      expect(rig.sent()).toEqual([`${QUEUES}?pageSize=100&pageNumber=1`]);
    },
  );

  test.each<{ name: string; pages: object[]; requests: number }>([
    {
      name: 'a page count',
      pages: [
        { entities: [entity('a')], pageCount: 3 },
        { entities: [], pageCount: 3 },
        { entities: [entity('Wanted')], pageCount: 3 },
      ],
      requests: 3,
    },
    {
      name: 'a total',
      pages: [
        { entities: [entity('a'), entity('b')], total: 4 },
        { entities: [entity('c'), entity('Wanted')], total: 4 },
      ],
      requests: 2,
    },
    {
      name: 'nothing: an empty page is the end',
      pages: [{ entities: [entity('a')] }, { entities: [entity('Wanted')] }],
      requests: 2,
    },
    {
      name: 'null for both',
      pages: [
        { entities: [entity('a')], pageCount: null, total: null },
        { entities: [entity('Wanted')], pageCount: null, total: null },
      ],
      requests: 2,
    },
  ])('reads on, where the service tells $name', async ({ pages, requests }) => {
    const rig = aRig(pages);

    expect(await rig.backend.missingOf('queue', ['Wanted'], live)).toEqual([]);
    expect(rig.sent()).toHaveLength(requests);
  });

  test('a service that ignores the page number and tells no count ends with its first page', async () => {
    const rig = aScriptedRig(() => ({ body: { entities: [entity('a'), entity('b')] } }));

    expect(await rig.backend.missingOf('queue', ['Wanted'], live)).toEqual(['Wanted']);
    expect(rig.sent()).toHaveLength(2);
  });

  test('one that ignores it and tells of more pages cannot be believed', async () => {
    const rig = aScriptedRig(() => ({ body: { entities: [entity('a')], pageCount: 3 } }));

    const error = await failureOf(rig.backend.missingOf('queue', ['Wanted'], live));

    expect(error.code).toBe('api.page-fault');
  });

  test.each<{ name: string; pages: object[] }>([
    { name: 'one of it', pages: [{ entities: [], total: 1, pageCount: 1 }] },
    {
      name: 'the last of it',
      pages: [
        { entities: [entity('a'), entity('b')], total: 3, pageCount: 2 },
        { entities: [], total: 3, pageCount: 2 },
      ],
    },
  ])('nothing is missing from a list that keeps back $name', async ({ pages }) => {
    const error = await failureOf(aRig(pages).backend.missingOf('queue', ['Wanted'], live));

    expect(error.code).toBe('api.page-fault');
  });

  test('stops reading when everything was found', async () => {
    const rig = aRig([{ entities: manyNames(6).map((name) => entity(name)), pageCount: 9 }]);

    expect(await rig.backend.missingOf('queue', manyNames(6), live)).toEqual([]);
    expect(rig.sent()).toHaveLength(1);
  });

  test('a service that ignores the filter is asked no more than it must', async () => {
    const rig = aRig([{ entities: [entity('A'), entity('B'), entity('C')], pageCount: 1 }]);

    expect(await rig.backend.missingOf('queue', ['A', 'B', 'C'], live)).toEqual([]);
    expect(rig.sent().length).toBeLessThanOrEqual(3);
  });

  test('things without a name match nothing', async () => {
    const rig = aRig([{ entities: [entity(null), {}, entity('')], pageCount: 1 }]);

    expect(await rig.backend.missingOf('user', ['null'], live)).toEqual(['null']);
  });

  test('a page of another shape is api.bad-answer', async () => {
    const rig = aRig([{ entities: {}, pageCount: 1 }]);

    const error = await failureOf(rig.backend.missingOf('team', ['x'], live));

    expect(error.code).toBe('api.bad-answer');
  });
});

describe('accessTo', () => {
  test('reads one entity, only for whether it may', async () => {
    const rig = aRig([{ entities: [entity('a')], pageCount: 99 }]);

    expect(await rig.backend.accessTo('team', live)).toEqual({ kind: 'readable' });
    expect(rig.sent()).toEqual(['GET /api/v2/teams?pageSize=1&pageNumber=1']);
  });

  test('names the permission that the service names, else the one of the kind', async () => {
    const told = aScriptedRig(() => ({
      status: 403,
      body: { message: 'You are missing: routing:queue:search', code: 'missing.permissions' },
    }));
    const silent = aScriptedRig(() => ({ status: 403 }));

    expect(await told.backend.accessTo('queue', live)).toEqual({
      kind: 'forbidden',
      permission: 'routing:queue:search',
    });
    expect(await silent.backend.accessTo('user', live)).toEqual({
      kind: 'forbidden',
      permission: 'directory:user:view',
    });
  });

  test.each([
    { status: 404, code: 'api.not-found' },
    { status: 500, code: 'api.server-error' },
  ])('$status is no answer but $code', async ({ status, code }) => {
    const rig = aScriptedRig(() => ({ status }));

    expect((await failureOf(rig.backend.accessTo('queue', live))).code).toBe(code);
  });
});
