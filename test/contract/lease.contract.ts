import { describe, expect, test } from '@jest/globals';
import { isError } from '../../src/domain/errors.ts';
import type { Lease } from '../../src/ports/lease.ts';

/** What every Lease owes the engine. `stop` ends what `start` began. */
export function describeLease(
  name: string,
  start: () => Promise<{ readonly lease: Lease; readonly stop: () => Promise<void> }>,
): void {
  const signal = new AbortController().signal;
  const given =
    (body: (lease: Lease) => Promise<void>): (() => Promise<void>) =>
    async () => {
      const { lease, stop } = await start();
      try {
        await body(lease);
      } finally {
        await stop();
      }
    };

  describe(`Lease contract: ${name}`, () => {
    test(
      'an org has one holder at a time; the error names it',
      given(async (lease) => {
        const held = await lease.acquire('acme', signal);
        const error: unknown = await lease
          .acquire('acme', signal)
          .catch((reason: unknown) => reason);
        if (!isError(error, 'state.busy')) throw error;
        expect(error.details.org).toBe('acme');
        expect(error.details.holder).toMatch(/^host \S+, process \d+/);
        await held.release();
      }),
    );

    test(
      'orgs have nothing to do with each other',
      given(async (lease) => {
        const held = [await lease.acquire('a', signal), await lease.acquire('b', signal)];
        for (const each of held) await each.release();
      }),
    );

    test(
      'each holder has a greater token than the one before',
      given(async (lease) => {
        const tokens: number[] = [];
        for (let i = 0; i < 3; i += 1) {
          const held = await lease.acquire('acme', signal);
          tokens.push(held.fencingToken);
          await held.release();
        }
        expect(tokens).toEqual(tokens.toSorted((a, b) => a - b));
        expect(new Set(tokens).size).toBe(3);
      }),
    );

    test(
      'releasing twice takes nothing from the next holder',
      given(async (lease) => {
        const first = await lease.acquire('acme', signal);
        await first.release();
        const second = await lease.acquire('acme', signal);
        await first.release();
        await expect(lease.acquire('acme', signal)).rejects.toThrow(/acme/);
        expect(second.lost.aborted).toBe(false);
        await second.release();
      }),
    );

    test(
      'releasing is not losing',
      given(async (lease) => {
        const held = await lease.acquire('acme', signal);
        await held.release();
        expect(held.lost.aborted).toBe(false);
      }),
    );

    test(
      'an aborted signal takes nothing',
      given(async (lease) => {
        const reason = new Error('enough');
        await expect(lease.acquire('acme', AbortSignal.abort(reason))).rejects.toBe(reason);
        await (await lease.acquire('acme', signal)).release();
      }),
    );
  });
}
