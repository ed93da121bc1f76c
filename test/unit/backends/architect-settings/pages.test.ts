import { describe, expect, jest, test } from '@jest/globals';
import type { LivePage } from '../../../../src/ports/flow-backend.ts';
import { sha256 } from '../../../../src/domain/hash.ts';
import { aScriptedRig, failureOf } from '../../../support/backend-rig.ts';
import type { ScriptedRig } from '../../../support/backend-rig.ts';
import { aFlowId, someSettings } from '../../../support/builders.ts';

const LIST = 'GET /api/v2/architect/flows?pageSize=100&expand=routing%2Csettings';
const live = new AbortController().signal;

interface WirePage {
  readonly entities: readonly object[];
  readonly continuationToken?: string | null;
  readonly total?: number | null;
}

const wire = (n: number, over: object = {}): object => ({
  id: aFlowId(n),
  name: `Flow ${String(n)}`,
  version: n,
  settings: someSettings(),
  ...over,
});

/** Pages in order, by the number of the call. */
const aRig = (...pages: (WirePage | object | string)[]): ScriptedRig =>
  aScriptedRig((_call, _request, nth) => ({ body: pages[nth]! }));

async function all(rig: ScriptedRig): Promise<LivePage[]> {
  const pages: LivePage[] = [];
  for await (const page of rig.backend.pages(live)) pages.push(page);
  return pages;
}

const ids = (pages: readonly LivePage[]): string[] =>
  pages.flatMap((page) => page.flows().map(({ id }) => id));

describe('the end of the list', () => {
  test.each([
    { name: 'an absent token', last: { entities: [wire(2)] } },
    { name: 'a token of null', last: { entities: [wire(2)], continuationToken: null } },
    { name: 'an empty token', last: { entities: [wire(2)], continuationToken: '' } },
  ])('is $name', async ({ last }) => {
    const rig = aRig({ entities: [wire(1)], continuationToken: 'a+b/c=' }, last);

    expect(ids(await all(rig))).toEqual([aFlowId(1), aFlowId(2)]);
    expect(rig.sent()).toEqual([LIST, `${LIST}&continuationToken=a%2Bb%2Fc%3D`]);
  });

  test('is neither a short page nor an empty one', async () => {
    const rig = aRig(
      { entities: [], continuationToken: 't1', total: 3 },
      { entities: [wire(1)], continuationToken: 't2' },
      { entities: [], continuationToken: 't3' },
      { entities: [wire(2), wire(3)], continuationToken: 't4' },
      { entities: [], total: 3 },
    );

    const pages = await all(rig);

    expect(ids(pages)).toEqual([1, 2, 3].map(aFlowId));
    expect(pages.map(({ count }) => count)).toEqual([0, 1, 0, 2, 0]);
  });

  test('a larger page than was asked for is taken', async () => {
    const entities = Array.from({ length: 150 }, (_, i) => wire(i));

    expect(ids(await all(aRig({ entities })))).toHaveLength(150);
  });
});

