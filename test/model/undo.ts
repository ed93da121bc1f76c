import fc from 'fast-check';
import type { Settings } from '../../src/domain/flow.ts';
import { aFlowId } from '../support/builders.ts';
import { mustHold } from './breach.ts';
import { leafWords, someDeclared } from './git-steps.ts';
import { validSpec } from './git-model.ts';
import { changedLeaves, withLeaves } from './leaves.ts';
import type { Leaves } from './leaves.ts';
import { settle } from './settle.ts';
import type { Step } from './step.ts';
import type { World } from './world.ts';

/** A note by somebody else, in a field that nobody ever declares. */
const NOTE: Leaves = { '/routing/note': 'by hand' };

/**
 * A change is merged and applied, somebody writes something else meanwhile, and the change is reverted: each flow
 * that was in sync has the settings from before, and what the other wrote.
 */
export const undo: fc.Arbitrary<Step> = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 3 }), someDeclared), { minLength: 1, maxLength: 2 })
  .map((changes) => ({
    words: `quiet time; Ada merges: ${changes.map(([n, leaves]) => `flow ${String(n)} wants ${leafWords(leaves)}`).join('; ')}; quiet time; Olive reverts it; quiet time`,
    run: (world: World) => mergeAndRevert(world, new Map(changes)),
  }));

async function mergeAndRevert(world: World, changes: ReadonlyMap<number, Leaves>): Promise<void> {
  await settle(world);
  const wanted = [...changes].flatMap(([n, leaves]) => {
    const spec = validSpec(world.git.head, n);
    return spec ? [[n, { ...spec, declared: { ...spec.declared, ...leaves } }] as const] : [];
  });
  if (wanted.length === 0) return;
  const before = await inSync(world);
  world.git.commit({ flows: new Map(wanted) }, 'Ada');
  await settle(world);
  const between = await inSync(world);
  for (const [n] of wanted) world.service.edit(aFlowId(n), NOTE, 'Tess');
  if (!world.git.revert(world.git.commits.length - 1, 'Olive')) return;
  await settle(world);
  const after = await inSync(world);
  for (const [n] of wanted) {
    const [was, is] = [before.get(n), after.get(n)];
    if (!was || !between.has(n) || !is) continue;
    const changed = changedLeaves(withLeaves(was, NOTE), is);
    mustHold(
      changed.length === 0,
      () => `after the revert flow ${String(n)} is not as it was at ${changed.join(' ')}`,
    );
  }
}

/** Live settings of the flows that are in sync, by number. */
async function inSync(world: World): Promise<ReadonlyMap<number, Settings>> {
  const records = await world.records();
  return new Map(
    world.numbers.flatMap((n) => {
      const live = world.service.live(aFlowId(n));
      const isInSync = records.get(aFlowId(n))?.status.state === 'InSync';
      return live && isInSync ? [[n, live.settings] as const] : [];
    }),
  );
}
