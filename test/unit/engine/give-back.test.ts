import { describe, expect, test } from '@jest/globals';
import type { Settings } from '../../../src/domain/flow.ts';
import { aFlowId } from '../../support/builders.ts';
import { EngineRig, settingsWith } from '../../support/engine-rig.ts';

const FLOW = aFlowId(1);
const FIRST: Settings = { routing: { maxWaitTime: 600 } };

/** A flow in sync with `FIRST`, to which a second commit was applied. */
async function aRigThatApplied(second: Settings): Promise<EngineRig> {
  const rig = new EngineRig();
  await commitAndRun(rig, FIRST);
  await commitAndRun(rig, second);
  return rig;
}

async function commitAndRun(rig: EngineRig, settings: Settings): Promise<void> {
  rig.commit({ 1: { settings } });
  await rig.later().run();
}

describe('a revert of a commit that declared a block which was not there', () => {
  const SECOND: Settings = { ...FIRST, recording: { days: 1, at: { end: true } } };

  test('takes the block away', async () => {
    const rig = await aRigThatApplied(SECOND);
    await commitAndRun(rig, FIRST);
    expect(rig.live().settings).toEqual({ ...settingsWith(600), recording: null });
    expect(rig.audits().at(-1)).toMatchObject({ details: { kind: 'revert' } });
  });

  test('leaves what others put into it meanwhile', async () => {
    const rig = await aRigThatApplied(SECOND);
    const recording = { days: 1, at: { end: true, start: false }, by: 'hand' };
    rig.backend.edit(FLOW, { recording });
    await commitAndRun(rig, FIRST);
    expect(rig.live().settings).toEqual({
      ...settingsWith(600),
      recording: { at: { start: false }, by: 'hand' },
    });
    expect((await rig.later().run()).outcomes).toEqual([]);
  });

  test('takes an object away that was not there, and leaves the block around it', async () => {
    const rig = await aRigThatApplied({ ...FIRST, surveys: { email: { max: 3 } } });
    rig.backend.edit(FLOW, { surveys: { email: { max: 3 }, by: 'hand' } });
    await commitAndRun(rig, FIRST);
    expect(rig.live().settings).toEqual({ ...settingsWith(600), surveys: { by: 'hand' } });
  });

  test('restores the same again when the same is declared and reverted once more', async () => {
    const rig = await aRigThatApplied({ routing: { maxWaitTime: 300 }, recording: { days: 1 } });
    await commitAndRun(rig, FIRST);
    await commitAndRun(rig, { ...FIRST, recording: { days: 1 } });
    expect(rig.live().settings['recording']).toEqual({ days: 1 });
    await commitAndRun(rig, FIRST);
    expect(rig.live().settings).toEqual({ ...settingsWith(600), recording: null });
  });
});

test('what a revert gave back is nobody’s any more: it is no ground for what is declared later', async () => {
  const rig = await aRigThatApplied({ ...FIRST, recording: { days: 1 } });
  await commitAndRun(rig, FIRST);
  expect((await rig.record())?.applied).toMatchObject({ settings: FIRST });
  expect((await rig.record())?.applied).not.toHaveProperty('displaced');
  rig.backend.edit(FLOW, { recording: { days: 9 } });
  expect((await rig.later().run()).plan?.changes).toEqual([]);
  await commitAndRun(rig, { ...FIRST, recording: { days: 1 } });
  await commitAndRun(rig, FIRST);
  expect(rig.live().settings['recording']).toEqual({ days: 9 });
});

test('what a field had before git let it go is not given back when it is declared as it is, and reverted', async () => {
  const rig = await aRigThatApplied({ ...FIRST, recording: { days: 1 } });
  // not known as a revert: these settings were never applied
  const released: Settings = { routing: { maxWaitTime: 600, type: 'longestAvailable' } };
  await commitAndRun(rig, released);
  await commitAndRun(rig, { ...released, recording: { days: 1 } });
  await commitAndRun(rig, released);
  expect(rig.live().settings['recording']).toEqual({ days: 1 });
});