describe('a list that is not whole', () => {
  test.each<{ name: string; pages: (WirePage | object)[]; reason: RegExp }>([
    {
      name: 'a token that came before',
      pages: [
        { entities: [wire(1)], continuationToken: 'x' },
        { entities: [wire(2)], continuationToken: 'y' },
        { entities: [wire(3)], continuationToken: 'x' },
      ],
      reason: /page token came twice/,
    },
    {
      name: 'a flow that came before, in other case',
      pages: [
        { entities: [wire(10)], continuationToken: 'x' },
        { entities: [wire(10, { id: aFlowId(10).toUpperCase() })] },
      ],
      reason: /came twice/,
    },
    {
      name: 'a flow twice on one page',
      pages: [{ entities: [wire(1), wire(1)] }],
      reason: /came twice/,
    },
    {
      name: 'fewer flows than the total',
      pages: [{ entities: [wire(1)], continuationToken: 'x', total: 3 }, { entities: [wire(2)] }],
      reason: /ended after 2 flows, but its total is 3/,
    },
    {
      name: 'more flows than the total',
      pages: [{ entities: [wire(1), wire(2)], total: 1 }],
      reason: /ended after 2 flows, but its total is 1/,
    },
    {
      name: 'no flows but a total',
      pages: [{ entities: [], total: 1 }],
      reason: /ended after 0 flows/,
    },
    {
      name: 'a total that falls while reading',
      pages: [
        { entities: [wire(1)], continuationToken: 'x', total: 3 },
        { entities: [wire(2)], total: 2 },
      ],
      reason: /total fell from 3 to 2/,
    },
  ])('$name is api.page-fault', async ({ pages, reason }) => {
    const error = await failureOf(all(aRig(...pages)));

    expect(error.code).toBe('api.page-fault');
    expect(error.message).toMatch(reason);
  });

  test('a total that grows with the flows that came is a whole list', async () => {
    const rig = aRig(
      { entities: [wire(1)], continuationToken: 'x', total: 2 },
      { entities: [wire(2), wire(3)], total: 3 },
    );

    expect(ids(await all(rig))).toHaveLength(3);
  });
});

describe('a page of another shape is api.bad-answer', () => {
  test.each<{ name: string; page: object | string; reason: string }>([
    { name: 'no entities', page: { total: 0 }, reason: "/ must have required property 'entities'" },
    { name: 'entities null', page: { entities: null }, reason: '/entities must be array' },
    { name: 'an entity null', page: { entities: [null] }, reason: '/entities/0 must be object' },
    {
      name: 'a version as text',
      page: { entities: [wire(1), wire(2, { version: '2' })] },
      reason: '/entities/1/version must be integer',
    },
    {
      name: 'a number as token',
      page: { entities: [], continuationToken: 7 },
      reason: '/continuationToken must be string,null',
    },
    { name: 'a total as text', page: { entities: [], total: '7' }, reason: '/total must be' },
    { name: 'a total below 0', page: { entities: [], total: -1 }, reason: '/total must be >= 0' },
    { name: 'HTML', page: '<!doctype html>', reason: 'HTML or XML: <!doctype html>' },
    {
      name: 'an id that only the prototype has',
      page: '{"entities":[{"__proto__":{"id":"a"},"name":"n","version":1}]}',
      reason: "/entities/0 must have required property 'id'",
    },
  ])('$name', async ({ page, reason }) => {
    const error = await failureOf(all(aRig(page)));

    expect(error.code).toBe('api.bad-answer');
    expect(error.message).toContain(reason);
  });
});

describe('what a page tells', () => {
  test('the digest of its bytes, and flows in the words of the product', async () => {
    const body = { entities: [wire(1, { modifiedDate: 'd', modifiedBy: { name: 'Ann' } })] };

    const [page] = await all(aRig(body));

    expect(page?.digest).toBe(sha256(JSON.stringify(body)));
    expect(page?.flows()).toEqual([
      {
        id: aFlowId(1),
        name: 'Flow 1',
        version: 1,
        settings: someSettings(),
        modifiedAt: 'd',
        modifiedBy: { name: 'Ann' },
      },
    ]);
  });

  test('settings that are absent or null are not known', async () => {
    const entities = [wire(1, { settings: undefined }), wire(2, { settings: null })];

    const [page] = await all(aRig({ entities }));

    expect(page?.flows().map(({ settings }) => settings)).toEqual([undefined, undefined]);
  });

  test('an id in capitals is told in lower case, and written as the service spells it', async () => {
    const spelled = 'ABCDEF00-0000-4000-8000-000000000001';
    const rig = aScriptedRig((call) => ({
      body: call.startsWith('PATCH') ? '' : { entities: [wire(1, { id: spelled })] },
    }));

    const [flow] = (await all(rig))[0]!.flows();
    await rig.backend.write(flow!, {}, live);

    expect(flow?.id).toBe(spelled.toLowerCase());
    expect(rig.sent().at(-1)).toBe(`PATCH /api/v2/architect/flows/${spelled}`);
    expect(JSON.parse(rig.requests.at(-1)!.body!)).toMatchObject({ flowId: spelled });
  });
});

