import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DesiredFlow, IgnoreRule, LiveFlow } from '../../../src/domain/flow.ts';
import { hashOf } from '../../../src/domain/hash.ts';
import type { Json } from '../../../src/domain/json.ts';
import { makeLiveComparison } from '../../../src/plan/live-comparison.ts';
import type { LiveComparisonResult } from '../../../src/plan/live-comparison.ts';
import { makePageMemory } from '../../../src/plan/page-memory.ts';
import type { PageMemory } from '../../../src/plan/page-memory.ts';
import {
  aDesiredFlow,
  aFlowId,
  aLiveFlow,
  aNamedFlow,
  NOW,
  ORG_ID,
} from '../../support/builders.ts';

type Pages = readonly (readonly LiveFlow[])[];

interface Ground {
  readonly desired: readonly DesiredFlow[];
  readonly now?: number;
  readonly orgId?: string;
  readonly full?: boolean;
}

/** One read as a run does it; `compared` counts the pages that had to be parsed. */
function read(
  memory: PageMemory,
  pages: Pages,
  { desired, now = NOW, orgId = ORG_ID, full = false }: Ground,
): { readonly result: LiveComparisonResult; readonly compared: number } {
  const ground = { desired, orgId, now };
  const reading = memory.open(ground, full);
  const comparison = makeLiveComparison(ground);
  let compared = 0;
  for (const page of pages) {
    const digest = hashOf(page as unknown as Json);
    const calm = reading.recall(digest);
    if (calm) comparison.addCalm(calm);
    else compared += 1;
    reading.note(digest, calm ?? comparison.add(page));
  }
  reading.keep();
  for (const { flowId } of comparison.unread()) comparison.addRead(aLiveFlow({ id: flowId }));
  return { result: comparison.finish(), compared };
}

const settings = { r: { a: 1 } };
const desiredFlow = (n: number, more: Partial<DesiredFlow> = {}): DesiredFlow =>
  aDesiredFlow({ flowId: aFlowId(n), file: `${String(n)}.yaml`, settings, ...more });
const liveFlow = (n: number, more: Partial<LiveFlow> = {}): LiveFlow =>
  aLiveFlow({ id: aFlowId(n), name: `Flow ${String(n)}`, settings, ...more });

