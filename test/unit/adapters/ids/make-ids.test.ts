import { describe, expect, test } from '@jest/globals';
import { makeIds } from '../../../../src/adapters/ids/make-ids.ts';
import { FakeClock } from '../../../support/fakes/fake-clock.ts';

const bytes =
  (byte: number) =>
  (size: number): Uint8Array =>
    new Uint8Array(size).fill(byte);

describe('makeIds', () => {
  test('a run is named by its second, an attempt by its millisecond', () => {
    const clock = new FakeClock({ startAt: Date.UTC(2026, 10, 24, 9, 30, 0, 123) });
    const ids = makeIds(clock, bytes(0x80));
    expect(ids.next('run')).toBe('run-20261124T093000Z-404040');
    expect(ids.next('attempt')).toBe('att-20261124T093000123Z-4040404040');
  });

  test.each(['run', 'attempt', 'event'] as const)(
    '%s: all differ and sort in the order of their making',
    async (kind) => {
      const clock = new FakeClock();
      const ids = makeIds(clock);
      const made: string[] = [];
      for (let i = 0; i < 2_000; i += 1) {
        made.push(ids.next(kind));
        if (i % 10 === 0) await clock.advance(333);
        if (i === 1_000) clock.jump(-3_600_000);
      }
      expect(new Set(made).size).toBe(made.length);
      expect(made.toSorted()).toEqual(made);
    },
  );

  test('there is room to count up from the greatest start', () => {
    const ids = makeIds(new FakeClock(), bytes(0xff));
    ids.next('run');
    expect(ids.next('run')).toMatch(/-800000$/);
  });

  test('two processes in the same moment make different ids', () => {
    const clock = new FakeClock();
    expect(makeIds(clock).next('attempt')).not.toBe(makeIds(clock).next('attempt'));
  });
});
