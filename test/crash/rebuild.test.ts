import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { runCli, runRebuild } from './child-runs.ts';
import type { Ended } from './child-runs.ts';
import { CrashWorld } from './crash-world.ts';

const KILLS = 10;
const LONGEST_MS = 120_000;

/** The old state, which has to be rebuilt still, or the new one, which is whole: nothing between. */
function stateAfter({ exitCode, stdout, stderr }: Ended): 'old' | 'new' {
  if (stderr.includes('[state.whole]')) return 'new';
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const { orgs } = JSON.parse(stdout) as { readonly orgs: readonly { readonly flows: number }[] };
  expect(orgs[0]?.flows).toBe(6);
  return 'old';
}

test(
  'a rebuild of the state that is killed at any instant leaves the old state or the new one',
  async () => {
    const world = await CrashWorld.start({ flows: 6, latencyMs: 5, remote: 'path' });
    try {
      expect((await runCli(world.config)).exitCode).toBe(0);
      const file = join(world.stateFolder, 'state.db');
      const damaged = join(world.stateFolder, 'damaged');
      writeFileSync(damaged, readFileSync(file).fill(0x5a, 4096, 12_000));
      const harm = (): void => {
        for (const name of readdirSync(world.stateFolder))
          if (name.startsWith('state.db')) rmSync(join(world.stateFolder, name));
        copyFileSync(damaged, file);
      };
      harm();
      const { tookMs, ...whole } = await runRebuild(world.config);
      expect(stateAfter({ tookMs, ...whole })).toBe('old');

      const found: string[] = [];
      for (let kill = 1; kill <= KILLS; kill += 1) {
        harm();
        const afterMs = Math.round((tookMs * (kill + 1)) / (KILLS + 1));
        await runRebuild(world.config, { afterMs, isGroup: false });
        found.push(stateAfter(await runRebuild(world.config)));
      }
      expect(found).toContain('old');

      await world.begin([]);
      expect((await runCli(world.config)).exitCode).toBe(0);
      expect(await world.simulator.patches()).toEqual([]);
    } finally {
      await world.stop();
    }
  },
  LONGEST_MS,
);
