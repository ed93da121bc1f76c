import { expect, test } from '@jest/globals';
import { checkPerFlowRate } from '../../../src/gates/per-flow-rate.ts';
import { NOW } from '../../support/builders.ts';

const BASE = { perFlowMs: 60_000, now: NOW, isRevert: false, revertsSkip: true };

test.each<{
  name: string;
  input: Partial<Parameters<typeof checkPerFlowRate>[0]>;
  untilAt?: number;
}>([
  { name: 'a flow that was never written goes on', input: {} },
  { name: 'exactly the interval ago is long enough', input: { lastUpdateAt: NOW - 60_000 } },
  {
    name: 'a millisecond less waits for that millisecond',
    input: { lastUpdateAt: NOW - 59_999 },
    untilAt: NOW + 1,
  },
  { name: 'right now waits for all of it', input: { lastUpdateAt: NOW }, untilAt: NOW + 60_000 },
  {
    name: 'an update far in the future holds nothing: the clock was set back',
    input: { lastUpdateAt: NOW + 60_001 },
  },
  {
    name: 'one a little in the future, of a clock that was corrected, is waited for',
    input: { lastUpdateAt: NOW + 60_000 },
    untilAt: NOW + 120_000,
  },
  { name: 'no interval holds nothing', input: { lastUpdateAt: NOW, perFlowMs: 0 } },
  { name: 'a revert goes at once', input: { lastUpdateAt: NOW, isRevert: true } },
  {
    name: 'a revert waits too where policy says so',
    input: { lastUpdateAt: NOW, isRevert: true, revertsSkip: false },
    untilAt: NOW + 60_000,
  },
])('$name', ({ input, untilAt }) => {
  expect(checkPerFlowRate({ ...BASE, lastUpdateAt: undefined, ...input })).toEqual(
    untilAt === undefined
      ? { kind: 'allow' }
      : {
          kind: 'defer',
          gate: 'per-flow-rate',
          reason: 'updated less than 1m ago (rate.perFlow)',
          untilAt,
        },
  );
});
