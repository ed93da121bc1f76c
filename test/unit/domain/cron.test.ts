import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CronSchedule } from '../../../src/domain/cron.ts';
import { isCron, isTimezone, lastStartAt, nextStartAt } from '../../../src/domain/cron.ts';
import { startsBySlowCheck } from '../../support/slow-cron.ts';

describe('isCron', () => {
  test.each([
    '0 7 * * 1-5',
    ' 0 18 * * FRI ',
    '*/5 0-6,22 1 JAN,mar *',
    '0 0 29 2 *',
    '0 0 * * 7',
    '0 0 * * FRI-SUN',
    '0 0-23/2 * * *',
  ])('takes %p', (text) => {
    expect(isCron(text)).toBe(true);
  });

  test.each([
    '',
    '* * * *',
    '* * * * * *',
    '60 * * * *',
    '0 24 * * *',
    '0 0 0 * *',
    '0 0 32 * *',
    '0 0 * 13 *',
    '0 0 * * 8',
    '*/0 * * * *',
    '5-1 * * * *',
    '0 0 * JUL-XYZ *',
    '0 0 * * sunday',
    '1,,2 * * * *',
    // means different things to different people
    '@daily',
    '0 0 L * *',
    '0 0 15W * *',
    '0 0 * * 5#2',
    '? * * * *',
    '5/5 * * * *',
    // never comes
    '0 0 30 2 *',
    '0 0 31 4,6 *',
  ])('refuses %p', (text) => {
    expect(isCron(text)).toBe(false);
  });
});

test.each([
  ['UTC', true],
  ['Europe/Berlin', true],
  ['America/Argentina/Buenos_Aires', true],
  ['Mars/Base', false],
  ['+01:00', false],
  ['', false],
])('whether %p is a time zone: %p', (text, expected) => {
  expect(isTimezone(text)).toBe(expected);
});

describe('the last begin', () => {
  test.each<[string, CronSchedule, string, string | undefined]>([
    ['is now', { cron: '0 18 * * 5', timezone: 'UTC' }, '2026-11-06T18:00:00.000Z', '=now'],
    [
      'is not one millisecond ahead',
      { cron: '0 18 * * 5', timezone: 'UTC' },
      '2026-11-06T17:59:59.999Z',
      '2026-10-30T18:00:00.000Z',
    ],
    [
      'is on the clock of its zone',
      { cron: '0 18 * * 5', timezone: 'Europe/Berlin' },
      '2026-11-06T20:00:00.000Z',
      '2026-11-06T17:00:00.000Z',
    ],
    [
      'in a zone without summer time has the same hour all year',
      { cron: '0 2 * * *', timezone: 'Asia/Kolkata' },
      '2026-03-29T12:00:00.000Z',
      '2026-03-28T20:30:00.000Z',
    ],
    // Berlin skips 02:00-03:00 on 29 March 2026, at 01:00Z, and repeats it on 25 October, from 00:00Z
    [
      'of a skipped time is right after the gap',
      { cron: '30 2 * * *', timezone: 'Europe/Berlin' },
      '2026-03-29T12:00:00.000Z',
      '2026-03-29T01:00:00.000Z',
    ],
    [
      'of several skipped times too',
      { cron: '10,50 2 * * *', timezone: 'Europe/Berlin' },
      '2026-03-29T12:00:00.000Z',
      '2026-03-29T01:00:00.000Z',
    ],
    [
      'of a repeated time is in the first hour',
      { cron: '30 2 * * *', timezone: 'Europe/Berlin' },
      '2026-10-25T12:00:00.000Z',
      '2026-10-25T00:30:00.000Z',
    ],
    [
      'of a repeated time with a wildcard is in both',
      { cron: '30 * * * *', timezone: 'Europe/Berlin' },
      '2026-10-25T01:59:00.000Z',
      '2026-10-25T01:30:00.000Z',
    ],
    // New York skips 02:00-03:00 on 8 March 2026, at 07:00Z, and repeats 01:00-02:00 on 1 November, from 05:00Z
    [
      'of a time skipped in New York is right after the gap',
      { cron: '15 2 * * 0', timezone: 'America/New_York' },
      '2026-03-08T12:00:00.000Z',
      '2026-03-08T07:00:00.000Z',
    ],
    [
      'of a time repeated in New York is in the first hour',
      { cron: '15 1 * * 0', timezone: 'America/New_York' },
      '2026-11-01T12:00:00.000Z',
      '2026-11-01T05:15:00.000Z',
    ],
  ])('%s', (_name, schedule, at, expected) => {
    const found = lastStartAt(schedule, Date.parse(at));
    const text = found === undefined ? undefined : new Date(found).toISOString();
    expect(text).toBe(expected === '=now' ? at : expected);
  });
});

const HOUR = 3_600_000;
/** Days around which each zone changes its clocks, and one on which none does. */
const DAYS = ['2026-03-08', '2026-03-29', '2026-10-25', '2026-11-01', '2026-04-05', '2026-06-10'];
const field = (max: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constant('*'),
    fc.integer({ min: 2, max: 20 }).map((step) => `*/${String(step)}`),
    fc.uniqueArray(fc.integer({ min: 0, max }), { minLength: 1, maxLength: 3 }).map(String),
    fc
      .tuple(fc.integer({ min: 0, max }), fc.integer({ min: 0, max }))
      .map(([a, b]) => `${String(Math.min(a, b))}-${String(Math.max(a, b))}`),
  );
const schedules = fc
  .record({
    minute: field(59),
    // the hours in which clocks are changed
    hour: fc.oneof(field(4), field(23)),
    weekday: fc.constantFrom('*', '*', '0', '0,6', '1-5'),
    timezone: fc.constantFrom(
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
      'UTC',
    ),
  })
  .map(({ minute, hour, weekday, timezone }) => ({
    cron: `${minute} ${hour} * * ${weekday}`,
    timezone,
  }));

describe('by an independent slow check, around changes of the clocks', () => {
  test('the last begin is the greatest that is not later, and the next the least that is', () => {
    fc.assert(
      fc.property(
        schedules,
        fc.constantFrom(...DAYS),
        fc.integer({ min: 0, max: 47 * 60 }),
        fc.constantFrom(0, 1, 59_999),
        (schedule, day, minutes, ms) => {
          const from = Date.parse(`${day}T00:00:00Z`) - 12 * HOUR;
          const at = from + minutes * 60_000 + ms;
          const starts = startsBySlowCheck(schedule, from - 36 * HOUR, from + 72 * HOUR);
          const last = starts.filter((start) => start <= at).at(-1);
          const next = starts.find((start) => start > at);
          if (last !== undefined) expect(lastStartAt(schedule, at)).toBe(last);
          if (next !== undefined) expect(nextStartAt(schedule, at)).toBe(next);
        },
      ),
      { numRuns: 150 },
    );
  });
});
