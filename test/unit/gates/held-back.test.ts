import { describe, expect, test } from '@jest/globals';
import { checkHeldBack, isHeldBack } from '../../../src/gates/held-back.ts';

const CHANGE = { flowId: 'flow-1', desiredHash: 'h1', liveVersion: 7 };

test('settings that were taken back are denied, with the command that releases them', () => {
  expect(checkHeldBack(CHANGE, { hash: 'h1', reason: 'did not verify' })).toEqual({
    kind: 'deny',
    gate: 'held-back',
    reason: 'these settings were tried and are held back: did not verify',
    goOn: 'flowkeeper retry flow-1',
  });
});

describe('settings are held back', () => {
  test.each([
    { name: 'taken back, whatever the version', heldBack: { hash: 'h1' }, is: true },
    { name: 'refused at this version', heldBack: { hash: 'h1', version: 7 }, is: true },
    {
      name: 'not when they were refused at another',
      heldBack: { hash: 'h1', version: 6 },
      is: false,
    },
    { name: 'not when git says something else', heldBack: { hash: 'h2' }, is: false },
    { name: 'not when nothing is', heldBack: undefined, is: false },
  ])('$name', ({ heldBack, is }) => {
    const held = heldBack && { ...heldBack, reason: 'x' };
    expect(isHeldBack(CHANGE, held)).toBe(is);
    expect(checkHeldBack(CHANGE, held).kind).toBe(is ? 'deny' : 'allow');
  });

  test('not while the version is not known, if they were refused', () => {
    const unknown = { ...CHANGE, liveVersion: undefined };
    expect(isHeldBack(unknown, { hash: 'h1', reason: 'x', version: 7 })).toBe(false);
    expect(isHeldBack(unknown, { hash: 'h1', reason: 'x' })).toBe(true);
  });
});
