/**
 * The simulated service as a process of its own. Argument: its options as JSON. Says its address when it listens,
 * and ends when its stdin does.
 */
import { startSimulator } from '../../src/simulator/simulator.ts';
import type { SimulatorOptions } from '../../src/simulator/options.ts';

const simulator = await startSimulator(JSON.parse(process.argv[2] ?? '{}') as SimulatorOptions);
process.stdout.write(`${simulator.url}\n`);
process.stdin.resume().once('end', () => {
  process.exit();
});
