import { describe, expect, test } from '@jest/globals';
import type { Settings } from '../../../src/domain/flow.ts';
import { hashOf } from '../../../src/domain/hash.ts';
import type { ChangeKind } from '../../../src/domain/plan.ts';
import type { KnownFlow } from '../../../src/plan/make-plan.ts';
import {
  aDesiredFlow,
  aFlowId,
  aLiveFlow,
  aNamedFlow,
  anInvalidFlow,
  NOW,
  REVISION,
} from '../../support/builders.ts';
import { knownWith, planOf } from '../../support/plan-of.ts';

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
      record: knownWith(A),
      kind: 'desired',
      cause: 'desired-changed',
    },
    {
      name: 'settings that the flow had before are a revert',
      desired: A,
      live: B,
      record: knownWith(B, [A]),
      kind: 'revert',
      cause: 'desired-changed',
    },
    {
      name: 'a revert over a hand edit is still a revert',
      desired: A,
      live: C,
      record: knownWith(B, [A]),
      kind: 'revert',
      cause: 'both-changed',
    },
    {
      name: 'new settings over a hand edit are a desired change',
      desired: C,
      live: { r: { a: 9 } },
      record: knownWith(B, [A]),
      kind: 'desired',
      cause: 'both-changed',
    },
    {
      name: 'a hand edit away from what was applied is drift',
      desired: A,
      live: B,
      record: knownWith(A),
      kind: 'drift',
      cause: 'live-changed',
    },
    {
      name: 'a hand edit is drift, also back to what the flow had before',
      desired: A,
      live: B,
      record: knownWith(A, [B]),
      kind: 'drift',
      cause: 'live-changed',
    },
    {
      name: 'a hand edit is drift though git went back in another field, which live has already',
      desired: { r: { a: 1, b: 1 } },
      live: { r: { a: 9, b: 1 } },
      record: knownWith({ r: { a: 1, b: 2 } }, [{ r: { a: 1, b: 1 } }]),
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
      [aFlowId(1), knownWith(A)],
      [aFlowId(4), knownWith(A)],
      [aFlowId(3), knownWith(C, [A])],
      [aFlowId(6), knownWith(C, [A])],
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
