import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { LiveFlow, Settings } from '../../../src/domain/flow.ts';
import { applyBlocks, makeBlocks } from '../../../src/plan/make-blocks.ts';
import { aDesiredFlow, aFlowId, aLiveFlow, NOW } from '../../support/builders.ts';
import { planOf } from '../../support/plan-of.ts';
import { ARBITRARY_ORG_ID, someArbitrarySettings } from '../../support/settings-arbitrary.ts';

describe('laws of planning', () => {
  const someFlows = fc.array(fc.tuple(someArbitrarySettings, someArbitrarySettings), {
    maxLength: 6,
  });
  const worldOf = (flows: readonly (readonly [Settings, Settings])[]) => ({
    orgId: ARBITRARY_ORG_ID,
    desired: flows.map(([settings], i) =>
      aDesiredFlow({ file: `${String(i)}.yaml`, flowId: aFlowId(i), settings }),
    ),
    live: flows.map(([, settings], i) => aLiveFlow({ id: aFlowId(i), settings })),
  });

  test('the order of the input changes nothing, down to the digest', () => {
    fc.assert(
      fc.property(someFlows, (flows) => {
        const { desired, live, orgId } = worldOf(flows);
        const plan = planOf({ desired, live, orgId });
        const other = planOf({ desired: desired.toReversed(), live: live.toReversed(), orgId });
        expect(other).toEqual(plan);
      }),
    );
  });

  test('re-planning after a plan was applied is empty', () => {
    fc.assert(
      fc.property(someFlows, (flows) => {
        const { desired, live, orgId } = worldOf(flows);
        const applied = live.map((flow, i): LiveFlow => {
          const settings = flow.settings ?? {};
          const wanted = desired[i]?.settings ?? {};
          const blocks = makeBlocks(wanted, settings, { orgId, ignore: [], now: NOW });
          return { ...flow, settings: applyBlocks(settings, blocks) };
        });
        expect(planOf({ desired, live: applied, orgId }).changes).toEqual([]);
      }),
    );
  });
});
