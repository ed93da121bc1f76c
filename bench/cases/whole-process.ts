import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import { ROOT } from '../built.ts';
import { alternate, medianOf, ratioOf } from '../pairs.ts';
import { endedChildrenCpuMs } from '../rpc.ts';
import type { Row } from '../rows.ts';
import { World } from '../world.ts';
import { requestsOf } from './resident.ts';

const MAIN = fileURLToPath(new URL('dist/cli/main.js', ROOT));

interface ProcessRun {
  readonly wallMs: number;
  /** With the processes that it started. */
  readonly cpuMs: number;
}

/** From the shell's point of view: the process is started, does it all, and ends. */
export async function driftRow(pairs: number): Promise<Row> {
  const [flows, latencyMs, atOnce] = [1_000, 20, 4];
  const world = await World.make({ flows, latencyMs });
  try {
    const config = await world.config('cli');
    await runNode([MAIN, 'reconcile', '--config', config]);
    const drifted = world.someFlows(10);
    const bareLoop = await writeBareLoop();
    const measured = await alternate(
      pairs,
      async () => {
        const changes = await world.drift(drifted);
        return runNode([bareLoop, JSON.stringify({ ...world.bare, changes, atOnce })]);
      },
      async () => {
        await world.drift(drifted);
        return runNode([MAIN, 'reconcile', '--config', config]);
      },
    );
    await world.drift(drifted);
    const counted = await requestsOf(world, () => runNode([MAIN, 'reconcile', '--config', config]));
    await world.check(
      new Map(drifted.map(({ id, settings }) => [id, settings.routing.maxWaitTime])),
    );
    const ratio = ratioOf(measured, ({ wallMs }) => wallMs);
    return {
      case: '1 % drifted, 20 ms latency, whole process with commit and push, wall',
      n: flows,
      wallMs: medianOf(measured.ours.map(({ wallMs }) => wallMs)),
      cpuMs: medianOf(measured.ours.map(({ cpuMs }) => cpuMs)),
      requests: counted.total,
      floor: `${medianOf(measured.floors.map(({ wallMs }) => wallMs)).toFixed(0)} ms wall, same requests`,
      ratio,
      target: '<= 2.5',
      met: ratio <= 2.5,
      note: 'the CPU is that of the process and of git together',
    };
  } finally {
    await world.remove();
  }
}

export async function helpRow(pairs: number): Promise<Row> {
  const measured = await alternate(
    pairs,
    () => runNode(['-e', '0']),
    () => runNode([MAIN, '--help']),
  );
  const ratio = ratioOf(measured, ({ wallMs }) => wallMs);
  return {
    case: 'start to `--help`, wall',
    wallMs: medianOf(measured.ours.map(({ wallMs }) => wallMs)),
    cpuMs: medianOf(measured.ours.map(({ cpuMs }) => cpuMs)),
    floor: `${medianOf(measured.floors.map(({ wallMs }) => wallMs)).toFixed(0)} ms wall, node -e 0`,
    ratio,
    target: '<= 1.6',
    met: ratio <= 1.6,
  };
}

/** The bare loop as one plain JavaScript file, so that it does not pay for taking types away. */
async function writeBareLoop(): Promise<string> {
  const loop = await readFile(new URL('bench/bare-loop.ts', ROOT), 'utf8');
  const main = `
const options = JSON.parse(process.argv[2]);
const client = await logIn(options);
await listAll(client);
await applyAll(client, options.orgId, options.changes, options.atOnce);
`;
  const folder = new URL('dist/bench/', ROOT);
  await mkdir(folder, { recursive: true });
  const file = new URL('bare-loop.mjs', folder);
  await writeFile(file, stripTypeScriptTypes(loop) + main);
  return fileURLToPath(file);
}

async function runNode(args: readonly string[]): Promise<ProcessRun> {
  const cpuMs = endedChildrenCpuMs();
  const startedMs = performance.now();
  const child = spawn(process.execPath, [...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  const words: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => words.push(chunk));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const wallMs = performance.now() - startedMs;
  if (code === 0) return { wallMs, cpuMs: endedChildrenCpuMs() - cpuMs };
  throw new Error(
    `${args.join(' ')} ended with ${String(code)}: ${Buffer.concat(words).toString()}`,
  );
}