describe('reading again', () => {
  const pages = [
    { entities: [wire(1), wire(2)], continuationToken: 'x', total: 4 },
    { entities: [wire(3), wire(4)], total: 4 },
  ];

  test('a page whose bytes are known is not parsed until its flows are wanted', async () => {
    const rig = aScriptedRig((_call, _request, nth) => ({ body: pages[nth % 2]! }));
    const first = await all(rig);
    const parse = jest.spyOn(JSON, 'parse');

    const second = await all(rig);

    expect(parse).not.toHaveBeenCalled();
    expect(second.map(({ digest, count }) => [digest, count])).toEqual(
      first.map(({ digest, count }) => [digest, count]),
    );
    expect(second[0]!.flows()).toEqual(first[0]!.flows());
    expect(second[0]!.flows()).toBe(second[0]!.flows());
    expect(parse).toHaveBeenCalledTimes(1);
    parse.mockRestore();
  });

  test('known pages are judged as others are', async () => {
    const rig = aScriptedRig((_call, _request, nth) => ({ body: pages[nth < 2 ? nth : 0]! }));
    await all(rig);

    expect((await failureOf(all(rig))).code).toBe('api.page-fault');
  });

  test('a read that failed leaves what was known', async () => {
    const broken = { entities: [wire(1), wire(1)] };
    const rig = aScriptedRig((_call, _request, nth) => ({
      body: [pages[0]!, pages[1]!, broken, pages[0]!, pages[1]!][nth]!,
    }));
    await all(rig);
    await failureOf(all(rig));
    const parse = jest.spyOn(JSON, 'parse');

    await all(rig);

    expect(parse).not.toHaveBeenCalled();
    parse.mockRestore();
  });
});

describe('asking ahead', () => {
  test('the next page is on its way while this one is worked on, and no more than that', async () => {
    const rig = aScriptedRig((_call, _request, nth) => ({
      body: { entities: [wire(nth)], ...(nth < 4 && { continuationToken: `t${String(nth)}` }) },
    }));
    const pages = rig.backend.pages(live)[Symbol.asyncIterator]();

    await pages.next();
    await new Promise((resolve) => setImmediate(resolve));
    expect(rig.sent()).toHaveLength(2);
    await pages.next();
    await new Promise((resolve) => setImmediate(resolve));
    expect(rig.sent()).toHaveLength(3);
    await pages.return?.();
  });

  test('a consumer that leaves cancels it', async () => {
    const rig = aScriptedRig((_call, _request, nth) =>
      nth === 0
        ? { body: { entities: [wire(1)], continuationToken: 'x' } }
        : new Promise<never>(() => undefined),
    );

    for await (const page of rig.backend.pages(live)) {
      expect(page.count).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      expect(rig.cancelled).toHaveLength(0);
      break;
    }

    expect(rig.cancelled.map(({ url }) => url)).toEqual([rig.requests.at(-1)?.url]);
  });

  test('its failure comes when the consumer asks for it', async () => {
    const rig = aScriptedRig((_call, _request, nth) =>
      nth === 0
        ? { body: { entities: [wire(1)], continuationToken: 'x' } }
        : { status: 500, body: 'no' },
    );
    const pages = rig.backend.pages(live)[Symbol.asyncIterator]();

    expect((await pages.next()).done).toBe(false);
    await new Promise((resolve) => setImmediate(resolve));

    expect((await failureOf(pages.next())).code).toBe('api.server-error');
  });

  test('cancelling the read cancels it with the reason', async () => {
    const reason = new Error('stop');
    const abort = new AbortController();
    const rig = aScriptedRig((_call, _request, nth) =>
      nth === 0
        ? { body: { entities: [wire(1)], continuationToken: 'x' } }
        : new Promise<never>(() => undefined),
    );
    const pages = rig.backend.pages(abort.signal)[Symbol.asyncIterator]();
    await pages.next();

    const second = pages.next();
    abort.abort(reason);

    await expect(second).rejects.toBe(reason);
  });
});
