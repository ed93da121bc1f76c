import { expect, jest, test } from '@jest/globals';
import { IS_WHOLE_PROOF } from '../support/proof-size.ts';
import { checkPrograms } from './program.ts';
import { SABOTAGE_ROWS } from './sabotage.ts';

jest.setTimeout(600_000);

const PROGRAMS = IS_WHOLE_PROOF ? 2000 : 250;
/** The same in every run, so that a test that fails is about the change at hand; a night takes others (`npm run model`). */
const SEED = Number(process.env['FLOWKEEPER_MODEL_SEED'] ?? 1);

test(`${String(PROGRAMS)} random programs of merges, reverts, hand edits, faults, crashes and clock jumps break no promise (seed ${String(SEED)})`, async () => {
  expect(await checkPrograms({ programs: PROGRAMS, seed: SEED })).toBeUndefined();
});

test.each(SABOTAGE_ROWS)(
  'an engine that breaks this is found out: $promise',
  async ({ sabotage, words }) => {
    const breach = await checkPrograms({ programs: 300, seed: 1, sabotage, isBrief: true });
    expect(breach).toContain(words);
  },
);
