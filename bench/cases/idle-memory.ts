import type { Row } from '../rows.ts';
import { World, reconcile } from '../world.ts';
import { costsOf } from './resident.ts';

/** Of the first runs nothing is held against the controller: code is compiled, pools fill. */
const WARM_UP_SHARE = 0.2;
/** What the heap may differ by from one measurement to the next without meaning anything. */
const NOISE_MB = 1;

/** Whether idle runs leave anything behind. */
export async function idleMemoryRow(n: number, runs: number): Promise<Row> {
  const world = await World.make({ flows: n, latencyMs: 0 });
  try {
    const controller = await world.startController('idle', ['--expose-gc']);
    await reconcile(controller, { changes: 0 });
    const heap = async (): Promise<{ readonly heapMb: number; readonly rssMb: number }> => {
      const { value, rssMb } = await controller.call('heapInUseMb', undefined);
      return { heapMb: value, rssMb };
    };
    const warm = Math.floor(runs * WARM_UP_SHARE);
    const measured = [];
    let before = await heap();
    for (let i = 0; i < runs; i += 1) {
      if (i === warm) before = await heap();
      // one in ten compares every page, as in life
      measured.push(await reconcile(controller, { changes: 0, fullCompare: i % 10 === 0 }));
    }
    const after = await heap();
    const grownMb = after.heapMb - before.heapMb;
    return {
      ...costsOf(measured),
      case: `${String(runs)} idle runs, heap in use afterwards`,
      n,
      floor: `${before.heapMb.toFixed(1)} MB after ${String(warm)} runs`,
      target: 'no growth',
      met: grownMb <= NOISE_MB,
      note: `heap ${before.heapMb.toFixed(1)} -> ${after.heapMb.toFixed(1)} MB, RSS ${before.rssMb.toFixed(0)} -> ${after.rssMb.toFixed(0)} MB over ${String(runs - warm)} runs`,
    };
  } finally {
    await world.remove();
  }
}
