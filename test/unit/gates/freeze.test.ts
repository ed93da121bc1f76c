import { describe, expect, test } from '@jest/globals';
import type { FreezeWindow } from '../../../src/domain/policy.ts';
import { checkFreeze } from '../../../src/gates/freeze.ts';
import { NOW } from '../../support/builders.ts';

const HOUR = 3_600_000;

function aSpan(fromAt: number, untilAt: number, allowReverts = true): FreezeWindow {
  return { kind: 'span', name: 'year end', fromAt, untilAt, allowReverts };
}

const CRON: FreezeWindow = {
  kind: 'cron',
  name: 'weekend',
  cron: '0 18 * * 5',
  durationMs: 60 * HOUR,
  timezone: 'UTC',
  allowReverts: true,
};

describe('checkFreeze', () => {
  test.each<{ name: string; windows: readonly FreezeWindow[]; untilAt?: number }>([
    { name: 'no window holds nothing', windows: [] },
    {
      name: 'a window holds from its first instant',
      windows: [aSpan(NOW, NOW + 1)],
      untilAt: NOW + 1,
    },
    { name: 'not before it', windows: [aSpan(NOW + 1, NOW + 2)] },
    { name: 'nor at its end', windows: [aSpan(NOW - 1, NOW)] },
    {
      name: 'windows that overlap or touch hold to the end of the last',
      windows: [
        aSpan(NOW + HOUR, NOW + 2 * HOUR),
        aSpan(NOW - HOUR, NOW + HOUR),
        aSpan(NOW + 2 * HOUR + 1, NOW + 3 * HOUR),
      ],
      untilAt: NOW + 2 * HOUR,
    },
    {
      name: 'of two at once the longer one',
      windows: [aSpan(NOW - 1, NOW + HOUR), aSpan(NOW - 1, NOW + 2 * HOUR)],
      untilAt: NOW + 2 * HOUR,
    },
  ])('$name', ({ windows, untilAt }) => {
    const verdict = checkFreeze(windows, { isRevert: false, now: NOW });
    expect(verdict).toEqual(
      untilAt === undefined
        ? { kind: 'allow' }
        : {
            kind: 'defer',
            gate: 'freeze',
            reason: `freeze window "year end" until ${new Date(untilAt).toISOString()}`,
            untilAt,
          },
    );
  });

  test('reverts pass windows that allow them, and no other', () => {
    const at = { isRevert: true, now: NOW };
    expect(checkFreeze([aSpan(NOW, NOW + 1)], at)).toEqual({ kind: 'allow' });
    expect(checkFreeze([aSpan(NOW, NOW + 1, false)], at).kind).toBe('defer');
  });

  test('a window that cannot be judged lets nothing pass', () => {
    expect(checkFreeze([CRON], { isRevert: false, now: NOW })).toMatchObject({
      kind: 'deny',
      gate: 'freeze',
    });
    expect(checkFreeze([CRON], { isRevert: true, now: NOW }).kind).toBe('allow');
    const strict = { ...CRON, allowReverts: false };
    expect(checkFreeze([strict], { isRevert: true, now: NOW }).kind).toBe('deny');
  });
});
