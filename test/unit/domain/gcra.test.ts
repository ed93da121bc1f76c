import { describe, expect, test } from '@jest/globals';
import { nextGcra } from '../../../src/domain/gcra.ts';

const LIMIT = { intervalMs: 250, burst: 4 };
const NOW = 1_000_000;

describe('nextGcra', () => {
  test('after a rest the burst goes at once, then one each interval', () => {
    let tat = 0;
    for (let i = 0; i < LIMIT.burst; i += 1) {
      const verdict = nextGcra(tat, NOW, LIMIT);
      expect(verdict.waitMs).toBe(0);
      tat = verdict.tat;
    }
    expect(nextGcra(tat, NOW, LIMIT).waitMs).toBe(250);
    expect(nextGcra(tat, NOW + 249, LIMIT).waitMs).toBe(1);
    expect(nextGcra(tat, NOW + 250, LIMIT).waitMs).toBe(0);
    expect(nextGcra(tat, NOW + 250, { ...LIMIT, burst: 1 }).waitMs).toBeGreaterThan(0);
  });

  test('what is left for others is not used, and the burst as a whole is no smaller', () => {
    let tat = 0;
    for (let i = 0; i < 3; i += 1) tat = nextGcra(tat, NOW, LIMIT, 1).tat;
    expect(nextGcra(tat, NOW, LIMIT, 1)).toEqual({ waitMs: 250, tat });
    expect(nextGcra(tat, NOW, LIMIT).waitMs).toBe(0);
    expect(nextGcra(nextGcra(tat, NOW, LIMIT).tat, NOW, LIMIT, 1).waitMs).toBe(500);
  });

  test('a tat from a clock that was set back costs one interval, not the difference', () => {
    const verdict = nextGcra(NOW + 3_600_000, NOW, LIMIT);
    expect(verdict).toEqual({ waitMs: 250, tat: NOW + 1_000 });
    expect(nextGcra(verdict.tat, NOW + 250, LIMIT).waitMs).toBe(0);
  });
});
