import { expect } from '@jest/globals';
import { aFlowId } from './builders.ts';
import { anApiError, blocksWith, EngineRig, settingsWith, waiting } from './engine-rig.ts';
import { rollBack } from './roll-back.ts';

const FLOW = aFlowId(1);
const MINUTE = 60_000;

/** Drift of the flow, corrected by the next run. */
async function drift(rig: EngineRig, by = 'Sam'): Promise<void> {
  rig.backend.edit(FLOW, blocksWith(9), { name: by });
  await rig.later(2 * MINUTE).run();
}

/** Git wants 300 of a flow, which the service stores wrongly, so that it is back at 600. */
export async function aRolledBackFlow(): Promise<EngineRig> {
  const rig = new EngineRig({ flows: 2 });
  rig.policy({ apply: { verifyTimeout: '1s' } });
  rig.wants(600, 1, 2);
  await rig.run();
  rig.wants(300);
  rig.backend.storeInstead(FLOW, (asked) =>
    JSON.stringify(asked) === JSON.stringify(settingsWith(600)) ? asked : settingsWith(599),
  );
  expect((await rig.later().run()).outcomes).toMatchObject([{ status: 'rolled-back' }]);
  rig.backend.storeAsAsked(FLOW);
  return rig;
}

interface Story {
  readonly name: string;
  readonly play: () => Promise<EngineRig>;
}

/** What a state store comes to remember; each ends with everything published. */
export const REMEMBERED_STORIES: readonly Story[] = [
  {
    name: 'flows that were in sync from the start',
    play: async () => {
      const rig = new EngineRig({ flows: 2 });
      rig.wants(600, 1, 2);
      await rig.run();
      return rig;
    },
  },
  {
    name: 'changes by git, there and back',
    play: async () => {
      const rig = new EngineRig({ flows: 2 });
      for (const seconds of [600, 300, 200, 300]) {
        rig.wants(seconds, 1);
        await rig.later(2 * MINUTE).run();
      }
      return rig;
    },
  },
  {
    name: 'git that caught up with what was changed by hand',
    play: async () => {
      const rig = new EngineRig();
      rig.wants(600);
      await rig.run();
      rig.backend.edit(FLOW, blocksWith(500));
      rig.wants(500);
      await rig.later().run();
      rig.wants(300);
      await rig.later().run();
      return rig;
    },
  },
  {
    name: 'a field that git declares only since a later commit',
    play: async () => {
      const rig = new EngineRig();
      rig.wants(600);
      await rig.run();
      rig.commit({ 1: { settings: { routing: { maxWaitTime: 600, type: 'theirs' } } } });
      await rig.later().run();
      rig.wants(300, 1);
      rig.commit({ 1: { settings: { routing: { maxWaitTime: 300, type: 'theirs' } } } });
      await rig.later().run();
      return rig;
    },
  },
  { name: 'settings that were rolled back', play: aRolledBackFlow },
  {
    name: 'settings that were rolled back, and are met by a later run',
    play: async () => {
      const rig = await aRolledBackFlow();
      await rig.later().run();
      return rig;
    },
  },
  {
    name: 'settings that were rolled back before git said something else that has to wait',
    play: async () => {
      const rig = await aRolledBackFlow();
      rig.policy({ freeze: [{ name: 'x', from: '2026-01-01', until: '2027-12-31' }] });
      rig.wants(200);
      await rig.later().run();
      return rig;
    },
  },
  {
    name: 'settings that were refused before git said something else that has to wait',
    play: async () => {
      const rig = new EngineRig();
      rig.wants(300);
      rig.backend.failNext('write', anApiError('api.refused', {}, 'not these'));
      await rig.run();
      rig.policy({ freeze: [{ name: 'x', from: '2026-01-01', until: '2027-12-31' }] });
      rig.wants(200);
      await rig.later().run();
      return rig;
    },
  },
  {
    name: 'a rollback by hand',
    play: async () => {
      const rig = new EngineRig();
      rig.wants(300);
      await rig.run();
      await rollBack(rig.later());
      return rig;
    },
  },
  {
    name: 'drift that was corrected',
    play: async () => {
      const rig = new EngineRig();
      rig.wants(300);
      await rig.run();
      for (const by of ['Sam', 'Workforce Tool', 'Sam']) await drift(rig, by);
      return rig;
    },
  },
  {
    name: 'a fight',
    play: async () => {
      const rig = new EngineRig();
      rig.wants(300);
      await rig.run();
      for (let i = 0; i < 6; i += 1) await drift(rig, `Sam ${String(i)}`);
      expect(await rig.status()).toMatchObject({ state: 'Deferred' });
      return rig;
    },
  },
  {
    name: 'a fight that was probed',
    play: async () => {
      const rig = new EngineRig();
      rig.wants(300);
      await rig.run();
      for (let i = 0; i < 6; i += 1) await drift(rig, `Sam ${String(i)}`);
      await rig.later(60 * MINUTE).run();
      expect(await rig.status()).toMatchObject({ state: 'InSync' });
      return rig;
    },
  },
  {
    name: 'a flow whose reload failed',
    play: async () => {
      const rig = new EngineRig();
      rig.wants(300);
      for (let i = 0; i < 4; i += 1) rig.backend.failNext('reload', anApiError('api.refused'));
      await rig.run();
      expect((await rig.status()).conditions).toHaveLength(2);
      return rig;
    },
  },
  {
    name: 'flows that are suspended, missing, refused and invalid',
    play: async () => {
      const rig = new EngineRig({ flows: 4 });
      rig.wants(600, 1, 2, 3, 4, 5);
      await rig.run();
      const suspend = { reason: 'INC-1', by: 'ops', until: '2027-01-01T00:00:00Z' };
      rig.commit({ 1: waiting(300, { suspend }), 2: `flowId: ${aFlowId(2)}\nsettings: 1\n` });
      rig.wants(300, 3);
      rig.backend.failNext('write', anApiError('api.refused'));
      await rig.later().run();
      return rig;
    },
  },
];
