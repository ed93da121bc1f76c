import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DesiredFlow, LiveFlow, Settings } from '../../../src/domain/flow.ts';
import { hashOf } from '../../../src/domain/hash.ts';
import type { ChangeKind, Plan } from '../../../src/domain/plan.ts';
import { makeLiveComparison } from '../../../src/plan/live-comparison.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import type { KnownFlow, PlanInput } from '../../../src/plan/make-plan.ts';
import { applyBlocks, makeBlocks } from '../../../src/plan/make-blocks.ts';
import {
  aDesiredFlow,
  aFlowId,
  aLiveFlow,
  aNamedFlow,
  anInvalidFlow,
  aPolicy,
  NOW,
  ORG_ID,
  REVISION,
} from '../../support/builders.ts';
import { ARBITRARY_ORG_ID, someArbitrarySettings } from '../../support/settings-arbitrary.ts';

interface World extends Partial<Omit<PlanInput, 'comparison'>> {
  readonly desired?: readonly DesiredFlow[];
  readonly live?: readonly LiveFlow[];
  readonly orgId?: string;
}

function planOf({ desired = [], live = [], orgId = ORG_ID, now = NOW, ...rest }: World): Plan {
  const comparison = makeLiveComparison({ desired, orgId, now });
  comparison.add(live);
  return makePlan({
    org: 'acme-prod',
    revision: REVISION,
    now,
    policy: aPolicy(),
    comparison: comparison.finish(),
    invalid: [],
    known: new Map(),
    ...rest,
  });
}

const known = (settings: Settings, past: readonly Settings[] = []): KnownFlow => ({
  applied: { settings, hash: hashOf(settings) },
  pastHashes: [...past, settings].map(hashOf),
});

