import { describe, expect, test } from '@jest/globals';
import type { BudgetState } from '../../../src/domain/request-budget.ts';
import { forecastChanges, forecastRun } from '../../../src/plan/forecast.ts';
import type { ForecastInput } from '../../../src/plan/forecast.ts';
import { aChange, aFlowId, aPolicy, NOW } from '../../support/builders.ts';

const UNSPENT: BudgetState = { at: NOW, requestsTat: 0, stalledUntil: 0, updatesAt: [] };

const flows = (count: number, priority: 'people' | 'routine' = 'people'): ForecastInput['flows'] =>
  Array.from({ length: count }, (_, i) => ({ flowId: aFlowId(i + 1), priority, after: [] }));

function aForecast(input: Partial<ForecastInput> = {}): ReturnType<typeof forecastRun> {
  return forecastRun({
    flows: flows(1),
    lookUps: 0,
    concurrency: 1,
    snapshotsFirst: false,
    limits: { requestsPerMinute: 240, updatesPerMinute: 30 },
    spent: UNSPENT,
    ...input,
  });
}

const lastEndOf = ({ endMsOf }: ReturnType<typeof forecastRun>): number =>
  Math.max(...endMsOf.values());

describe('calls', () => {
  test.each([
    { name: 'nothing', input: { flows: [] }, reads: 0, writes: 0, reloads: 0 },
    { name: 'one flow', input: {}, reads: 2, writes: 1, reloads: 1 },
    { name: 'one after the other', input: { flows: flows(9) }, reads: 18, writes: 9, reloads: 9 },
    {
      name: 'four at once: the first has its reload, the others share the next',
      input: { flows: flows(8), concurrency: 4 },
      ...{ reads: 16, writes: 8, reloads: 4 },
    },
    {
      name: 'snapshots that are pushed first',
      input: { flows: flows(9), concurrency: 4, snapshotsFirst: true },
      ...{ reads: 27, writes: 9, reloads: 5 },
    },
  ])('of $name', ({ input, reads, writes, reloads }) => {
    expect(aForecast(input)).toMatchObject({ reads, writes, reloads, lookUps: 0 });
  });

  test('look-ups are told apart, and come before the first flow', () => {
    const limits = { requestsPerMinute: 4, updatesPerMinute: 30 };
    expect(aForecast({ limits, lookUps: 3 })).toMatchObject({ reads: 2, lookUps: 3, minutes: 1.5 });
    expect(aForecast({ flows: [], lookUps: 3 })).toMatchObject({ minutes: 0 });
  });
});

describe('time', () => {
  test.each([
    { name: 'a burst of requests takes none', count: 15, rate: [240, 30], ms: 0 },
    {
      name: 'the request beyond it takes a quarter of a second',
      count: 16,
      rate: [240, 30],
      ms: 1000,
    },
    { name: 'updates of one minute take none', count: 30, rate: [1000, 30], ms: 0 },
    { name: 'one more takes a minute', count: 31, rate: [1000, 30], ms: 60_000 },
    { name: 'without limits nothing takes time', count: 500, rate: [1_000_000, 1_000_000], ms: 0 },
  ])('$name', ({ count, rate, ms }) => {
    const [requestsPerMinute = 0, updatesPerMinute = 0] = rate;
    const limits = { requestsPerMinute, updatesPerMinute };
    expect(lastEndOf(aForecast({ flows: flows(count), limits }))).toBe(ms);
  });

  test.each([
    { name: 'of the updates', count: 24, rate: [1000, 30], ms: 0 },
    { name: 'of the updates, and not more', count: 25, rate: [1000, 30], ms: 60_000 },
    { name: 'of the requests', count: 12, rate: [240, 1000], ms: 0 },
    { name: 'of the requests, and not more', count: 13, rate: [240, 1000], ms: 1000 },
  ])('drift gets four fifths $name', ({ count, rate, ms }) => {
    const [requestsPerMinute = 0, updatesPerMinute = 0] = rate;
    const limits = { requestsPerMinute, updatesPerMinute };
    const routine = aForecast({ flows: flows(count, 'routine'), limits });
    expect(lastEndOf(routine)).toBe(ms);
    expect(lastEndOf(aForecast({ flows: flows(count), limits }))).toBe(0);
  });

  test('what people caused goes before drift that stands in the line already', () => {
    const [first, ...others] = flows(40, 'routine');
    const mixed = [...others, { ...first!, priority: 'people' as const }];
    const limits = { requestsPerMinute: 60, updatesPerMinute: 1000 };
    const { endMsOf } = aForecast({ flows: mixed, limits, concurrency: 40 });
    const ends = [...endMsOf.values()];
    expect(endMsOf.get(aFlowId(1))).toBe(Math.min(...ends));
  });

  test('a silence that the service asked for is waited out', () => {
    const spent = { ...UNSPENT, stalledUntil: NOW + 45_000 };
    expect(aForecast({ spent })).toMatchObject({ minutes: 0.8 });
    expect(lastEndOf(aForecast({ spent }))).toBe(45_000);
  });

  test('what was spent before counts', () => {
    const updatesAt = Array.from({ length: 30 }, (_, i) => NOW - 59_000 + i);
    expect(lastEndOf(aForecast({ spent: { ...UNSPENT, updatesAt } }))).toBe(1000);
    const requestsTat = NOW + 15_000;
    expect(lastEndOf(aForecast({ spent: { ...UNSPENT, requestsTat } }))).toBe(1000);
  });

  test('a flow ends after those that it waits for; those that are not written do not count', () => {
    const limits = { requestsPerMinute: 4, updatesPerMinute: 30 };
    const [a, b, c] = flows(3);
    const chain = [{ ...a!, after: [b!.flowId] }, { ...b!, after: [c!.flowId, aFlowId(99)] }, c!];
    const { endMsOf } = aForecast({ flows: chain, limits, concurrency: 3 });
    const order = [...endMsOf].toSorted(([, x], [, y]) => x - y).map(([id]) => id);
    expect(order).toEqual([c!.flowId, b!.flowId, a!.flowId]);
  });

  test('flows that wait for each other are not foreseen to end', () => {
    const [a, b, c] = flows(3);
    const circle = [{ ...a!, after: [b!.flowId] }, { ...b!, after: [a!.flowId] }, c!];
    expect([...aForecast({ flows: circle }).endMsOf.keys()]).toEqual([c!.flowId]);
  });

  test('ten thousand flows are foreseen in a moment, and to the minute', () => {
    const { minutes } = aForecast({ flows: flows(10_000), concurrency: 4 });
    expect(minutes).toBe(333);
  });
});

test('changes alone are foreseen as if nothing had been spent', () => {
  const changes = [1, 2, 3].map((n) => aChange({ flowId: aFlowId(n), kind: 'drift' }));
  const policy = aPolicy({ apply: { concurrency: 1, pushSnapshotsFirst: true } });
  expect(forecastChanges(changes, policy)).toMatchObject({
    reads: 9,
    writes: 3,
    reloads: 3,
    lookUps: 0,
    minutes: 0,
  });
});
