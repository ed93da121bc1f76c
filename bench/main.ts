import { writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { firstRunRows } from './cases/first-run.ts';
import { idleMemoryRow } from './cases/idle-memory.ts';
import { isolationRows } from './cases/isolation.ts';
import { residentRows, settle } from './cases/resident.ts';
import { statusCommitRow } from './cases/status-commit.ts';
import { watchRow } from './cases/watch.ts';
import { driftRow, helpRow } from './cases/whole-process.ts';
import { renderRows } from './rows.ts';
import type { Row } from './rows.ts';
import { World, reconcile } from './world.ts';

const USAGE = `npm run bench -- [options]

  --n LIST       numbers of flows (1000,10000)
  --case LIST    only these: ${['help', 'drift', 'watch', 'commit', 'isolation', 'memory', 'first', 'resident'].join(', ')}
  --quick        fewer repetitions: an hour's numbers in some minutes, less exact
  --json FILE    the rows as JSON too
  --strict       exit code 1 when a target is missed`;

const { values: options } = parseArgs({
  options: {
    n: { type: 'string', default: '1000,10000' },
    case: { type: 'string' },
    json: { type: 'string' },
    quick: { type: 'boolean', default: false },
    strict: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (options.help) process.stdout.write(`${USAGE}\n`);
else process.exitCode = await bench();

async function bench(): Promise<number> {
  const sizes = options.n.split(',').map(Number);
  const rows: Row[] = [];
  const add = async (name: string, work: () => Promise<Row | readonly Row[]>): Promise<void> => {
    if (options.case !== undefined && !options.case.split(',').includes(name)) return;
    process.stderr.write(`bench: ${name} ...\n`);
    rows.push(...[await work()].flat());
  };
  await add('help', () => helpRow(repetitions(21)));
  await add('drift', () => driftRow(repetitions(11)));
  await add('watch', () => watchRow(1_000, repetitions(21)));
  for (const n of sizes) await add('commit', () => statusCommitRow(n, repetitions(21)));
  await add('isolation', () => isolationRows(repetitions(5)));
  await add('memory', () => idleMemoryRow(1_000, options.quick ? 100 : 1_000));
  for (const n of sizes) await inWorld(n, add);
  rows.push(...growthRows(rows));
  const [cpu] = cpus();
  const machine = `${String(cpus().length)} x ${cpu?.model ?? 'unknown CPU'}, ${(totalmem() / 1024 ** 3).toFixed(0)} GB, Node ${process.version}`;
  process.stdout.write(`${machine}\n\n${renderRows(rows)}`);
  if (options.json !== undefined)
    await writeFile(options.json, `${JSON.stringify({ version: 1, machine, rows }, null, 2)}\n`);
  return options.strict && rows.some(({ met }) => met === false) ? 1 : 0;
}

async function inWorld(
  n: number,
  add: (name: string, work: () => Promise<readonly Row[]>) => Promise<void>,
): Promise<void> {
  if (options.case !== undefined && !/first|resident/.test(options.case)) return;
  const world = await World.make({ flows: n, latencyMs: 0 });
  try {
    await add('first', () => firstRunRows(world, n > 10_000 ? 1 : repetitions(5)));
    await add('resident', async () => {
      const first = await world.startController('resident');
      await reconcile(first, { changes: 0 });
      await first.call('close', undefined);
      await first.stop();
      return residentRows(await settle(world, 'resident', n > 10_000 ? 5 : repetitions(15)));
    });
  } finally {
    await world.remove();
  }
}

function repetitions(count: number): number {
  return options.quick ? Math.ceil(count / 5) : count;
}

/** The same case at N and at ten times N. */
function growthRows(rows: readonly Row[]): readonly Row[] {
  return rows.flatMap((row): Row[] => {
    const { n = 0, wallMs } = row;
    const smaller = rows.find((other) => other.case === row.case && other.n === n / 10);
    if (n <= 10_000 || wallMs === undefined || smaller?.wallMs === undefined) return [];
    const ratio = wallMs / smaller.wallMs;
    const floor = `${smaller.wallMs.toFixed(0)} ms wall at ${String(n / 10)}`;
    const name = `${row.case}: time over that of a tenth`;
    return [{ case: name, n, wallMs, floor, ratio, target: '<= 10.5', met: ratio <= 10.5 }];
  });
}