describe('makePageMemory', () => {
  const desired = [desiredFlow(1), desiredFlow(2)];
  const pages = [[liveFlow(1)], [liveFlow(2), liveFlow(3)]];

  test('a page that was calm is not compared again, and the result is the same', () => {
    const memory = makePageMemory();
    const first = read(memory, pages, { desired });

    const second = read(memory, pages, { desired });

    expect([first.compared, second.compared]).toEqual([2, 0]);
    expect(second.result).toEqual(first.result);
    expect(second.result.unmanaged).toEqual([{ flowId: aFlowId(3), name: 'Flow 3' }]);
  });

  test.each<{ name: string; again?: Pages; ground?: Ground; compared: number }>([
    { name: 'a page with other bytes', again: [[liveFlow(1)], [liveFlow(2)]], compared: 1 },
    { name: 'the same pages in another order', again: pages.toReversed(), compared: 0 },
    {
      name: 'the same desired flows in another list',
      ground: { desired: [...desired] },
      compared: 0,
    },
    {
      name: 'one desired flow made anew',
      ground: { desired: [desiredFlow(1), ...desired.slice(1)] },
      compared: 1,
    },
    {
      name: 'one desired flow that is named now',
      ground: { desired: [desired[0]!, desiredFlow(2, { name: 'Flow 2' })] },
      compared: 2,
    },
    { name: 'a desired flow more', ground: { desired: [...desired, desiredFlow(9)] }, compared: 2 },
    { name: 'a desired flow less', ground: { desired: desired.slice(1) }, compared: 2 },
    { name: 'another org', ground: { desired, orgId: 'other' }, compared: 2 },
    { name: 'a read that is to compare all', ground: { desired, full: true }, compared: 2 },
    {
      name: 'an hour less a millisecond',
      ground: { desired, now: NOW + 3_599_999 },
      compared: 0,
    },
    { name: 'an hour later', ground: { desired, now: NOW + 3_600_000 }, compared: 2 },
    { name: 'a clock that was set back', ground: { desired, now: NOW - 1 }, compared: 2 },
  ])('$name: $compared pages are compared', ({ again = pages, ground = { desired }, compared }) => {
    const memory = makePageMemory();
    read(memory, pages, { desired });
    expect(read(memory, again, ground).compared).toBe(compared);
  });

  test.each<{ name: string; live: LiveFlow; flow?: DesiredFlow }>([
    { name: 'drifted', live: liveFlow(1, { settings: { r: { a: 2 } } }) },
    { name: 'listed without settings', live: liveFlow(1, { settings: undefined }) },
    {
      name: 'called otherwise than in git',
      live: liveFlow(1),
      flow: desiredFlow(1, { name: 'Other' }),
    },
  ])('a page is not calm while a flow on it is $name', ({ live, flow = desiredFlow(1) }) => {
    const memory = makePageMemory();
    const ground = { desired: [flow] };
    read(memory, [[live]], ground);
    expect(read(memory, [[live]], ground).compared).toBe(1);
  });

  test('a flow that was never compared, because another of its name came first, is not calm', () => {
    const memory = makePageMemory();
    const ground = { desired: [aNamedFlow('Twin', { settings })] };
    const first = liveFlow(1, { name: 'Twin' });
    const drifted = liveFlow(2, { name: 'Twin', settings: { r: { a: 2 } } });
    expect(read(memory, [[first], [drifted]], ground).result.invalid).toHaveLength(1);

    const { result, compared } = read(memory, [[{ ...first, name: 'Else' }], [drifted]], ground);

    expect(compared).toBe(2);
    expect(result.observed[0]?.differences).toHaveLength(1);
  });

  test('two live flows of one name on two calm pages stay ambiguous', () => {
    const memory = makePageMemory();
    const ground = { desired: [aNamedFlow('Twin', { settings })] };
    const [one, two] = [liveFlow(1, { name: 'Twin' }), liveFlow(2, { name: 'Twin' })];
    read(memory, [[one]], ground);

    const { result } = read(memory, [[two], [one]], ground);

    expect(result.invalid[0]?.diagnostics[0]?.code).toBe('desired.name-ambiguous');
  });

  test('every tenth read compares every page', () => {
    const memory = makePageMemory();
    const compared = Array.from({ length: 21 }, () => read(memory, pages, { desired }).compared);
    expect(compared.flatMap((count, i) => (count > 0 ? [i] : []))).toEqual([0, 10, 20]);
  });

  test('when an ignore rule runs out, what it covered is compared', () => {
    const memory = makePageMemory();
    const ignore = [{ path: '/r/a', untilAt: NOW + 10 }];
    const ground = { desired: [desiredFlow(1, { ignore })] };
    const drifted = [[liveFlow(1, { settings: { r: { a: 2 } } })]];
    read(memory, drifted, ground);

    const before = read(memory, drifted, { ...ground, now: NOW + 9 });
    const after = read(memory, drifted, { ...ground, now: NOW + 10 });

    expect([before.compared, after.compared]).toEqual([0, 1]);
    expect(after.result.observed[0]?.differences).toHaveLength(1);
  });

  test('a read that was not whole changes nothing of what is known', () => {
    const memory = makePageMemory();
    read(memory, pages, { desired });
    memory.open({ desired, orgId: ORG_ID, now: NOW }).note('x', undefined);
    expect(read(memory, pages, { desired }).compared).toBe(0);
  });
});

