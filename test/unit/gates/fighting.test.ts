import { describe, expect, test } from '@jest/globals';
import type { Correction, Fight, FightBreaker } from '../../../src/domain/fight.ts';
import type { GateVerdict } from '../../../src/domain/verdict.ts';
import { checkFighting, standingFight } from '../../../src/gates/fighting.ts';
import { aChange, NOW } from '../../support/builders.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const POLICY = { corrections: 5, withinMs: HOUR, probeAfterMs: 30 * MINUTE };
const DRIFT = aChange({ desiredHash: 'h1', modifiedBy: { id: 'u-1', name: 'Sam' } });

/** Corrections so long ago. */
function agos(...ages: readonly number[]): readonly Correction[] {
  return ages.map((age) => ({ at: NOW - age, by: 'Sam' }));
}

function fought(corrections: readonly Correction[], breaker?: FightBreaker): Fight {
  return { hash: 'h1', corrections, ...(breaker && { breaker }) };
}

function judge(fight: Fight | undefined, change = DRIFT, now = NOW): GateVerdict {
  return checkFighting(change, fight, POLICY, now);
}

function breakerOf(verdict: GateVerdict): FightBreaker | undefined {
  return verdict.kind === 'defer' ? verdict.fight?.breaker : undefined;
}

const FIVE = agos(50 * MINUTE, 40 * MINUTE, 30 * MINUTE, 20 * MINUTE, 10 * MINUTE);
const OPEN: FightBreaker = { openedAt: NOW, pauseMs: 30 * MINUTE };

describe('while there is no fight, drift', () => {
  test.each([
    { name: 'that nobody corrected yet is allowed', fight: undefined, kind: 'allow' },
    { name: 'after four corrections is allowed', fight: fought(FIVE.slice(1)), kind: 'allow' },
    { name: 'after five is left alone', fight: fought(FIVE), kind: 'defer' },
    {
      name: 'is left alone while the oldest of five is not yet an hour old',
      fight: fought(agos(HOUR - 1, 40, 30, 20, 10)),
      kind: 'defer',
    },
    {
      name: 'is allowed once the oldest of five is an hour old',
      fight: fought(agos(HOUR, 40, 30, 20, 10)),
      kind: 'allow',
    },
    {
      name: 'that comes back every quarter of an hour for days is corrected each time',
      fight: fought(agos(75 * MINUTE, 60 * MINUTE, 45 * MINUTE, 30 * MINUTE, 15 * MINUTE)),
      kind: 'allow',
    },
    {
      name: 'from settings that git no longer wants is another matter',
      fight: { ...fought(FIVE), hash: 'h0' },
      kind: 'allow',
    },
  ])('$name', ({ fight, kind }) => {
    expect(judge(fight)).toMatchObject({ kind });
  });

  test.each([1, 2, 100])('is left alone after as many as the policy says: %i', (corrections) => {
    const policy = { ...POLICY, corrections };
    const many = (count: number): Fight =>
      fought(Array.from({ length: count }, (_, i) => ({ at: NOW - count + i })));
    const allowed = checkFighting(DRIFT, many(corrections - 1), policy, NOW);
    expect(allowed).toEqual({ kind: 'allow' });
    expect(checkFighting(DRIFT, many(corrections), policy, NOW)).toMatchObject({ kind: 'defer' });
  });

  test('is told with who changed it, when it is tried again, and the way to go on at once', () => {
    const corrections = [...FIVE.slice(0, 4), { at: NOW - 1, by: 'CI Bot' }];
    const verdict = judge(fought(corrections));
    expect(verdict).toEqual({
      kind: 'defer',
      gate: 'fighting',
      reason: `corrected 5 times since ${new Date(NOW - 50 * MINUTE).toISOString()}, and changed again each time by Sam, CI Bot; \`flowkeeper retry ${DRIFT.flowId}\` corrects it at once`,
      untilAt: NOW + 30 * MINUTE,
      fight: fought(corrections, { ...OPEN, by: 'Sam' }),
    });
  });

  test('is told without names where the service does not tell them, and with few of many', () => {
    const nameless = aChange({ desiredHash: 'h1' });
    const unknown = judge(fought(FIVE.map(({ at }) => ({ at }))), nameless);
    expect(unknown).toMatchObject({ reason: expect.stringContaining('each time by others;') });
    const many = FIVE.map(({ at }, i) => ({ at, by: `Hand ${String(i)}` }));
    expect(judge(fought(many))).toMatchObject({
      reason: expect.stringContaining('by Hand 0, Hand 1, Hand 2, Hand 3, Hand 4, and 1 more;'),
    });
  });
});

