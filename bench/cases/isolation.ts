import type { FlowTimes } from '../processes/controller.ts';
import type { HangAt } from '../processes/simulator.ts';
import { medianOf } from '../pairs.ts';
import type { Row } from '../rows.ts';
import { World } from '../world.ts';

const STEPS: readonly { readonly at: HangAt; readonly words: string }[] = [
  { at: 'snapshot', words: 'the read before the write' },
  { at: 'patch', words: 'the PATCH' },
  { at: 'reload', words: 'the reload (every fifth of all)' },
  { at: 'verify', words: 'the read after the write' },
];
const TARGET = 1.1;

/**
 * 100 of 1,000 flows drifted. How long 95 of 100 of the healthy ones take from the start of the run, over the same
 * flows where none hangs, while every fifth hangs at one step: no answer ever comes. Each round does all, one
 * after the other.
 */
export async function isolationRows(rounds: number): Promise<readonly Row[]> {
  const world = await World.make({ flows: 1_000, latencyMs: 50 });
  try {
    const controller = await world.startController('isolation');
    await controller.call('reconcile', { fullCompare: true });
    const drifted = world.someFlows(100);
    const hanging = drifted.filter((_flow, i) => i % 5 === 2).map(({ id }) => id);
    const run = async (at: HangAt | undefined): Promise<FlowTimes> => {
      const healthy = drifted.map(({ id }) => id);
      const waitedFor =
        at === undefined || at === 'reload'
          ? healthy
          : healthy.filter((id) => !hanging.includes(id));
      await world.drift(drifted);
      if (at !== undefined) await world.simulator.call('hang', { at, ids: hanging });
      const { value } = await controller.call('untilApplied', waitedFor);
      await world.simulator.call('answer', undefined);
      await controller.call('reconcile', { fullCompare: true });
      await world.check(
        new Map(drifted.map(({ id, settings }) => [id, settings.routing.maxWaitTime])),
      );
      return value;
    };
    await run(undefined);
    const floors: FlowTimes[] = [];
    const ours = new Map<HangAt, FlowTimes[]>(STEPS.map(({ at }) => [at, []]));
    for (let i = 0; i < rounds; i += 1) {
      floors.push(await run(undefined));
      for (const { at } of STEPS) ours.get(at)?.push(await run(at));
    }
    return STEPS.map(({ at, words }) => rowOf(words, ours.get(at) ?? [], floors));
  } finally {
    await world.remove();
  }
}

function rowOf(words: string, ours: readonly FlowTimes[], floors: readonly FlowTimes[]): Row {
  const pairs = ours.map((times, i) => {
    const floor = floors[i] ?? [];
    const ids = new Set(times.map(([id]) => id));
    return { ms: p95Of(times), floorMs: p95Of(floor.filter(([id]) => ids.has(id))) };
  });
  const ratio = medianOf(pairs.map(({ ms, floorMs }) => ms / floorMs));
  return {
    case: `healthy flows, p95, while every fifth hangs at ${words}`,
    n: 100,
    wallMs: medianOf(pairs.map(({ ms }) => ms)),
    floor: `${medianOf(pairs.map(({ floorMs }) => floorMs)).toFixed(0)} ms, none hangs`,
    ratio,
    target: `<= ${TARGET.toFixed(1)}`,
    met: ratio <= TARGET,
  };
}

function p95Of(times: FlowTimes): number {
  const sorted = times.map(([, ms]) => ms).toSorted((a, b) => a - b);
  return sorted[Math.ceil(0.95 * sorted.length) - 1] ?? Number.NaN;
}
