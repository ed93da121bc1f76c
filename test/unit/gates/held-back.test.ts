import { expect, test } from '@jest/globals';
import { checkHeldBack } from '../../../src/gates/held-back.ts';

test('settings that were taken back are denied, with the command that releases them', () => {
  expect(checkHeldBack('flow-1', 'h1', { hash: 'h1', reason: 'did not verify' })).toEqual({
    kind: 'deny',
    gate: 'held-back',
    reason: 'these settings were tried and are held back: did not verify',
    goOn: 'flowkeeper retry flow-1',
  });
});

test('other settings, and flows that hold nothing back, go on', () => {
  expect(checkHeldBack('flow-1', 'h2', { hash: 'h1', reason: 'x' })).toEqual({ kind: 'allow' });
  expect(checkHeldBack('flow-1', 'h1', undefined)).toEqual({ kind: 'allow' });
});
