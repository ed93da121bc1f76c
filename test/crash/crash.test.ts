import { expect, test } from '@jest/globals';
import { runCampaign } from './campaign.ts';
import { describeBreaches } from './crash-rounds.ts';

const SEED = Number(process.env['FLOWKEEPER_CRASH_SEED'] ?? 1);
const STEP_KILLS = 44;
const RANDOM_KILLS = 16;
const LONGEST_MS = 300_000;

test(
  `a controller that is killed, at a step or at any instant, gets well by itself: nothing lost, nothing doubled (seed ${String(SEED)})`,
  async () => {
    const results = await runCampaign({
      seed: SEED,
      stepKills: STEP_KILLS,
      randomKills: RANDOM_KILLS,
    });

    const breached = results.filter(({ breaches }) => breaches.length > 0);
    expect(breached.map(describeBreaches).join('\n\n')).toBe('');
    const missed = results.filter(({ wasKilled }) => !wasKilled).map(({ title }) => title);
    expect(missed).toEqual([]);
    expect(results).toHaveLength(STEP_KILLS + RANDOM_KILLS);
  },
  LONGEST_MS,
);
