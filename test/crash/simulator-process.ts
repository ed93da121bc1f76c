/**
 * The simulated service as a process of its own. The first line of its stdin: its options as JSON. Says its address
 * when it listens, and ends when its stdin does.
 */
import { createInterface } from 'node:readline';
import { startSimulator } from '../../src/simulator/simulator.ts';
import type { SimulatorOptions } from '../../src/simulator/options.ts';

const lines = createInterface({ input: process.stdin });
lines.once('line', (line) => {
  void startSimulator(JSON.parse(line) as SimulatorOptions).then(({ url }) => {
    process.stdout.write(`${url}\n`);
  });
});
lines.once('close', () => {
  process.exit();
});
