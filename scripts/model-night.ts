/**
 * Runs random programs of merges, hand edits, faults and crashes against the engine, and looks after each whether
 * everything holds that must. Writes nothing but what it prints.
 *
 *     npm run model -- [--programs 20000] [--seed 1] [--path 12:3:4]
 */
import { parseArgs } from 'node:util';
import { checkPrograms } from '../test/model/program.ts';

const { values } = parseArgs({
  options: {
    programs: { type: 'string', default: '20000' },
    seed: { type: 'string' },
    path: { type: 'string' },
  },
});
const programs = Number(values.programs);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const startedMs = performance.now();
let count = 0;

process.stdout.write(`seed ${String(seed)}\n`);
const breach = await checkPrograms({
  programs,
  seed,
  ...(values.path !== undefined && { path: values.path }),
  onProgram: () => {
    count += 1;
    if (count % 1000 === 0) process.stdout.write(`${String(count)} programs\n`);
  },
});
const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
if (breach !== undefined) process.stdout.write(`${breach}\n`);
process.stdout.write(`${String(count)} programs, seed ${String(seed)}, ${seconds} s\n`);
process.exitCode = breach === undefined ? 0 : 1;
