import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FreezeOverride, FreezeWindow } from '../../../src/domain/policy.ts';
import type { GateVerdict } from '../../../src/domain/verdict.ts';
import { checkFreeze, standingFreezes } from '../../../src/gates/freeze.ts';
import { NOW } from '../../support/builders.ts';
import { startsBySlowCheck } from '../../support/slow-cron.ts';

type CronWindow = Extract<FreezeWindow, { kind: 'cron' }>;

const HOUR = 3_600_000;

function aSpan(fromAt: number, untilAt: number, allowReverts = true): FreezeWindow {
  return { kind: 'span', name: 'year end', fromAt, untilAt, allowReverts };
}

function frozen(
  freeze: readonly FreezeWindow[],
  at: { readonly isRevert: boolean; readonly now: number },
): GateVerdict {
  return checkFreeze({ freeze, freezeOverrides: [] }, at);
}

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
    const verdict = frozen(windows, { isRevert: false, now: NOW });
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
    expect(frozen([aSpan(NOW, NOW + 1)], at)).toEqual({ kind: 'allow' });
    expect(frozen([aSpan(NOW, NOW + 1, false)], at).kind).toBe('defer');
  });

  test('names all windows that stand, and no other', () => {
    const windows = [
      { ...aSpan(NOW, NOW + 1), name: 'a' },
      { ...aSpan(NOW + 1, NOW + 2), name: 'b' },
      { ...aSpan(NOW, NOW + 2), name: 'c' },
    ];
    expect(frozen(windows, { isRevert: false, now: NOW })).toMatchObject({
      reason: `freeze window "a" and "c" until ${new Date(NOW + 2).toISOString()}`,
    });
  });

  test('a revert waits only for windows that hold reverts', () => {
    const windows = [aSpan(NOW, NOW + HOUR, false), aSpan(NOW, NOW + 2 * HOUR)];
    expect(frozen(windows, { isRevert: true, now: NOW })).toMatchObject({
      untilAt: NOW + HOUR,
    });
  });
});

function aCron(overrides: Partial<CronWindow> = {}): CronWindow {
  return {
    kind: 'cron',
    name: 'weekend',
    cron: '0 18 * * 5',
    durationMs: 60 * HOUR,
    timezone: 'UTC',
    allowReverts: true,
    ...overrides,
  };
}

