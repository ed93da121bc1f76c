import { describe, expect, test } from '@jest/globals';
import { countPlan } from '../../../src/plan/count-plan.ts';
import { aChange, aFlowId, anInvalidFlow, aPlan, aPolicy } from '../../support/builders.ts';

const plan = aPlan({
  live: 20,
  settled: 7,
  changes: [
    aChange({ flowId: aFlowId(1), kind: 'revert' }),
    aChange({ flowId: aFlowId(2), kind: 'desired', fields: [] }),
    aChange({ flowId: aFlowId(3), kind: 'desired', mode: 'report' }),
    aChange({ flowId: aFlowId(4), suspended: { reason: 'x' } }),
    aChange({ flowId: aFlowId(5), suspended: { reason: 'x' }, mode: 'report' }),
  ],
  missing: [{ file: 'm.yaml' }],
  unmanaged: [{ flowId: aFlowId(9), name: 'Nine' }],
  invalid: [anInvalidFlow()],
});

describe('countPlan', () => {
  test('counts flows by what becomes of them', () => {
    expect(countPlan(plan, aPolicy())).toEqual({
      live: 20,
      inSync: 7,
      drifted: 5,
      revert: 1,
      desired: 2,
      drift: 2,
      writable: 2,
      reportOnly: 2,
      suspended: 2,
      fields: 4,
      missing: 1,
      unmanaged: 1,
      invalid: 1,
    });
  });

  test('nothing is writable in an org that only reports', () => {
    expect(countPlan(plan, aPolicy({ mode: 'report' }))).toMatchObject({
      writable: 0,
      reportOnly: 5,
    });
  });
});
