import { readdirSync } from 'node:fs';
import { createApp } from '../../src/app/create-app.ts';
import type { App } from '../../src/app/create-app.ts';
import { loadConfigFile } from '../../src/app/load-config-file.ts';
import { silentLog, silentObserver } from '../../src/app/silent.ts';
import { seededRandom } from '../../src/simulator/random.ts';
import { CrashWorld, ORG, STATUS_BRANCH } from '../crash/crash-world.ts';
import { readAuditChain } from '../support/audit-chain.ts';
import { overlapsOf } from '../support/overlaps.ts';
import { FastClock } from '../support/fast-clock.ts';
import { nextFaults } from './next-faults.ts';

/** The policy's default `interval`. */
const INTERVAL_MS = 5 * 60_000;
const RUNS_AN_HOUR = 12;
const RUNS_A_DAY = 24 * RUNS_AN_HOUR;
/** Retries wait for a twentieth of the time. */
const SPEED = 20;
/** Of the first runs nothing is held against the controller: code is compiled, pools and caches fill. */
const WARM_UP_SHARE = 0.2;
const QUIET_RUNS = 6;

export interface SoakOptions {
  readonly runs: number;
  readonly flows: number;
  readonly seed: number;
  readonly onSample?: (sample: Sample) => void;
}

/** What the process held after so many runs. */
export interface Sample {
  readonly runs: number;
  /** In use after a garbage collection. */
  readonly heapMb: number;
  readonly rssMb: number;
  /** Open files and sockets. */
  readonly handles: number;
  /** Of the status branch in its repository, as pushed, never packed. */
  readonly branchKb: number;
}

export interface SoakResult {
  /** After the warm-up, and at the end. */
  readonly first: Sample;
  readonly last: Sample;
  readonly faults: number;
  readonly changes: number;
  readonly auditRecords: number;
  readonly branchKbADay: number;
  /** After `git gc`. */
  readonly packedKb: number;
  /** What was not as it should be at the end, in words. */
  readonly breaches: readonly string[];
}

/**
 * One controller for many runs, five minutes apart on a clock of its own, with a service that fails all the time and
 * one change an hour, made in git and by hand in turn. Wants `--expose-gc`.
 */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const world = await CrashWorld.start({
    flows: options.flows,
    latencyMs: 0,
    remote: 'path',
    isInSync: true,
  });
  const clock = new FastClock(SPEED);
  const given = { log: silentLog, observer: silentObserver, clock };
  const app = await createApp(await loadConfigFile(world.config, {}), given);
  const reconcile = async (): Promise<void> => {
    clock.advance(INTERVAL_MS);
    await app.reconcile({}, new AbortController().signal);
  };
  const random = seededRandom(options.seed);
  let [faults, changes] = [0, 0];
  const samples: Sample[] = [];
  const sample = async (runs: number): Promise<void> => {
    const now = { runs, ...(await held(world)) };
    samples.push(now);
    options.onSample?.(now);
  };
  try {
    await reconcile();
    const warmUp = Math.ceil(options.runs * WARM_UP_SHARE);
    const every = Math.max(1, Math.floor(options.runs / 20));
    for (let run = 1; run <= options.runs; run += 1) {
      if (run % RUNS_AN_HOUR === 0) {
        changes += 1;
        await change(world, changes);
      }
      const due = nextFaults(random);
      faults += due.length;
      await world.begin(due);
      await reconcile();
      if (run === warmUp || run === options.runs || (run > warmUp && run % every === 0))
        await sample(run);
    }
    await world.begin([]);
    for (let run = 0; run < QUIET_RUNS; run += 1) await reconcile();
    const [first, last] = [samples.at(0), samples.at(-1)];
    if (!first || !last) throw new Error('no run');
    const days = (last.runs - first.runs) / RUNS_A_DAY;
    return {
      first,
      last,
      faults,
      changes,
      ...(await endOf(world, app)),
      branchKbADay: (last.branchKb - first.branchKb) / days,
    };
  } finally {
    await app.close();
    await world.stop();
  }
}

async function change(world: CrashWorld, n: number): Promise<void> {
  const flowId = world.flowIds[(n * 7) % world.flowIds.length] ?? '';
  if (n % 2 === 0) await world.simulator.edit(flowId, { routing: { maxWaitTime: 3000 + n } });
  else await world.wish({ maxWaitTime: 100 + n, flowIds: [flowId], onReloadFailure: 'keep' });
}

async function held(world: CrashWorld): Promise<Omit<Sample, 'runs'>> {
  if (!globalThis.gc) throw new Error('run it by node --expose-gc');
  globalThis.gc();
  const { heapUsed, rss } = process.memoryUsage();
  return {
    heapMb: heapUsed / 1024 ** 2,
    rssMb: rss / 1024 ** 2,
    handles: openHandles(),
    branchKb: await branchKb(world),
  };
}

/** Sockets of the HTTP agent come and go; what is not closed any more adds up. */
function openHandles(): number {
  if (process.platform === 'linux') return readdirSync('/proc/self/fd').length;
  return process.getActiveResourcesInfo().length;
}

async function branchKb({ repository }: CrashWorld): Promise<number> {
  const words = ['rev-list', '--objects', '--disk-usage', STATUS_BRANCH] as const;
  return Number(await repository.run(...words)) / 1024;
}

async function endOf(
  world: CrashWorld,
  app: App,
): Promise<Pick<SoakResult, 'auditRecords' | 'packedKb' | 'breaches'>> {
  const audits = readAuditChain(await world.repository.files(STATUS_BRANCH), ORG);
  const [report] = await app.plan({}, new AbortController().signal);
  const left = (report?.plan?.changes ?? []).map(({ flowId }) => `${flowId} still differs`);
  const { violations } = await world.simulator.state();
  const overlaps = overlapsOf(violations, await world.simulator.requests()).map((violation) =>
    JSON.stringify(violation),
  );
  await world.repository.run('gc', '--quiet', '--prune=now');
  const breaches = [...left, ...overlaps, ...(report?.plan ? [] : ['there is no plan'])];
  return { auditRecords: audits.length, packedKb: await branchKb(world), breaches };
}
