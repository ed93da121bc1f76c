/**
 * A thousand runs in one process with a service that keeps failing, and a look at what that leaves behind: memory,
 * open handles, the status branch. Writes nothing but what it prints.
 *
 *     npm run soak -- [--runs 1000] [--flows 1000] [--seed 1]
 */
import { parseArgs } from 'node:util';
import { soak } from '../test/soak/soak.ts';
import type { Sample } from '../test/soak/soak.ts';

/** What may differ from one look to the next without meaning anything. */
const HEAP_NOISE_MB = 3;
const HANDLE_NOISE = 4;
/** At 1,000 flows and one change an hour. */
const BRANCH_KB_A_DAY = 1024;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    flows: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
  },
});

function told({ runs, heapMb, rssMb, handles, branchKb }: Sample): string {
  const heap = `heap ${heapMb.toFixed(1)} MB, RSS ${rssMb.toFixed(0)} MB`;
  return `${String(runs).padStart(6)} runs  ${heap}, ${String(handles)} handles, branch ${branchKb.toFixed(0)} kB`;
}

const startedMs = performance.now();
const result = await soak({
  runs: Number(values.runs),
  flows: Number(values.flows),
  seed: Number(values.seed),
  onSample: (sample) => process.stdout.write(`${told(sample)}\n`),
});
const { first, last, branchKbADay, breaches } = result;
const faults = [
  ...breaches,
  ...(last.heapMb - first.heapMb > HEAP_NOISE_MB ? ['the heap grew'] : []),
  ...(last.handles - first.handles > HANDLE_NOISE ? ['handles were left open'] : []),
  ...(branchKbADay > BRANCH_KB_A_DAY ? ['the status branch grew beyond its budget'] : []),
];
const minutes = ((performance.now() - startedMs) / 60_000).toFixed(1);
process.stdout.write(
  `${String(last.runs)} runs of ${values.flows} flows, ${String(result.faults)} faults, ${String(result.changes)} changes, ${String(result.auditRecords)} audit records, seed ${values.seed}, ${minutes} min
heap ${first.heapMb.toFixed(1)} -> ${last.heapMb.toFixed(1)} MB, handles ${String(first.handles)} -> ${String(last.handles)}, status branch ${branchKbADay.toFixed(0)} kB a day as pushed (budget ${String(BRANCH_KB_A_DAY)}), ${result.packedKb.toFixed(0)} kB altogether once packed
${faults.length === 0 ? 'ok' : `BREACH: ${faults.join('; ')}`}
`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
