import { describe, expect, test } from '@jest/globals';
import { checkApiBudget, flowsBeyond } from '../../../src/gates/api-budget.ts';

const ENDS = new Map([
  ['a', 0],
  ['b', 1000],
  ['c', 1001],
]);

describe('flowsBeyond', () => {
  test.each([
    { name: 'a flow that ends exactly in time is in time', leftMs: 1000, beyond: ['c'] },
    { name: 'without an end all are', leftMs: Infinity, beyond: [] },
    { name: 'what takes no time is, as long as some is left', leftMs: 0, beyond: ['b', 'c'] },
    { name: 'when the time is over none is', leftMs: -1, beyond: ['a', 'b', 'c'] },
  ])('$name', ({ leftMs, beyond }) => {
    expect([...flowsBeyond(ENDS, leftMs)]).toEqual(beyond);
  });
});

test('a flow that a run has no time for waits for the next, in words that do not change', () => {
  const beyond = new Set(['c']);
  expect(checkApiBudget('a', beyond)).toEqual({ kind: 'allow' });
  expect(checkApiBudget('c', beyond)).toEqual({
    kind: 'defer',
    gate: 'api-budget',
    reason: 'more than one run has time for at the rates of the policy; the next run goes on',
  });
});
