import { describe, expect, test } from '@jest/globals';
import type { OutcomeStatus } from '../../../src/domain/outcome.ts';
import { ALLOW } from '../../../src/domain/verdict.ts';
import { reportedError } from '../../../src/engine/reported-error.ts';
import { exitCodeOf, lastOutcomesOf, worstExitCode } from '../../../src/engine/run-report.ts';
import type { OrgRunReport } from '../../../src/engine/run-report.ts';
import { summarize } from '../../../src/engine/summarize.ts';
import { aChange, aFlowId, aFlowOutcome, anInvalidFlow, aPlan } from '../../support/builders.ts';
import { anApiError } from '../../support/engine-rig.ts';

function aReport(overrides: Partial<OrgRunReport> = {}): OrgRunReport {
  return {
    org: 'acme-prod',
    runId: 'run-1',
    revision: 'c0ffee',
    startedAt: 0,
    rateWaitMs: 0,
    durationMs: 1,
    plan: aPlan(),
    verdict: ALLOW,
    reportOnly: false,
    outcomes: [],
    reloadPending: [],
    policyFaults: [],
    invalid: [],
    publishing: { kind: 'nothing' },
    ...overrides,
  };
}

const ended = (...statuses: OutcomeStatus[]) =>
  statuses.map((status, i) => aFlowOutcome({ flowId: aFlowId(i + 1), status }));
const DENIED = { kind: 'deny', gate: 'mass-change', reason: 'r', goOn: 'g' } as const;
const FAULTS = anInvalidFlow().diagnostics;
const KEPT = { kind: 'kept', error: reportedError(anApiError('api.timeout')) } as const;

describe('exit codes', () => {
  test.each<{ name: string; report: Partial<OrgRunReport>; code: number }>([
    { name: 'nothing to do', report: {}, code: 0 },
    {
      name: 'all applied',
      report: { plan: aPlan({ changes: 2 }), outcomes: ended('applied', 'in-sync') },
      code: 0,
    },
    ...(['failed', 'rolled-back', 'stuck', 'unresolved', 'conflict'] as const).map((status) => ({
      name: `one ${status}`,
      report: { plan: aPlan({ changes: 2 }), outcomes: ended('applied', status) },
      code: 1,
    })),
    ...(['deferred', 'blocked', 'cancelled'] as const).map((status) => ({
      name: `one ${status}`,
      report: { plan: aPlan({ changes: 2 }), outcomes: ended('applied', status) },
      code: 2,
    })),
    { name: 'differences that nobody wrote', report: { plan: aPlan({ changes: 1 }) }, code: 2 },
    { name: 'a reload that is pending', report: { reloadPending: [aFlowId(1)] }, code: 2 },
    { name: 'a missing flow', report: { plan: aPlan({ missing: [{ file: 'f' }] }) }, code: 2 },
    {
      name: 'a plan that waits',
      report: { verdict: { kind: 'defer', gate: 'api-budget', reason: 'r' } },
      code: 2,
    },
    { name: 'an invalid file', report: { invalid: [anInvalidFlow()] }, code: 3 },
    { name: 'a policy with faults', report: { policyFaults: FAULTS }, code: 3 },
    {
      name: 'an invalid file and differences',
      report: { invalid: [anInvalidFlow()], plan: aPlan({ changes: 1 }) },
      code: 3,
    },
    { name: 'a denied plan', report: { verdict: DENIED, plan: aPlan({ changes: 1 }) }, code: 4 },
    {
      name: 'a denied plan and an invalid file',
      report: { verdict: DENIED, invalid: [anInvalidFlow()] },
      code: 4,
    },
    {
      name: 'a denied plan and a failed recovery',
      report: { verdict: DENIED, outcomes: ended('conflict') },
      code: 1,
    },
    { name: 'records that could not be pushed', report: { publishing: KEPT }, code: 1 },
    { name: 'an error, by its own code', report: { error: { ...KEPT.error, exit: 3 } }, code: 3 },
    {
      name: 'a recovered flow that then was applied',
      report: {
        plan: aPlan({ changes: 1 }),
        outcomes: [...ended('conflict'), ...ended('applied')],
      },
      code: 0,
    },
    {
      name: 'a recovered flow that was rolled back, and is held back therefore',
      report: {
        plan: aPlan({ changes: 1 }),
        outcomes: [...ended('rolled-back'), ...ended('blocked')],
      },
      code: 1,
    },
    {
      name: 'a recovered flow that now differs and is suspended',
      report: {
        plan: aPlan({ changes: [aChange({ suspended: { reason: 'x' } })] }),
        outcomes: ended('applied'),
      },
      code: 2,
    },
  ])('$name: $code', ({ report, code }) => {
    expect(exitCodeOf(aReport(report))).toBe(code);
  });

  test.each([
    { codes: [], worst: 0 },
    { codes: [0, 2], worst: 2 },
    { codes: [2, 3, 0], worst: 3 },
    { codes: [3, 4], worst: 4 },
    { codes: [4, 1, 3], worst: 1 },
  ] as const)('of $codes the worst is $worst', ({ codes, worst }) => {
    expect(worstExitCode(codes)).toBe(worst);
  });
});

test('of several outcomes of a flow the last one counts, unless it only follows from the one before', () => {
  const statuses = (...given: OutcomeStatus[]) =>
    lastOutcomesOf(given.map((status) => aFlowOutcome({ status }))).map(({ status }) => status);
  expect(statuses('conflict', 'applied')).toEqual(['applied']);
  expect(statuses('applied', 'deferred')).toEqual(['deferred']);
  expect(statuses('stuck', 'blocked')).toEqual(['stuck']);
  expect(statuses('applied', 'blocked')).toEqual(['blocked']);
});

describe('summarize', () => {
  test.each([
    {
      name: 'nothing',
      outcomes: [],
      plan: aPlan({ live: 9 }),
      text: 'nothing to write; 9 live flows',
    },
    {
      name: 'outcomes, the good first',
      outcomes: ended('failed', 'applied', 'applied', 'in-sync'),
      plan: aPlan({ live: 1000 }),
      text: '2 applied, 1 failed; 1000 live flows',
    },
    {
      name: 'what nobody wrote',
      outcomes: [],
      plan: aPlan({ changes: 3 }),
      text: '3 differ; 3 live flows',
    },
    {
      name: 'a run without a plan',
      outcomes: ended('unresolved'),
      plan: undefined,
      text: '1 unresolved',
    },
    {
      name: 'one flow',
      outcomes: [],
      plan: aPlan({ live: 1 }),
      text: 'nothing to write; 1 live flow',
    },
  ])('tells $name', ({ outcomes, plan, text }) => {
    expect(summarize(outcomes, plan)).toBe(text);
  });
});
