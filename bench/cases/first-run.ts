import { alternate, medianOf, ratioOf } from '../pairs.ts';
import { flowFile } from '../desired-files.ts';
import type { ParserHandlers } from '../processes/parser.ts';
import { startWorker } from '../rpc.ts';
import type { Measured } from '../rpc.ts';
import type { Row } from '../rows.ts';
import { reconcile } from '../world.ts';
import type { World } from '../world.ts';
import { costsOf } from './resident.ts';

const LIMIT = 1.3;

/** Nothing was ever parsed, compared or recorded; fresh processes on both sides. Leaves the state `first-0`. */
export async function firstRunRows(world: World, pairs: number): Promise<Row[]> {
  const texts = world.flows.map((flow) => flowFile(flow));
  let count = 0;
  const measured = await alternate<Measured<unknown>, Measured<unknown>>(
    pairs,
    async () => {
      const parser = await startWorker<ParserHandlers>(
        new URL('../processes/parser.ts', import.meta.url),
      );
      const run = await parser.call('parseAll', texts);
      await parser.stop();
      return run;
    },
    async () => {
      const controller = await world.startController(`first-${String(count)}`);
      count += 1;
      const run = await reconcile(controller, { changes: 0 });
      await controller.call('close', undefined);
      await controller.stop();
      return run;
    },
  );
  return (['wallMs', 'cpuMs'] as const).map((cost) => {
    const ratio = ratioOf(measured, (run) => run[cost]);
    const unit = cost === 'wallMs' ? 'wall' : 'CPU';
    const base = medianOf(measured.floors.map((run) => run[cost]));
    return {
      ...costsOf(measured.ours),
      case: `first run ever, all parsed, compared, recorded, pushed, ${unit}`,
      n: world.flows.length,
      floor: `${base.toFixed(0)} ms ${unit}, parse + validate`,
      ratio,
      target: `<= ${String(LIMIT)}`,
      met: ratio <= LIMIT,
    };
  });
}
