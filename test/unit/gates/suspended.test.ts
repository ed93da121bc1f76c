import { expect, test } from '@jest/globals';
import { checkSuspended } from '../../../src/gates/suspended.ts';
import { aChange, NOW } from '../../support/builders.ts';

test('a flow that is not suspended goes on', () => {
  expect(checkSuspended(aChange())).toEqual({ kind: 'allow' });
});

test('a suspension with an end defers to it', () => {
  const change = aChange({ suspended: { reason: 'INC-4711', by: 'ops', untilAt: NOW } });
  expect(checkSuspended(change)).toEqual({
    kind: 'defer',
    gate: 'suspended',
    reason: 'suspended by ops: INC-4711',
    untilAt: NOW,
  });
});

test('a suspension without an end denies until git says otherwise', () => {
  const change = aChange({ suspended: { reason: 'INC-4711' }, file: 'x.yaml' });
  expect(checkSuspended(change)).toEqual({
    kind: 'deny',
    gate: 'suspended',
    reason: 'suspended: INC-4711',
    goOn: 'remove `suspend` from x.yaml',
  });
});
