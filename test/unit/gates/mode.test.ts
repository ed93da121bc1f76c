import { expect, test } from '@jest/globals';
import { checkMode, isReportOnly } from '../../../src/gates/mode.ts';
import { aChange, aPolicy } from '../../support/builders.ts';

test('an org in mode report is only told of', () => {
  expect(isReportOnly(aPolicy({ mode: 'report' }))).toBe(true);
  expect(isReportOnly(aPolicy())).toBe(false);
});

test.each([
  { org: 'enforce', flow: 'enforce', goOn: undefined },
  { org: 'enforce', flow: 'report', goOn: 'set `mode: enforce` in x.yaml' },
  { org: 'report', flow: 'enforce', goOn: 'set `mode: enforce` in policy.yaml of the org' },
  { org: 'report', flow: 'report', goOn: 'set `mode: enforce` in policy.yaml of the org' },
] as const)('org $org, flow $flow: go on by $goOn', ({ org, flow, goOn }) => {
  const verdict = checkMode(aChange({ mode: flow, file: 'x.yaml' }), aPolicy({ mode: org }));
  expect(verdict).toEqual(
    goOn === undefined
      ? { kind: 'allow' }
      : {
          kind: 'deny',
          gate: 'mode',
          reason: 'mode is report: differences are told, nothing is written',
          goOn,
        },
  );
});
