import type { OrgRunReport } from '../../src/engine/run-report.ts';
import { mustHold } from './breach.ts';
import { checkRest } from './check-rest.ts';
import { runController } from './controller-run.ts';
import type { World } from './world.ts';

/** Longer than anything that was begun takes, and than any clock was set back. */
const QUIET_MS = 30 * 3_600_000;
const BETWEEN_RUNS_MS = 180_000;
/** Dependants of what is held for a while follow one by one. */
const MOST_RUNS = 6;

/**
 * Nothing goes wrong any more, and there are runs until one has nothing to do. Then every flow is as git says, or
 * there is a reason that its status tells; everything is recorded, once; and the status branch has all of it.
 *
 * @throws Breach
 */
export async function settle(world: World): Promise<void> {
  world.heal();
  await world.clock.advance(QUIET_MS);
  await checkRest(world, await runToRest(world));
}

/** @returns the report of the run that had nothing to do */
async function runToRest(world: World): Promise<OrgRunReport> {
  for (let count = 1; ; count += 1) {
    const before = traceOf(world);
    const report = await runController(world);
    mustHold(report !== undefined, () => 'a run did not end');
    await world.clock.advance(BETWEEN_RUNS_MS);
    if (traceOf(world) === before) return report;
    mustHold(count < MOST_RUNS, () => 'it never comes to rest');
  }
}

/** All that a run may leave. */
function traceOf(world: World): string {
  const versions = world.flowIds.map((id) => world.service.ledger.of(id).length);
  return [...versions, world.statusBranch.commits.length, world.state.attempts.size].join(' ');
}
