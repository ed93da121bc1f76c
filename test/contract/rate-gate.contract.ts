import { describe, expect, test } from '@jest/globals';
import type { RateGate } from '../../src/ports/rate-gate.ts';

/** What every RateGate owes, whatever its budget: the tests ask for less than any. */
export function describeRateGate(
  name: string,
  start: () => Promise<{ readonly gate: RateGate; readonly stop: () => Promise<void> }>,
): void {
  const signal = new AbortController().signal;
  const given =
    (body: (gate: RateGate) => Promise<void>): (() => Promise<void>) =>
    async () => {
      const { gate, stop } = await start();
      try {
        gate.configure({ requestsPerMinute: 240, updatesPerMinute: 30 });
        await body(gate);
      } finally {
        await stop();
      }
    };

  describe(`RateGate contract: ${name}`, () => {
    test(
      'admits at once while there is budget',
      given(async (gate) => {
        await gate.admit('read', signal);
        await gate.admit('write', signal);
      }),
    );

    test(
      'admits routine too, and nobody has waited so far',
      given(async (gate) => {
        await gate.admit('read', signal, 'routine');
        await gate.admit('write', signal, 'routine');
        expect(gate.waitedMs).toBe(0);
      }),
    );

    test(
      'an aborted signal is not admitted',
      given(async (gate) => {
        const reason = new Error('enough');
        await expect(gate.admit('read', AbortSignal.abort(reason))).rejects.toBe(reason);
        await gate.admit('read', signal);
      }),
    );

    test(
      'tells a silence that was asked for, and that it is over by itself',
      given(async (gate) => {
        const before = await gate.spent();
        await gate.stall(before.stalledUntil + 1000);
        expect((await gate.spent()).stalledUntil).toBeGreaterThan(before.stalledUntil);
      }),
    );

    test(
      'a silence that is over stops nobody',
      given(async (gate) => {
        await gate.stall(1);
        await expect(gate.admit('write', signal)).resolves.toBeUndefined();
      }),
    );
  });
}
