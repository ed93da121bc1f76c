import { describe, expect, test } from '@jest/globals';
import type { FlowChange } from '../../../src/domain/plan.ts';
import { checkMassChange } from '../../../src/gates/mass-change.ts';
import { aChange, aFlowId, aPlan } from '../../support/builders.ts';

const LIMITS = { maxFlows: 50, maxShare: 0.3, minFlows: 10 };

describe('checkMassChange', () => {
  test.each([
    { name: 'an empty plan', live: 100, changes: 0, kind: 'allow' },
    { name: 'an empty org', live: 0, changes: 0, kind: 'allow' },
    { name: 'a share at its limit', live: 100, changes: 30, kind: 'allow' },
    { name: 'one flow above the share', live: 100, changes: 31, kind: 'deny' },
    {
      name: 'the share of the smallest org that it is judged in',
      live: 10,
      changes: 4,
      kind: 'deny',
    },
    { name: 'every flow of an org too small for a share', live: 9, changes: 9, kind: 'allow' },
    { name: 'as many flows as the count allows', live: 1000, changes: 50, kind: 'allow' },
    { name: 'one flow above the count', live: 1000, changes: 51, kind: 'deny' },
  ])('$name: $kind', ({ live, changes, kind }) => {
    expect(checkMassChange(aPlan({ live, changes }), LIMITS).kind).toBe(kind);
  });

  test.each([
    [57, 0.57],
    [7, 0.07],
    [29, 0.29],
    [58, 0.58],
  ])('%d of 100 is not more than %d, whatever floating point says of it', (changes, maxShare) => {
    const limits = { ...LIMITS, maxFlows: 100, maxShare };
    expect(checkMassChange(aPlan({ live: 100, changes }), limits).kind).toBe('allow');
    expect(checkMassChange(aPlan({ live: 100, changes: changes + 1 }), limits).kind).toBe('deny');
  });

  test('maxFlows 0 holds every write, also in the smallest org', () => {
    const limits = { ...LIMITS, maxFlows: 0 };
    expect(checkMassChange(aPlan({ live: 1, changes: 1 }), limits).kind).toBe('deny');
    expect(checkMassChange(aPlan({ live: 1 }), limits).kind).toBe('allow');
  });

  test.each<{ name: string; change: Partial<FlowChange> }>([
    { name: 'in mode report', change: { mode: 'report' } },
    { name: 'suspended', change: { suspended: { reason: 'INC-1' } } },
  ])('flows $name do not count', ({ change }) => {
    const changes = Array.from({ length: 5 }, (_, i) =>
      aChange({ flowId: aFlowId(i), ...(i > 2 && change) }),
    );
    expect(checkMassChange(aPlan({ live: 10, changes }), LIMITS)).toEqual({ kind: 'allow' });
  });

  const plan = aPlan({ live: 200, changes: 61 });
  const goOnWith = (setting: string): string =>
    `flowkeeper reconcile --org acme-prod --approve ${plan.digest}, or set \`massChange: { ${setting} }\` in policy.yaml of the org, for every plan from then on`;

  test('the refusal has the numbers, and the command and the setting that go on', () => {
    expect(checkMassChange(plan, { ...LIMITS, maxFlows: 60 })).toEqual({
      kind: 'deny',
      gate: 'mass-change',
      reason: '61 flows would be written; massChange.maxFlows allows 60',
      goOn: goOnWith('maxFlows: 61, maxShare: 0.31'),
    });
    expect(checkMassChange(plan, { ...LIMITS, maxFlows: 61 })).toMatchObject({
      reason: '61 of 200 live flows would be written (30.5 %); massChange.maxShare allows 30 %',
      goOn: goOnWith('maxShare: 0.31'),
    });
    expect(checkMassChange(plan, { ...LIMITS, maxFlows: 60, maxShare: 0.4 })).toMatchObject({
      goOn: goOnWith('maxFlows: 61'),
    });
  });

  test.each([
    { name: 'a share that is no whole per cent', live: 200, changes: 61, setting: 0.31 },
    { name: 'a share of whole per cents', live: 100, changes: 57, setting: 0.57 },
    { name: 'one that floating point has a little above', live: 100, changes: 29, setting: 0.29 },
    { name: 'nearly all flows', live: 1000, changes: 999, setting: 1 },
    { name: 'all flows', live: 10, changes: 10, setting: 1 },
  ])('the setting for $name allows the plan, and no per cent less does', (row) => {
    const { live, changes, setting } = row;
    const held = aPlan({ live, changes });
    const limits = { ...LIMITS, maxFlows: 1000, maxShare: 0.01 };
    const verdict = checkMassChange(held, limits);
    expect(verdict).toMatchObject({
      goOn: expect.stringContaining(`maxShare: ${String(setting)} }`),
    });
    expect(checkMassChange(held, { ...limits, maxShare: setting }).kind).toBe('allow');
    expect(checkMassChange(held, { ...limits, maxShare: setting - 0.01 }).kind).toBe('deny');
  });

  test('a plan that was approved goes on, and it is told what held it', () => {
    expect(checkMassChange(plan, LIMITS, plan.digest)).toEqual({
      kind: 'allow',
      approved: '61 flows would be written; massChange.maxFlows allows 50',
    });
  });

  test('the approval of another plan is void, and the refusal says so', () => {
    expect(checkMassChange(plan, LIMITS, 'e'.repeat(64))).toMatchObject({
      kind: 'deny',
      reason:
        '61 flows would be written; massChange.maxFlows allows 50; the plan changed since eeeeeeeeeeee was approved: look at it again',
    });
  });

  test('an approval that is not needed does no harm', () => {
    const small = aPlan({ live: 200, changes: 1 });
    expect(checkMassChange(small, LIMITS, 'e'.repeat(64))).toEqual({ kind: 'allow' });
  });
});