describe('a window written as cron', () => {
  test.each<[string, FreezeWindow[], string, string | undefined]>([
    ['not right before its start', [aCron()], '2026-11-06T17:59:59.999Z', undefined],
    ['from its start', [aCron()], '2026-11-06T18:00:00.000Z', '2026-11-09T06:00:00.000Z'],
    ['to right before its end', [aCron()], '2026-11-09T05:59:59.999Z', '2026-11-09T06:00:00.000Z'],
    ['not at its end', [aCron()], '2026-11-09T06:00:00.000Z', undefined],
    [
      'at the hour of its zone',
      [aCron({ timezone: 'Europe/Berlin' })],
      '2026-11-06T17:00:00.000Z',
      '2026-11-09T05:00:00.000Z',
    ],
    [
      'a duration in hours that pass, though the clocks are changed meanwhile',
      [aCron({ timezone: 'Europe/Berlin' })],
      '2026-10-25T12:00:00.000Z',
      '2026-10-26T04:00:00.000Z',
    ],
    [
      'from right after the gap when its start is skipped',
      [aCron({ cron: '30 2 * * *', durationMs: HOUR, timezone: 'Europe/Berlin' })],
      '2026-03-29T01:00:00.000Z',
      '2026-03-29T02:00:00.000Z',
    ],
    [
      'and not before it',
      [aCron({ cron: '30 2 * * *', durationMs: HOUR, timezone: 'Europe/Berlin' })],
      '2026-03-29T00:59:59.999Z',
      undefined,
    ],
    [
      'once, from the first hour, when its start is repeated',
      [aCron({ cron: '30 1 * * *', durationMs: HOUR, timezone: 'America/New_York' })],
      '2026-11-01T05:30:00.000Z',
      '2026-11-01T06:30:00.000Z',
    ],
    [
      'and not again in the second',
      [aCron({ cron: '30 1 * * *', durationMs: HOUR, timezone: 'America/New_York' })],
      '2026-11-01T06:30:00.000Z',
      undefined,
    ],
    [
      'to the end of the last, where each begins before the one before has ended',
      [aCron({ cron: '0 18 * * 1-5', durationMs: 30 * HOUR })],
      '2026-11-03T00:00:00.000Z',
      '2026-11-08T00:00:00.000Z',
    ],
    [
      'to the end of the last, where one begins at the end of another',
      [aCron(), aCron({ name: 'monday', cron: '0 6 * * MON', durationMs: HOUR })],
      '2026-11-07T00:00:00.000Z',
      '2026-11-09T07:00:00.000Z',
    ],
    [
      'not through a gap of a minute',
      [aCron(), aCron({ name: 'monday', cron: '1 6 * * MON', durationMs: HOUR })],
      '2026-11-07T00:00:00.000Z',
      '2026-11-09T06:00:00.000Z',
    ],
    [
      'on into one with from and until',
      [aCron(), aSpan(Date.UTC(2026, 10, 9, 5), Date.UTC(2026, 10, 10))],
      '2026-11-07T00:00:00.000Z',
      '2026-11-10T00:00:00.000Z',
    ],
  ])('holds %s', (_name, windows, at, until) => {
    const verdict = frozen(windows, { isRevert: false, now: Date.parse(at) });
    const untilAt = verdict.kind === 'defer' ? verdict.untilAt : undefined;
    expect(untilAt === undefined ? undefined : new Date(untilAt).toISOString()).toBe(until);
    expect(verdict.kind).toBe(until === undefined ? 'allow' : 'defer');
  });

  test('that leaves no gap holds without an end, and says so', () => {
    const years = aSpan(NOW, NOW + 3 * 366 * 24 * HOUR);
    expect(frozen([years], { isRevert: false, now: NOW })).toMatchObject({
      untilAt: NOW + 3 * 366 * 24 * HOUR,
    });
    const endless = aCron({ cron: '0 0 * * *', durationMs: 24 * HOUR });
    expect(frozen([endless], { isRevert: false, now: NOW })).toEqual({
      kind: 'defer',
      gate: 'freeze',
      reason: 'freeze window "weekend" without an end in sight',
    });
  });

  test('lets reverts pass where it says so', () => {
    const at = { isRevert: true, now: Date.UTC(2026, 10, 7) };
    expect(frozen([aCron()], at)).toEqual({ kind: 'allow' });
    expect(frozen([aCron({ allowReverts: false })], at).kind).toBe('defer');
  });
});

function anOverride(overrides: Partial<FreezeOverride> = {}): FreezeOverride {
  return {
    name: 'INC-4711',
    untilAt: NOW + HOUR,
    reason: 'storm',
    by: 'ops',
    ...overrides,
  };
}

