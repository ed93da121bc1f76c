import { describe, expect, test } from '@jest/globals';
import type { DesiredFlow, LiveFlow } from '../../../src/domain/flow.ts';
import { hashOf } from '../../../src/domain/hash.ts';
import {
  aDesiredFlow,
  aFlowId,
  aLiveFlow,
  anInvalidFlow,
  aPolicy,
  NOW,
} from '../../support/builders.ts';
import { knownWith, planOf } from '../../support/plan-of.ts';
import type { World } from '../../support/plan-of.ts';

describe('the digest of a plan', () => {
  const world = (): World & { desired: readonly DesiredFlow[]; live: readonly LiveFlow[] } => ({
    desired: [1, 2, 3, 4].map((n) =>
      aDesiredFlow({
        file: `${String(n)}.yaml`,
        flowId: aFlowId(n),
        settings: { r: { a: 1 } },
        suspend: { reason: 'x', untilAt: NOW },
      }),
    ),
    live: [
      aLiveFlow({ id: aFlowId(1), settings: { r: { a: 1 } } }),
      aLiveFlow({ id: aFlowId(2), settings: { r: { a: 2 } } }),
    ],
    invalid: [anInvalidFlow()],
  });
  const digest = planOf(world()).digest;

  function withLive(change: Partial<LiveFlow>, index: number): World {
    const { live, ...rest } = world();
    return { ...rest, live: live.map((flow, i) => (i === index ? { ...flow, ...change } : flow)) };
  }
  function withDesired(change: Partial<DesiredFlow>, index: number): World {
    const { desired, ...rest } = world();
    return {
      ...rest,
      desired: desired.map((flow, i) => (i === index ? { ...flow, ...change } : flow)),
    };
  }

  test.each<{ name: string; changed: World }>([
    { name: 'another commit', changed: { ...world(), revision: 'f'.repeat(40) } },
    { name: 'another org', changed: { ...world(), org: 'acme-test' } },
    {
      name: 'another policy',
      changed: { ...world(), policy: aPolicy({ rate: { perFlowMs: 1 } }) },
    },
    { name: 'a write to a flow in sync', changed: withLive({ version: 8 }, 0) },
    { name: 'a write to a drifted flow', changed: withLive({ version: 8 }, 1) },
    { name: 'another live value', changed: withLive({ settings: { r: { a: 3 } } }, 1) },
    { name: 'a live value that is gone', changed: withLive({ settings: { r: {} } }, 1) },
    {
      name: 'another desired value',
      changed: withDesired({ settings: { r: { a: 5 } }, hash: hashOf({ r: { a: 5 } }) }, 1),
    },
    {
      name: 'other desired settings with the same difference',
      changed: withDesired({ hash: 'a'.repeat(64) }, 1),
    },
    { name: 'another mode of a drifted flow', changed: withDesired({ mode: 'report' }, 1) },
    {
      name: 'a suspension of a drifted flow that holds',
      changed: withDesired({ suspend: { reason: 'x', untilAt: NOW + 1 } }, 1),
    },
    {
      name: 'a flow that is no longer missing',
      changed: {
        ...world(),
        live: [...world().live, aLiveFlow({ id: aFlowId(3), settings: { r: { a: 1 } } })],
      },
    },
    { name: 'a file mended', changed: { ...world(), invalid: [] } },
  ])('changes with $name', ({ changed }) => {
    expect(planOf(changed).digest).not.toBe(digest);
  });

  test.each<{ name: string; changed: World }>([
    { name: 'the time', changed: { ...world(), now: NOW + 5_000 } },
    {
      name: 'the order of files and flows',
      changed: {
        ...world(),
        desired: world().desired.toReversed(),
        live: world().live.toReversed(),
      },
    },
    {
      name: 'a flow that is not managed',
      changed: { ...world(), live: [...world().live, aLiveFlow({ id: aFlowId(99) })] },
    },
    {
      name: 'what is remembered of earlier runs',
      changed: { ...world(), known: new Map([[aFlowId(2), knownWith({ r: { a: 1 } })]]) },
    },
  ])('does not change with $name', ({ changed }) => {
    expect(planOf(changed).digest).toBe(digest);
  });
});
