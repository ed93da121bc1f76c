import { alternate, meanOf, medianOf, ratioOf } from '../pairs.ts';
import type { Pairs } from '../pairs.ts';
import type { BareLoopHandlers } from '../processes/bare-loop.ts';
import type { ControllerHandlers, RunResult } from '../processes/controller.ts';
import type { Measured, Worker } from '../rpc.ts';
import type { Row } from '../rows.ts';
import { reconcile } from '../world.ts';
import type { World } from '../world.ts';

const WARM_UP_RUNS = 5;
/** Added to the CPU of an idle run by ten files that changed in git. */
const GIT_CHANGE_BUDGET_MS = 250;
/** Who is on call waits for it. */
const REVERT_LIMIT_MS = 2_000;
const RSS_LIMITS_MB: Readonly<Record<number, number>> = { 10_000: 180, 100_000: 600 };

/** A world with a controller that is at rest in it, and the bare loop beside. */
export interface Residents {
  readonly world: World;
  readonly controller: Worker<ControllerHandlers>;
  readonly bare: Worker<BareLoopHandlers>;
  readonly pairs: number;
}

/** On the state that an earlier process left, as after a restart. */
export async function settle(world: World, state: string, pairs: number): Promise<Residents> {
  const controller = await world.startController(state);
  const bare = await world.startBareLoop();
  for (let i = 0; i < WARM_UP_RUNS; i += 1) {
    await reconcile(controller, { changes: 0 });
    await bare.call('list', undefined);
  }
  return { world, controller, bare, pairs };
}

export async function residentRows(residents: Residents): Promise<Row[]> {
  const idle = await idleRows(residents);
  const drift = await driftRows(residents);
  const change = await gitChangeRow(residents);
  const revert = await revertRow(residents);
  const [n, { value }] = [residents.world.flows.length, await peakOf(residents)];
  const limit = RSS_LIMITS_MB[n];
  const peak: Row = {
    case: 'peak RSS, resident, all of the runs above',
    n,
    peakRssMb: value,
    ...(limit !== undefined && { target: `<= ${String(limit)} MB`, met: value <= limit }),
  };
  return [...idle, ...drift, change, revert, peak];
}

/** The cost of one call that does nothing tells what was the most so far. */
async function peakOf({ controller }: Residents): Promise<{ readonly value: number }> {
  return { value: (await controller.call('heapInUseMb', undefined)).peakRssMb };
}

async function idleRows(residents: Residents): Promise<Row[]> {
  const { world, controller, bare, pairs } = residents;
  const n = world.flows.length;
  const list = (): Promise<Measured<unknown>> => bare.call('list', undefined);
  const rows: Row[] = [];
  for (const { fullCompare, title, limit } of [
    { fullCompare: true, title: 'idle run, every page compared', limit: 1.5 },
    { fullCompare: false, title: 'idle run, unchanged pages skipped', limit: 0.8 },
  ]) {
    await reconcile(controller, { changes: 0, fullCompare });
    const counted = await requestsOf(world, () =>
      reconcile(controller, { changes: 0, fullCompare }),
    );
    const run = () => reconcile(controller, { changes: 0, fullCompare });
    const measured: Pairs<Measured<unknown>, Measured<RunResult>> = await alternate(
      pairs,
      list,
      run,
    );
    const ratio = ratioOf(measured, ({ cpuMs }) => cpuMs);
    const base = measured.floors.map(({ cpuMs }) => cpuMs);
    rows.push({
      ...costsOf(measured.ours),
      case: `${title}, CPU`,
      n,
      requests: counted.total,
      floor: `${medianOf(base).toFixed(0)} ms CPU`,
      ratio,
      target: `<= ${String(limit)}`,
      met: ratio <= limit,
    });
    if (!fullCompare) continue;
    const pages = Math.ceil(n / 100);
    const met = counted.total <= pages + 1;
    rows.push({
      case: 'idle run, requests',
      n,
      requests: counted.total,
      floor: `${String(pages)} pages`,
      target: '<= pages + 1',
      met,
    });
  }
  return rows;
}

async function driftRows(residents: Residents): Promise<Row[]> {
  const { world, controller, bare, pairs } = residents;
  const n = world.flows.length;
  const one = await onePercentRow(residents);
  const flows = world.someFlows(10);
  const wanted = new Map(flows.map(({ id, settings }) => [id, settings.routing.maxWaitTime]));
  const measured = await alternate<Measured<unknown>, Measured<unknown>>(
    pairs,
    async () => bare.call('listAndPatch', await world.drift(flows)),
    async () => {
      // the bare PATCHes made new versions, which the controller must have seen before
      await reconcile(controller, { changes: 0, fullCompare: false });
      await world.drift(flows);
      return reconcile(controller, { changes: flows.length, fullCompare: false });
    },
  );
  await world.check(wanted);
  const ratio = ratioOf(measured, ({ wallMs }) => wallMs);
  const base = medianOf(measured.floors.map(({ wallMs }) => wallMs));
  const row: Row = {
    ...costsOf(measured.ours),
    case: '10 drifted, end to end with commit and push, wall',
    n,
    floor: `${base.toFixed(0)} ms wall`,
    ratio,
    target: '<= 2.2',
    met: ratio <= 2.2,
  };
  return [one, row];
}