describe('an override', () => {
  const window = aSpan(NOW - HOUR, NOW + 4 * HOUR);
  const overridden = (
    freezeOverrides: readonly FreezeOverride[],
    now = NOW,
    freeze: readonly FreezeWindow[] = [window],
  ): GateVerdict => checkFreeze({ freeze, freezeOverrides }, { isRevert: false, now });

  test('lets through what the window would hold, and is named', () => {
    expect(overridden([anOverride()])).toEqual({ kind: 'allow', freezeOverride: 'INC-4711' });
  });

  test('is not named where no window stands', () => {
    expect(overridden([anOverride()], NOW - 2 * HOUR)).toEqual({ kind: 'allow' });
  });

  test('is not named for a revert that the window lets through anyway', () => {
    const policy = { freeze: [window], freezeOverrides: [anOverride()] };
    expect(checkFreeze(policy, { isRevert: true, now: NOW })).toEqual({ kind: 'allow' });
  });

  test('holds until right before it runs out', () => {
    expect(overridden([anOverride()], NOW + HOUR - 1).kind).toBe('allow');
    expect(overridden([anOverride()], NOW + HOUR)).toMatchObject({
      kind: 'defer',
      untilAt: NOW + 4 * HOUR,
    });
  });

  test('holds for the windows that it names, and no other', () => {
    const other = { ...aSpan(NOW, NOW + 2 * HOUR), name: 'weekend' };
    const named = anOverride({ windows: ['year end'] });
    expect(overridden([named])).toMatchObject({ kind: 'allow' });
    expect(overridden([named], NOW, [window, other])).toEqual({
      kind: 'defer',
      gate: 'freeze',
      reason: `freeze window "weekend" until ${new Date(NOW + 4 * HOUR).toISOString()}`,
      // by then the override has run out, and the other window goes on
      untilAt: NOW + 4 * HOUR,
    });
    const longer = { ...named, untilAt: NOW + 3 * HOUR };
    expect(overridden([longer], NOW, [window, other])).toMatchObject({ untilAt: NOW + 2 * HOUR });
  });

  test('several are named where it takes several, of two for one window the longer', () => {
    const other = { ...aSpan(NOW, NOW + 2 * HOUR), name: 'weekend' };
    const both = [
      anOverride({ name: 'a', windows: ['year end'] }),
      anOverride({ name: 'b', windows: ['weekend'] }),
      anOverride({ name: 'c', windows: ['weekend'], untilAt: NOW + 2 * HOUR }),
    ];
    expect(overridden(both, NOW, [window, other])).toEqual({
      kind: 'allow',
      freezeOverride: 'a, c',
    });
  });

  test('stands beside the window that stands', () => {
    const freeze = [window, aSpan(NOW + 1, NOW + 2)];
    const override = anOverride();
    expect(standingFreezes({ freeze, freezeOverrides: [override] }, NOW)).toEqual([
      {
        name: 'year end',
        startedAt: NOW - HOUR,
        endsAt: NOW + 4 * HOUR,
        allowReverts: true,
        override,
      },
    ]);
  });
});

const MINUTE = 60_000;
/** Around the nights in which Berlin, New York and Lord Howe change their clocks. */
const FROMS = ['2026-03-28', '2026-10-24', '2026-03-07', '2026-10-31', '2026-10-03', '2026-06-01'];
const crons = fc.record({
  cron: fc
    .tuple(
      fc.constantFrom('0', '30', '15,45', '*/20', '0-10'),
      fc.constantFrom('*', '1', '2', '3', '1-3', '*/6', '22'),
      fc.constantFrom('*', '*', '0', '6,0'),
    )
    .map(([minute, hour, weekday]) => `${minute} ${hour} * * ${weekday}`),
  durationMs: fc.constantFrom(1, 20, 60, 90, 25 * 60).map((minutes) => minutes * MINUTE),
  timezone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'),
});

describe('by an independent slow check', () => {
  test('an instant is frozen when, and only when, some window began at most its duration ago; until the first that is not', () => {
    fc.assert(
      fc.property(
        fc.array(crons, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(...FROMS),
        fc.integer({ min: 0, max: 36 * 60 * MINUTE }),
        (rows, day, offset) => {
          const from = Date.parse(`${day}T00:00:00Z`);
          const end = from + 96 * HOUR;
          const minutes = new Set<number>();
          for (const row of rows)
            for (const start of startsBySlowCheck(row, from - 60 * HOUR, end))
              for (let at = start; at < start + row.durationMs; at += MINUTE) minutes.add(at);
          // windows begin and end at whole minutes
          const isFrozen = (at: number): boolean => minutes.has(Math.floor(at / MINUTE) * MINUTE);
          const now = from + offset;
          const verdict = frozen(rows.map(aCron), { isRevert: false, now });
          expect(verdict.kind).toBe(isFrozen(now) ? 'defer' : 'allow');
          if (verdict.kind !== 'defer') return;
          let free = Math.ceil(now / MINUTE) * MINUTE;
          while (isFrozen(free)) free += MINUTE;
          // what begins past the last day looked at is not known here
          if (free < end - 48 * HOUR) expect(verdict.untilAt).toBe(free);
        },
      ),
      { numRuns: 100 },
    );
  });
});
