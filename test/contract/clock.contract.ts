import { describe, expect, test } from '@jest/globals';
import type { Clock } from '../../src/ports/clock.ts';

/** What every Clock owes. `pass` lets at least so many of its milliseconds pass. */
export function describeClock(
  name: string,
  start: () => { readonly clock: Clock; readonly pass: (ms: number) => Promise<void> },
): void {
  const never = new AbortController().signal;

  describe(`Clock contract: ${name}`, () => {
    test('sleeps as long as asked, on both clocks', async () => {
      const { clock, pass } = start();
      const [now, ms] = [clock.now(), clock.monotonicMs()];
      const slept = clock.sleep(5, never);
      await pass(5);
      await slept;
      expect(clock.monotonicMs() - ms).toBeGreaterThanOrEqual(5);
      expect(clock.now() - now).toBeGreaterThanOrEqual(4);
    });

    test.each([0, -1, Number.MIN_VALUE])('sleeping %p ends', async (ms) => {
      const { clock, pass } = start();
      const slept = clock.sleep(ms, never);
      await pass(1);
      await slept;
    });

    test('an aborted sleep rejects with the reason, at once', async () => {
      const { clock } = start();
      const controller = new AbortController();
      const reason = new Error('enough');
      const slept = clock.sleep(1e12, controller.signal);
      controller.abort(reason);
      await expect(slept).rejects.toBe(reason);
    });

    test('an alarm rings once, after so long, and not before', async () => {
      const { clock, pass } = start();
      let rings = 0;
      clock.alarm(5, () => (rings += 1));
      expect(rings).toBe(0);
      await pass(60);
      await pass(60);
      expect(rings).toBe(1);
    });

    test('an alarm that is dismissed does not ring, and may be dismissed again', async () => {
      const { clock, pass } = start();
      let rings = 0;
      const dismiss = clock.alarm(5, () => (rings += 1));
      dismiss();
      await pass(60);
      dismiss();
      expect(rings).toBe(0);
    });

    test('a signal that is aborted already rejects too', async () => {
      const { clock } = start();
      const reason = new Error('enough');
      await expect(clock.sleep(1, AbortSignal.abort(reason))).rejects.toBe(reason);
    });
  });
}