describe('law of the page memory', () => {
  interface World {
    live: LiveFlow[];
    desired: DesiredFlow[];
    now: number;
    pageSize: number;
  }

  const names = ['A', 'B', 'C'];
  const someSettings = fc.constantFrom(
    // more often than others, so that pages are calm
    ...Array.from({ length: 4 }, () => ({ r: { a: 1 } })),
    { r: { a: 2 } },
    { routing: { scope: { type: 'org' } } },
    { routing: { scope: { type: 'org', id: ORG_ID } }, r: { a: 1 } },
  );
  const someIgnore = fc.constantFrom<readonly IgnoreRule[]>(
    [],
    [{ path: '/r/a', untilAt: NOW + 5 }],
    [{ path: '/r', untilAt: NOW + 20 }, { path: '/routing/scope/type' }],
  );
  const aNumber = fc.nat({ max: 5 });
  const someLive = fc
    .record({
      n: aNumber,
      name: fc.constantFrom(...names),
      settings: fc.option(someSettings, { nil: undefined, freq: 8 }),
      version: fc.nat({ max: 2 }),
    })
    .map(({ n, ...rest }): LiveFlow => aLiveFlow({ id: aFlowId(n), ...rest }));
  const someDesired = fc
    .record({
      n: aNumber,
      by: fc.constantFrom('id', 'name', 'both'),
      name: fc.constantFrom(...names),
      settings: someSettings,
      ignore: someIgnore,
    })
    .map(({ n, by, name, ...rest }): DesiredFlow => {
      const file = `${String(n)}-${by}.yaml`;
      if (by === 'name') return aNamedFlow(name, { file, ...rest });
      const named = by === 'both' ? { name } : {};
      return aDesiredFlow({ flowId: aFlowId(n), file, ...named, ...rest });
    });

  /** What may happen between two runs. */
  const someEvent: fc.Arbitrary<(world: World) => void> = fc.oneof(
    { weight: 4, arbitrary: fc.constant(() => undefined) },
    someLive.map((flow) => (world: World) => {
      world.live = [...world.live.filter(({ id }) => id !== flow.id), flow];
    }),
    aNumber.map((n) => (world: World) => {
      world.live = world.live.filter(({ id }) => id !== aFlowId(n));
    }),
    someDesired.map((flow) => (world: World) => {
      const at = world.desired.findIndex(({ file }) => file === flow.file);
      if (at < 0) world.desired = [...world.desired, flow];
      else world.desired = world.desired.with(at, flow);
    }),
    aNumber.map((n) => (world: World) => {
      world.desired = world.desired.toSpliced(n, 1);
    }),
    // git says something else of a flow, and goes on meaning the same one
    fc
      .record({ n: aNumber, settings: someSettings, ignore: someIgnore })
      .map(({ n, ...said }) => (world: World) => {
        world.desired = world.desired.map((flow, i) => (i === n ? { ...flow, ...said } : flow));
      }),
    fc.integer({ min: -10, max: 20 }).map((ms) => (world: World) => {
      world.now += ms;
    }),
    fc.integer({ min: 1, max: 4 }).map((size) => (world: World) => {
      world.pageSize = size;
    }),
  );

  test('whatever happens between runs, a run that remembers finds what one does that does not', () => {
    let [compared, all] = [0, 0];
    const start = fc.record({
      live: fc.uniqueArray(someLive, { selector: ({ id }) => id, maxLength: 6 }),
      desired: fc.uniqueArray(someDesired, { selector: ({ file }) => file, maxLength: 6 }),
      now: fc.constant(NOW),
      pageSize: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(start, fc.array(someEvent, { maxLength: 12 }), (world, events) => {
        const memory = makePageMemory({ reads: 5, ageMs: 30 });
        for (const happen of [() => undefined, ...events]) {
          happen(world);
          const { live, pageSize, desired, now } = world;
          const pages = Array.from({ length: Math.ceil(live.length / pageSize) }, (_none, i) =>
            live.slice(i * pageSize, (i + 1) * pageSize),
          );
          const remembering = read(memory, pages, { desired, now });
          const plain = read(makePageMemory(), pages, { desired, now });
          compared += remembering.compared;
          all += plain.compared;
          expect(remembering.result).toEqual(plain.result);
        }
      }),
      { numRuns: 300 },
    );
    // else the law would hold of a memory that remembers nothing
    expect(compared).toBeLessThan(all * 0.8);
  });
});