describe('makePlan', () => {
  test('says of each flow whether it is settled or what is to change', () => {
    const plan = planOf({
      desired: [
        aDesiredFlow({ file: 'one.yaml', flowId: aFlowId(1), settings: { r: { a: 1 } } }),
        aDesiredFlow({ file: 'two.yaml', flowId: aFlowId(2), settings: { r: { a: 1 } } }),
        aDesiredFlow({ file: 'three.yaml', flowId: aFlowId(3) }),
      ],
      live: [
        aLiveFlow({ id: aFlowId(4), name: 'Four' }),
        aLiveFlow({ id: aFlowId(2), name: 'Two', version: 5, settings: { r: { a: 2 } } }),
        aLiveFlow({ id: aFlowId(1), name: 'One', version: 4, settings: { r: { a: 1 } } }),
      ],
      invalid: [anInvalidFlow()],
    });

    expect(plan).toEqual({
      org: 'acme-prod',
      revision: REVISION,
      madeAt: NOW,
      digest: plan.digest,
      liveCount: 3,
      changes: [
        {
          flowId: aFlowId(2),
          name: 'Two',
          file: 'two.yaml',
          kind: 'desired',
          cause: 'desired-changed',
          liveVersion: 5,
          fields: [{ path: '/r/a', live: 2, desired: 1, cause: 'desired-changed' }],
          desiredHash: hashOf({ r: { a: 1 } }),
          modifiedBy: { id: 'u-1', name: 'Ann Example' },
          modifiedAt: '2026-11-01T08:30:00.000Z',
          mode: 'enforce',
        },
      ],
      settled: [
        {
          flowId: aFlowId(1),
          name: 'One',
          file: 'one.yaml',
          liveVersion: 4,
          desiredHash: hashOf({ r: { a: 1 } }),
        },
      ],
      missing: [{ file: 'three.yaml', flowId: aFlowId(3) }],
      unmanaged: [{ flowId: aFlowId(4), name: 'Four' }],
      invalid: [anInvalidFlow()],
      notices: [],
    });
    expect(plan.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  const A: Settings = { r: { a: 1 } };
  const B: Settings = { r: { a: 2 } };
  const C: Settings = { r: { a: 3 } };

  test.each<{
    name: string;
    desired: Settings;
    live: Settings;
    record: KnownFlow | undefined;
    kind: ChangeKind;
    cause: string;
  }>([
    {
      name: 'a flow that was never applied is a desired change',
      desired: A,
      live: B,
      record: undefined,
      kind: 'desired',
      cause: 'desired-changed',
    },
    {
      name: 'new settings are a desired change',
      desired: B,
      live: A,
      record: known(A),
      kind: 'desired',
      cause: 'desired-changed',
    },
    {
      name: 'settings that the flow had before are a revert',
      desired: A,
      live: B,
      record: known(B, [A]),
      kind: 'revert',
      cause: 'desired-changed',
    },
    {
      name: 'a revert over a hand edit is still a revert',
      desired: A,
      live: C,
      record: known(B, [A]),
      kind: 'revert',
      cause: 'both-changed',
    },
    {
      name: 'new settings over a hand edit are a desired change',
      desired: C,
      live: { r: { a: 9 } },
      record: known(B, [A]),
      kind: 'desired',
      cause: 'both-changed',
    },
    {
      name: 'a hand edit away from what was applied is drift',
      desired: A,
      live: B,
      record: known(A),
      kind: 'drift',
      cause: 'live-changed',
    },
    {
      name: 'a hand edit is drift, also back to what the flow had before',
      desired: A,
      live: B,
      record: known(A, [B]),
      kind: 'drift',
      cause: 'live-changed',
    },
    {
      name: 'a hand edit is drift though git went back in another field, which live has already',
      desired: { r: { a: 1, b: 1 } },
      live: { r: { a: 9, b: 1 } },
      record: known({ r: { a: 1, b: 2 } }, [{ r: { a: 1, b: 1 } }]),
      kind: 'drift',
      cause: 'live-changed',
    },
  ])('$name', ({ desired, live, record, kind, cause }) => {
    const plan = planOf({
      desired: [aDesiredFlow({ settings: desired })],
      live: [aLiveFlow({ settings: live })],
      known: new Map(record ? [[aFlowId(), record]] : []),
    });
    expect(plan.changes).toMatchObject([{ kind, cause }]);
  });

  test('reverts come first, then desired changes, then drift, each by id', () => {
    const flows = [6, 5, 4, 3, 2, 1];
    const records = new Map<string, KnownFlow>([
      [aFlowId(1), known(A)],
      [aFlowId(4), known(A)],
      [aFlowId(3), known(C, [A])],
      [aFlowId(6), known(C, [A])],
    ]);
    const plan = planOf({
      desired: flows.map((n) =>
        aDesiredFlow({ file: `${String(n)}.yaml`, flowId: aFlowId(n), settings: A }),
      ),
      live: flows.map((n) => aLiveFlow({ id: aFlowId(n), settings: B })),
      known: records,
    });
    expect(plan.changes.map(({ kind, flowId }) => [kind, flowId])).toEqual([
      ['revert', aFlowId(3)],
      ['revert', aFlowId(6)],
      ['desired', aFlowId(2)],
      ['desired', aFlowId(5)],
      ['drift', aFlowId(1)],
      ['drift', aFlowId(4)],
    ]);
  });

  test.each([
    { name: 'holds until right before its end', untilAt: NOW + 1, holds: true },
    { name: 'holds no longer at its end', untilAt: NOW, holds: false },
    { name: 'without an end holds for good', untilAt: undefined, holds: true },
  ])('a suspension $name, on drifted and settled flows alike', ({ untilAt, holds }) => {
    const suspend = { reason: 'INC-1', ...(untilAt !== undefined && { untilAt }) };
    const plan = planOf({
      desired: [
        aDesiredFlow({ file: '1.yaml', flowId: aFlowId(1), settings: A, suspend }),
        aDesiredFlow({ file: '2.yaml', flowId: aFlowId(2), settings: A, suspend }),
      ],
      live: [
        aLiveFlow({ id: aFlowId(1), settings: A }),
        aLiveFlow({ id: aFlowId(2), settings: B }),
      ],
    });
    const expected = holds ? suspend : undefined;
    expect(plan.settled[0]?.suspended).toEqual(expected);
    expect(plan.changes[0]?.suspended).toEqual(expected);
  });

  test('the flow of a file that could not be loaded is not unmanaged', () => {
    const plan = planOf({
      live: [aLiveFlow({ id: aFlowId(1) })],
      invalid: [anInvalidFlow({ flowId: aFlowId(1).toUpperCase() })],
    });
    expect(plan.unmanaged).toEqual([]);
  });

  test('a bad file stops its flow though a good one means it by name', () => {
    const plan = planOf({
      desired: [aNamedFlow('Support', { file: 'a.yaml', settings: A })],
      live: [aLiveFlow({ id: aFlowId(1), name: 'Support', settings: B })],
      invalid: [anInvalidFlow({ file: 'b.yaml', flowId: aFlowId(1) })],
    });
    expect(plan.changes).toEqual([]);
    expect(plan.invalid.map(({ file }) => file)).toEqual(['a.yaml', 'b.yaml']);
    expect(plan.invalid[0]?.diagnostics[0]?.code).toBe('desired.duplicate-flow');
  });
});

describe('the digest of a plan', () => {
  const world = (): World & { desired: readonly DesiredFlow[]; live: readonly LiveFlow[] } => ({
    desired: [1, 2, 3].map((n) =>
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
      changed: { ...world(), known: new Map([[aFlowId(2), known({ r: { a: 1 } })]]) },
    },
  ])('does not change with $name', ({ changed }) => {
    expect(planOf(changed).digest).toBe(digest);
  });
});

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
