import { describe, expect, test } from '@jest/globals';
import type { LivePage } from '../../../src/ports/flow-backend.ts';
import { aFlowId } from '../../support/builders.ts';
import { EngineRig } from '../../support/engine-rig.ts';

const ALL = [1, 2, 3, 4];

/** An org of two pages in sync, and the count of pages that a run had to parse. */
async function twoPages(): Promise<{ rig: EngineRig; parsedBy: (run: () => unknown) => unknown }> {
  const rig = new EngineRig({ flows: 4, pageSize: 2 });
  let parsed = 0;
  rig.stub('pages', async function* (signal): AsyncGenerator<LivePage> {
    for await (const page of rig.backend.pages(signal))
      yield {
        ...page,
        flows: () => {
          parsed += 1;
          return page.flows();
        },
      };
  });
  rig.wants(600, ...ALL);
  await rig.run();
  return {
    rig,
    parsedBy: async (run) => {
      parsed = 0;
      await run();
      return parsed;
    },
  };
}

describe('a page that was in sync and did not change', () => {
  test('is not parsed again, and the plan is the same', async () => {
    const { rig, parsedBy } = await twoPages();
    const first = await rig.run();

    expect(await parsedBy(() => rig.later().run())).toBe(0);

    const { plan } = await rig.later().run();
    expect(plan?.settled).toEqual(first.plan?.settled);
    expect(plan?.digest).toEqual(first.plan?.digest);
  });

  test('is parsed again alone when a flow on it drifts, which is corrected and then calm', async () => {
    const { rig, parsedBy } = await twoPages();
    rig.backend.edit(aFlowId(3), { routing: { maxWaitTime: 5 } }, { name: 'Sam' });

    expect(await parsedBy(() => rig.later().run())).toBe(1);
    expect(rig.writes(3)).toHaveLength(1);
    expect(await parsedBy(() => rig.later().run())).toBe(1);
    expect(await parsedBy(() => rig.later().run())).toBe(0);
    expect(rig.writes()).toHaveLength(1);
  });

  test('is parsed again alone when git says something new of a flow on it', async () => {
    const { rig, parsedBy } = await twoPages();
    rig.wants(700, 1);

    expect(await parsedBy(() => rig.later().run())).toBe(1);
    expect(rig.writes(1)).toHaveLength(1);
  });

  test('is parsed again when git describes another flow', async () => {
    const { rig, parsedBy } = await twoPages();
    rig.wants(600, 5);

    expect(await parsedBy(() => rig.later().run())).toBe(2);
  });

  test('is judged by a new policy at once', async () => {
    const { rig } = await twoPages();
    rig.policy({ mode: 'report' });
    const { reportOnly, plan } = await rig.later().run();
    expect([reportOnly, plan?.settled.length]).toEqual([true, 4]);
  });

  test('is compared by the first run of a new process', async () => {
    const { rig, parsedBy } = await twoPages();
    expect(await parsedBy(() => rig.restarted().run())).toBe(2);
  });
});
