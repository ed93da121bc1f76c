import { randomBytes } from 'node:crypto';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';

/** Short names for people to read and type: a run is told by its second, an attempt or event by its millisecond. */
const SHAPES = {
  run: { prefix: 'run', stampLength: 'yyyymmddThhmmss'.length, digits: 6 },
  attempt: { prefix: 'att', stampLength: 'yyyymmddThhmmssmmm'.length, digits: 10 },
  event: { prefix: 'evt', stampLength: 'yyyymmddThhmmssmmm'.length, digits: 10 },
  notice: { prefix: 'ntc', stampLength: 'yyyymmddThhmmssmmm'.length, digits: 10 },
} as const;

/**
 * Ids that sort by time within a process and are unique across processes:
 * `run-20261124T093000Z-8f3a21`, `att-20261124T093000123Z-8f3a2177c0`.
 *
 * @param random so many random bytes
 */
export function makeIds(
  clock: Pick<Clock, 'now'>,
  random: (size: number) => Uint8Array = randomBytes,
): Ids {
  const none = { stamp: '', count: 0 };
  const last = { run: none, attempt: none, event: none, notice: none };
  return {
    next: (kind) => {
      const { prefix, stampLength, digits } = SHAPES[kind];
      const stamp = new Date(clock.now())
        .toISOString()
        .replaceAll(/[-:.Z]/g, '')
        .slice(0, stampLength);
      const before = last[kind];
      // within one stamp, and while the clock is behind where it has been, ids count up
      const now =
        stamp > before.stamp
          ? { stamp, count: startOf(random(digits / 2)) }
          : { stamp: before.stamp, count: before.count + 1 };
      last[kind] = now;
      return `${prefix}-${now.stamp}Z-${now.count.toString(16).padStart(digits, '0')}`;
    },
  };
}

/** In the lower half of the range, so that there is room to count up. */
function startOf(bytes: Uint8Array): number {
  const range = 256 ** bytes.length;
  const value = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  return Math.floor((value / range) * (range / 2));
}
