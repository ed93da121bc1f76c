/**
 * A host that pushes for all it is worth, at a controller as it is shipped: every delivery signed, each with an id of its
 * own, at a steady rate. Tells what was answered, how late, into how many looks at git and runs all of it was made, and
 * what it left in memory.
 *
 *     npm run load -- [--rate 200] [--seconds 10]
 */
import { spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { appendFile, readFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CrashWorld } from '../test/crash/crash-world.ts';

const CLI = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const SECRET = 'a-secret-of-the-hook-of-this-load';
const BODY = JSON.stringify({
  ref: 'refs/heads/main',
  before: '0'.repeat(40),
  after: '1'.repeat(40),
});
const SIGNATURE = `sha256=${createHmac('sha256', SECRET).update(BODY).digest('hex')}`;
/** Of growth that only a full garbage collection takes back. */
const MEMORY_NOISE_MB = 60;

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '10' },
  },
});
const [rate, seconds] = [Number(values.rate), Number(values.seconds)];

const world = await CrashWorld.start({ flows: 10, latencyMs: 5, remote: 'path', isInSync: true });
await appendFile(
  world.config,
  `server: { listen: 127.0.0.1:0, webhooks: { github: { secrets: ['${SECRET}'] } } }\n`,
);
const controller = spawn(process.execPath, [CLI, 'run', '--config', world.config], {
  stdio: ['ignore', 'ignore', 'pipe'],
});
let said = '';
controller.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
try {
  process.exitCode = await load();
} finally {
  controller.kill('SIGKILL');
  await world.stop();
}

async function load(): Promise<0 | 1> {
  const [, url = ''] = await says(/"message":"listening","url":"([^"]+)"/);
  await says(/"message":"run ended"/);
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  // once to compile, open connections and fill pools
  await burst(url, agent, 1);
  const before = { rssMb: await rssMb(), metrics: await metricsOf(url) };
  const { statuses, latencies, tookMs } = await burst(url, agent, seconds);
  const after = { rssMb: await rssMb(), metrics: await metricsOf(url) };
  agent.destroy();
  const count = statuses.length;
  const accepted = statuses.filter((status) => status === 202).length;
  const grown = (name: string): number => sumOf(after.metrics, name) - sumOf(before.metrics, name);
  const at = (share: number): string =>
    (latencies[Math.floor(share * (count - 1))] ?? 0).toFixed(1);
  process.stdout.write(
    `${String(count)} pushes in ${(tookMs / 1000).toFixed(1)} s, ${String(accepted)} accepted
answered after ${at(0.5)} ms (median), ${at(0.99)} ms (99 %), ${at(1)} ms (last)
${String(grown('flowkeeper_trigger_total'))} triggers stored, ${String(grown('flowkeeper_git_requests_total'))} requests of git, ${String(grown('flowkeeper_reconcile_total'))} runs
RSS ${before.rssMb.toFixed(0)} -> ${after.rssMb.toFixed(0)} MB
`,
  );
  const isFlat = after.rssMb - before.rssMb < MEMORY_NOISE_MB;
  const isCoalesced = grown('flowkeeper_reconcile_total') < count / 10;
  return accepted === count && isFlat && isCoalesced ? 0 : 1;
}

interface Burst {
  readonly statuses: readonly number[];
  /** Milliseconds, sorted. */
  readonly latencies: readonly number[];
  readonly tookMs: number;
}

async function burst(url: string, agent: Agent, forSeconds: number): Promise<Burst> {
  const startedMs = performance.now();
  const answers: Promise<{ readonly status: number; readonly ms: number }>[] = [];
  const total = rate * forSeconds;
  while (answers.length < total) {
    const due = Math.min(total, Math.ceil(((performance.now() - startedMs) / 1000) * rate));
    while (answers.length < due) answers.push(push(url, agent));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const all = await Promise.all(answers);
  return {
    statuses: all.map(({ status }) => status),
    latencies: all.map(({ ms }) => ms).toSorted((a, b) => a - b),
    tookMs: performance.now() - startedMs,
  };
}

function push(
  url: string,
  agent: Agent,
): Promise<{ readonly status: number; readonly ms: number }> {
  const startedMs = performance.now();
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(BODY)),
    'x-github-event': 'push',
    'x-github-delivery': randomUUID(),
    'x-hub-signature-256': SIGNATURE,
  };
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/hooks/github`, { method: 'POST', headers, agent }, (answer) => {
      answer.resume().on('end', () => {
        resolve({ status: answer.statusCode ?? 0, ms: performance.now() - startedMs });
      });
    });
    sent.on('error', reject).end(BODY);
  });
}

async function metricsOf(url: string): Promise<string> {
  return (await fetch(`${url}/metrics`)).text();
}

/** Over all labels. */
function sumOf(metrics: string, name: string): number {
  return metrics
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}

async function rssMb(): Promise<number> {
  const status = await readFile(`/proc/${String(controller.pid)}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

async function says(pattern: RegExp): Promise<RegExpExecArray> {
  for (;;) {
    const match = pattern.exec(said);
    if (match) return match;
    if (controller.exitCode !== null) throw new Error(`the controller ended: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