/** Every request of a run that corrects 1 % of the flows, held against the formula. */
async function onePercentRow({ world, controller }: Residents): Promise<Row> {
  const n = world.flows.length;
  const drifted = world.someFlows(Math.ceil(n / 100));
  await world.drift(drifted);
  const { total, reloads } = await requestsOf(world, () =>
    reconcile(controller, { changes: drifted.length, fullCompare: false }),
  );
  const pages = Math.ceil(n / 100);
  // a read, a PATCH, a read; a token; whether queues, users and teams can be read
  const most = pages + 3 * drifted.length + 4;
  return {
    case: '1 % drifted, requests',
    n,
    requests: total,
    floor: `${String(pages)} pages + 3 x ${String(drifted.length)}`,
    target: `<= ${String(most)} + coalesced reloads`,
    met: total - reloads <= most && reloads <= drifted.length,
    note: `${String(reloads)} of the requests were reloads, for ${String(drifted.length)} PATCHes`,
  };
}

async function gitChangeRow({ world, controller, pairs }: Residents): Promise<Row> {
  const flows = world.someFlows(10);
  const { floors, ours } = await alternate(
    pairs,
    () => reconcile(controller, { changes: 0, fullCompare: false }),
    async () => {
      const wanted = await world.commitChange(flows);
      const run = await reconcile(controller, { changes: flows.length, fullCompare: false });
      await world.check(wanted);
      await reconcile(controller, { changes: 0, fullCompare: false });
      return run;
    },
  );
  const extraMs = medianOf(ours.map(({ cpuMs }, i) => cpuMs - (floors[i]?.cpuMs ?? 0)));
  const idleMs = medianOf(floors.map(({ cpuMs }) => cpuMs));
  return {
    ...costsOf(ours),
    case: '10 files changed in git, applied and recorded, CPU',
    n: world.flows.length,
    floor: `${idleMs.toFixed(0)} ms CPU, idle`,
    target: `<= idle + ${String(GIT_CHANGE_BUDGET_MS)} ms`,
    met: extraMs <= GIT_CHANGE_BUDGET_MS,
    note: `${extraMs.toFixed(0)} ms CPU more than an idle run`,
  };
}

/** From the look at git on: with a push webhook that is when the push is heard of, else up to a poll later. */
async function revertRow({ world, controller, pairs }: Residents): Promise<Row> {
  const flows = world.someFlows(1);
  const ours: Measured<unknown>[] = [];
  for (let i = 0; i < pairs; i += 1) {
    await world.commitChange(flows);
    await reconcile(controller, { changes: 1, fullCompare: false });
    const wanted = await world.commitRevert(flows);
    ours.push(await reconcile(controller, { changes: 1, fullCompare: false }));
    await world.check(wanted);
  }
  const costs = costsOf(ours);
  return {
    ...costs,
    case: 'one flow reverted in git: looked, fetched, live restored, recorded, wall',
    n: world.flows.length,
    target: `<= ${String(REVERT_LIMIT_MS)} ms`,
    met: (costs.wallMs ?? Infinity) <= REVERT_LIMIT_MS,
  };
}

export function costsOf(
  runs: readonly Measured<unknown>[],
): Pick<Row, 'wallMs' | 'cpuMs' | 'gitCpuMs' | 'peakRssMb'> {
  return {
    wallMs: medianOf(runs.map(({ wallMs }) => wallMs)),
    cpuMs: medianOf(runs.map(({ cpuMs }) => cpuMs)),
    gitCpuMs: meanOf(runs.map(({ childCpuMs }) => childCpuMs)),
    peakRssMb: Math.max(...runs.map(({ peakRssMb }) => peakRssMb)),
  };
}

/** As the simulator counts them. */
export async function requestsOf(
  world: World,
  work: () => Promise<unknown>,
): Promise<{ readonly total: number; readonly reloads: number }> {
  await world.simulator.call('clear', undefined);
  await work();
  const { total, byRoute } = (await world.simulator.call('stats', undefined)).value;
  return { total, reloads: byRoute['POST /api/v2/architect/flows/reload'] ?? 0 };
}
