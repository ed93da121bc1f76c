import { describe, expect, test } from '@jest/globals';
import { checkFlow } from '../../../src/gates/check-flow.ts';
import type { FlowGateInput } from '../../../src/gates/check-flow.ts';
import { aChange, aDesiredFlow, aPolicy, NOW } from '../../support/builders.ts';

const OPEN: FlowGateInput = {
  change: aChange({ desiredHash: 'h1' }),
  desired: aDesiredFlow(),
  policy: aPolicy(),
  record: undefined,
  facts: undefined,
  now: NOW,
};

/** What makes each gate speak, in the order in which they are asked. */
const HOLDS: readonly (readonly [string, (input: FlowGateInput) => FlowGateInput])[] = [
  ['mode', (input) => ({ ...input, change: { ...input.change, mode: 'report' } })],
  ['suspended', (input) => ({ ...input, change: { ...input.change, suspended: { reason: 'x' } } })],
  [
    'held-back',
    (input) => ({ ...input, record: { ...input.record, heldBack: { hash: 'h1', reason: 'x' } } }),
  ],
  [
    'fighting',
    (input) => ({
      ...input,
      record: {
        ...input.record,
        fight: { hash: 'h1', corrections: [], breaker: { openedAt: NOW, pauseMs: 1 } },
      },
    }),
  ],
  [
    'freeze',
    (input) => ({
      ...input,
      policy: {
        ...input.policy,
        freeze: [{ kind: 'span', name: 'x', fromAt: NOW, untilAt: NOW + 1, allowReverts: true }],
      },
    }),
  ],
  ['per-flow-rate', (input) => ({ ...input, record: { ...input.record, lastUpdateAt: NOW } })],
  ['dependencies', (input) => ({ ...input, facts: { access: {}, missing: {} } })],
];

describe('checkFlow', () => {
  test('allows what no gate holds; dependencies that were not looked up are not judged', () => {
    expect(checkFlow(OPEN)).toEqual({ kind: 'allow' });
  });

  test.each(HOLDS)('asks %s', (gate, hold) => {
    expect(checkFlow(hold(OPEN))).toMatchObject({ gate });
  });

  test.each(HOLDS.map(([gate], i) => [gate, i] as const))(
    'asks %s before all that come after it',
    (gate, index) => {
      const input = HOLDS.slice(index).reduce((held, [, hold]) => hold(held), OPEN);
      expect(checkFlow(input)).toMatchObject({ gate });
    },
  );

  test('names the override that it takes', () => {
    const freeze = [
      { kind: 'span' as const, name: 'x', fromAt: NOW, untilAt: NOW + 1, allowReverts: true },
    ];
    const override = { name: 'INC-4711', untilAt: NOW + 1, reason: 'storm', by: 'ops' };
    const policy = { ...OPEN.policy, freeze, freezeOverrides: [override] };
    expect(checkFlow({ ...OPEN, policy })).toEqual({ kind: 'allow', freezeOverride: 'INC-4711' });
    const record = { lastUpdateAt: NOW };
    expect(checkFlow({ ...OPEN, policy, record })).toMatchObject({ gate: 'per-flow-rate' });
  });

  test('a revert passes the interval and the freeze where policy lets it', () => {
    const revert: FlowGateInput = { ...OPEN, change: { ...OPEN.change, kind: 'revert' } };
    const held = HOLDS.filter(([gate]) => gate === 'freeze' || gate === 'per-flow-rate').reduce(
      (input, [, hold]) => hold(input),
      revert,
    );
    expect(checkFlow(held)).toEqual({ kind: 'allow' });
    const strict = aPolicy({ apply: { revertsSkipPerFlowRate: false } });
    expect(checkFlow({ ...held, policy: strict })).toMatchObject({ gate: 'per-flow-rate' });
  });
});
