import { expect, test } from '@jest/globals';
import { IS_WHOLE_PROOF } from '../support/proof-size.ts';
import { runCampaign } from './campaign.ts';
import { describeBreaches } from './crash-rounds.ts';

const SEED = Number(process.env['FLOWKEEPER_CRASH_SEED'] ?? 1);
const STEP_KILLS = IS_WHOLE_PROOF ? 44 : 9;
const RANDOM_KILLS = IS_WHOLE_PROOF ? 16 : 3;
const LONGEST_MS = 300_000;

test(
  `a controller that is killed ${String(STEP_KILLS + RANDOM_KILLS)} times, at a step or at any instant, gets well by itself: nothing lost, nothing doubled (seed ${String(SEED)})`,
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
