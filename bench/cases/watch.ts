import { EventEmitter, once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { watchFolder } from '../../src/adapters/files/watch-folder.ts';
import { silentLog } from '../../src/app/silent.ts';
import { systemClock } from '../../src/app/system-adapters.ts';
import { watchDesired } from '../../src/app/watch-desired.ts';
import type { WatchParts, WatchView } from '../../src/app/watch-desired.ts';
import { seedFlows } from '../../src/simulator/seed.ts';
import { ORG, benchFlowOf, flowFile, POLICY, POLICY_PATH } from '../desired-files.ts';
import type { Row } from '../rows.ts';
import { medianOf } from '../pairs.ts';

const TARGET_MS = 300;

/** From a save until the new plan is there, with the org as it was read before. */
export async function watchRow(n: number, repetitions: number): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'flowkeeper-bench-watch-'));
  const flows = [...seedFlows({ count: n, seed: 1, orgId: 'o' })].map(benchFlowOf);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write(POLICY_PATH, POLICY);
  for (const flow of flows) write(flow.path, flowFile(flow));
  const live = flows.map(({ id, name, settings }) => ({ id, name, version: 1, settings }));
  const app = {
    config: { orgs: [{ name: ORG, orgId: 'o' }] },
    knownFlows: () => Promise.resolve(new Map()),
    live: () => Promise.resolve(live),
  };
  const views = new EventEmitter();
  const end = new AbortController();
  const parts: WatchParts = {
    path: folder,
    clock: systemClock,
    watch: (path, onHint) => watchFolder(path, silentLog, onHint),
    planning: { app: app as never, orgs: [ORG], refreshMs: Infinity },
  };
  const watching = watchDesired(
    parts,
    (view) => Promise.resolve(void views.emit('view', view)),
    end.signal,
  );
  await once(views, 'view');
  const times: number[] = [];
  const before = process.cpuUsage();
  for (let i = 0; i < repetitions; i += 1) {
    const flow = flows[(i * 37) % n];
    if (!flow) continue;
    // two saves do not fall together, as they do not under a person's hands
    await systemClock.sleep(300, end.signal);
    const startedAt = performance.now();
    write(flow.path, flowFile(flow, 1_000 + i));
    await seen(views, 1_000 + i);
    times.push(performance.now() - startedAt);
  }
  const { user, system } = process.cpuUsage(before);
  end.abort();
  await watching;
  rmSync(folder, { recursive: true, force: true });
  const wallMs = medianOf(times);
  const worst = Math.max(...times).toFixed(0);
  return {
    case: 'watch: from a save until it is validated and planned',
    n,
    wallMs,
    cpuMs: (user + system) / 1000 / times.length,
    target: `${String(TARGET_MS)} ms`,
    met: wallMs <= TARGET_MS,
    note: `the slowest of ${String(times.length)} took ${worst} ms`,
  };
}

/** Resolves once a plan would write this value. */
async function seen(views: EventEmitter, wanted: number): Promise<void> {
  for (;;) {
    const [{ planned }] = (await once(views, 'view')) as [WatchView];
    const fields = planned?.plans.flatMap(({ plan }) =>
      plan.changes.flatMap((each) => each.fields),
    );
    if (fields?.some(({ desired }) => desired === wanted)) return;
  }
}
