/**
 * Kills the controller at every boundary between two steps and at random instants, several hundred times, and looks
 * after each kill whether everything holds that docs/reliability.md promises. Writes nothing but what it prints.
 *
 *     npm run crash -- [--kills 500] [--seed 1]
 */
import { parseArgs } from 'node:util';
import { runCampaign } from '../test/crash/campaign.ts';
import { describeBreaches } from '../test/crash/crash-rounds.ts';
import type { RoundResult } from '../test/crash/crash-rounds.ts';

/** Boundaries that there are at least: what is left of the kills happens at random instants. */
const STEP_KILLS = 330;
/** Of fewer kills than that, so many are at boundaries. */
const STEP_SHARE = 0.7;

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '500' }, seed: { type: 'string' } },
});
const kills = Number(values.kills);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const startedMs = performance.now();
let count = 0;

function note(result: RoundResult): void {
  if (result.wasKilled) count += 1;
  const isWell = result.breaches.length === 0;
  process.stdout.write(
    `${String(count).padStart(4)} ${isWell ? 'ok    ' : 'BREACH'} ${result.title}\n`,
  );
  if (!isWell) process.stdout.write(`${describeBreaches(result)}\n`);
}

process.stdout.write(`seed ${String(seed)}\n`);
const isAll = kills > STEP_KILLS;
const stepKills = isAll ? 'all' : Math.round(kills * STEP_SHARE);
const randomKills = isAll ? kills - STEP_KILLS : kills - Math.round(kills * STEP_SHARE);
const results = await runCampaign({ seed, stepKills, randomKills, onResult: note });
const breached = results.filter(({ breaches }) => breaches.length > 0).length;
const killed = results.filter(({ wasKilled }) => wasKilled);
const restarts = killed.reduce((sum, result) => sum + result.restarts, 0);
const minutes = ((performance.now() - startedMs) / 60_000).toFixed(1);
process.stdout.write(
  `${String(killed.length)} kills, ${String(restarts)} restarts, ${String(breached)} breaches, seed ${String(seed)}, ${minutes} min\n`,
);
process.exitCode = breached === 0 ? 0 : 1;
