import { expect, test } from '@jest/globals';
import { systemClock } from '../../../../src/adapters/clock/system-clock.ts';

test('a sleep longer than a timer can wait is no short one', async () => {
  const controller = new AbortController();
  let isOver = false;
  const slept = systemClock.sleep(2 ** 40, controller.signal).then(
    () => (isOver = true),
    () => undefined,
  );
  // an overflowing timer fires after 1 ms
  await systemClock.sleep(10, new AbortController().signal);
  expect(isOver).toBe(false);
  controller.abort();
  await slept;
});

test('an alarm later than a timer can wait does not ring early', async () => {
  let rings = 0;
  const dismiss = systemClock.alarm(2 ** 40, () => (rings += 1));
  await systemClock.sleep(10, new AbortController().signal);
  dismiss();
  expect(rings).toBe(0);
});