describe('only drift is held', () => {
  test.each(['revert', 'desired'] as const)('a change of kind %s goes on', (kind) => {
    expect(judge(fought(FIVE), { ...DRIFT, kind })).toEqual({ kind: 'allow' });
    expect(judge(fought(FIVE, OPEN), { ...DRIFT, kind })).toEqual({ kind: 'allow' });
  });

  test('and drift from settings that a commit changed goes on', () => {
    expect(judge(fought(FIVE, OPEN), { ...DRIFT, desiredHash: 'h2' })).toEqual({ kind: 'allow' });
  });
});

describe('while the breaker is open', () => {
  const open = fought(FIVE, { ...OPEN, by: 'Sam' });

  test.each([
    { name: 'at once', at: NOW, kind: 'defer' },
    { name: 'until right before the pause is over', at: NOW + 30 * MINUTE - 1, kind: 'defer' },
    { name: 'not from the end of the pause on', at: NOW + 30 * MINUTE, kind: 'allow' },
  ])('drift is left alone, $name', ({ at, kind }) => {
    expect(judge(open, DRIFT, at)).toMatchObject({ kind });
  });

  test('it is told in the same words all the time, whoever changed it last', () => {
    const first = judge(fought(FIVE));
    const later = { ...DRIFT, modifiedBy: { name: 'Another' } };
    expect(judge(open, later, NOW + 29 * MINUTE)).toEqual(first);
  });

  test('that the flow was in sync for a moment changes nothing', () => {
    const calm = fought(FIVE, { ...OPEN, calmSince: NOW + 1 });
    expect(breakerOf(judge(calm, DRIFT, NOW + 2))).toEqual(OPEN);
    expect(judge(calm, DRIFT, NOW + 30 * MINUTE)).toEqual({ kind: 'allow' });
  });
});

describe('after the correction that was to show', () => {
  const probedAt = NOW + 30 * MINUTE;
  const probed = (pauseMs = 30 * MINUTE): Fight =>
    fought(FIVE, { openedAt: NOW, pauseMs, probed: true, calmSince: probedAt });

  test.each([
    [30 * MINUTE, HOUR],
    [11 * HOUR, 22 * HOUR],
    [12 * HOUR, DAY],
    [12 * HOUR + 1, DAY],
    [DAY, DAY],
  ])('drift opens it again: a pause of %i ms is followed by one of %i', (pauseMs, next) => {
    const verdict = judge(probed(pauseMs), DRIFT, probedAt + 1);
    expect(breakerOf(verdict)).toEqual({ openedAt: probedAt + 1, pauseMs: next, by: 'Sam' });
    expect(verdict).toMatchObject({ untilAt: probedAt + 1 + next });
  });

  test('a pause that the policy makes longer than a day stays so long', () => {
    const policy = { ...POLICY, probeAfterMs: 3 * DAY };
    const verdict = checkFighting(DRIFT, probed(3 * DAY), policy, probedAt + 1);
    expect(breakerOf(verdict)?.pauseMs).toBe(3 * DAY);
  });

  test.each([
    { name: 'right before an hour in sync it is open', after: HOUR - 1, kind: 'defer' },
    { name: 'after an hour in sync it is closed', after: HOUR, kind: 'allow' },
  ])('$name', ({ after, kind }) => {
    expect(judge(probed(), DRIFT, probedAt + after)).toMatchObject({ kind });
  });

  test('what is over is forgotten', () => {
    const rest = fought(FIVE);
    expect(standingFight(probed(), 'h1', POLICY, probedAt + HOUR)).toEqual(rest);
    expect(standingFight(probed(), 'h1', POLICY, probedAt + HOUR - 1)).toEqual(probed());
    expect(standingFight(probed(), 'h2', POLICY, probedAt)).toBeUndefined();
    expect(standingFight(undefined, 'h1', POLICY, probedAt)).toBeUndefined();
  });
});

describe('a clock that was set back', () => {
  test('opens nothing: corrections of the future do not count', () => {
    const slow = agos(100 * MINUTE, 80 * MINUTE, 60 * MINUTE, 40 * MINUTE, 20 * MINUTE);
    for (let back = 0; back <= 2 * HOUR; back += 10 * MINUTE)
      expect(judge(fought(slow), DRIFT, NOW - back)).toEqual({ kind: 'allow' });
  });

  test.each([
    { name: 'up to a pause it waits on', back: 30 * MINUTE, kind: 'defer' },
    { name: 'by more than a pause it does not', back: 30 * MINUTE + 1, kind: 'allow' },
  ])('does not keep an open breaker open for good: $name', ({ back, kind }) => {
    expect(judge(fought(FIVE, OPEN), DRIFT, NOW - back)).toMatchObject({ kind });
  });

  test.each([
    { name: 'up to an hour it is open', back: HOUR, kind: 'defer' },
    { name: 'by more than an hour it is over', back: HOUR + 1, kind: 'allow' },
  ])('nor one that was probed: $name', ({ back, kind }) => {
    const probed = fought(FIVE, { ...OPEN, probed: true, calmSince: NOW });
    expect(judge(probed, DRIFT, NOW - back)).toMatchObject({ kind });
  });
});
