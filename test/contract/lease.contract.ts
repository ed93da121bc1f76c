import { describe, expect, test } from '@jest/globals';
import { isError } from '../../src/domain/errors.ts';
import type { Lease } from '../../src/ports/lease.ts';
import type { FlowRecordStore, Journal } from '../../src/ports/state-store.ts';
import { aFlowId, anAuditDraft } from '../support/builders.ts';
import { anAttempt, anEntry, anOrgStatus, aRecord, codeOf, ORG } from './state-store.words.ts';

/** Leases, and what they protect. */
export interface LeaseWorld {
  readonly lease: Lease;
  readonly journal: Journal;
  readonly flows: FlowRecordStore;
  /** Another process takes the org over, and this one has not noticed yet: it was paused. */
  readonly takeOver: (org: string) => unknown;
  readonly stop: () => Promise<void>;
}

/** What every Lease owes the engine. `stop` ends what `start` began. */
export function describeLease(name: string, start: () => Promise<LeaseWorld>): void {
  const signal = new AbortController().signal;
  const given =
    (body: (lease: Lease, world: LeaseWorld) => Promise<void>): (() => Promise<void>) =>
    async () => {
      const world = await start();
      try {
        await body(world.lease, world);
      } finally {
        await world.stop();
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
      'a holder can make sure that it still holds; one that was replaced is told so',
      given(async (lease, { takeOver }) => {
        const held = await lease.acquire('acme', signal);
        await held.confirm();
        await takeOver('acme');
        expect(await codeOf(held.confirm())).toBe('state.lease-lost');
        await held.release();
      }),
    );

    test(
      'whoever has lost an org can neither begin, go on with nor end an attempt there',
      given(async (lease, { journal, takeOver }) => {
        const held = await lease.acquire(ORG, signal);
        const { fencingToken: token } = held;
        await journal.open(anAttempt(), token);
        await journal.append('att-1', anEntry(), token);
        await takeOver(ORG);

        const second = anAttempt({ attemptId: 'att-2', flowId: aFlowId(2) });
        const late = [
          () => journal.open(second, token),
          () => journal.append('att-1', anEntry({ from: 'snapshot' }), token),
          () => journal.close('att-1', anEntry({ to: 'end:applied' }), {}, token),
        ];
        for (const write of late) expect(await codeOf(write())).toBe('state.lease-lost');
        const open = await journal.unfinished(ORG);
        expect(open).toMatchObject([{ attemptId: 'att-1', entries: [anEntry()] }]);
        await held.release();
      }),
    );

    test(
      'nor store, change or remove what is known of its flows, or of the org',
      given(async (lease, { flows, takeOver }) => {
        const held = await lease.acquire(ORG, signal);
        const { fencingToken: token } = held;
        await flows.save(ORG, [aRecord(1)], [], token);
        await flows.saveOrg(anOrgStatus({ state: 'Ready' }), token);
        await takeOver(ORG);

        const late = [
          () => flows.save(ORG, [aRecord(2)], [], token),
          () => flows.save(ORG, [], [anAuditDraft()], token),
          () => flows.remove(ORG, [aFlowId(1)], token),
          () => flows.saveOrg(anOrgStatus({ state: 'Held' }), token),
        ];
        for (const write of late) expect(await codeOf(write())).toBe('state.lease-lost');
        expect([...(await flows.index(ORG)).keys()]).toEqual([aFlowId(1)]);
        expect(await flows.loadOrg(ORG)).toMatchObject({ state: 'Ready' });
        await held.release();
      }),
    );

    test(
      'the next holder goes on where the lost one stopped',
      given(async (lease, { journal }) => {
        const first = await lease.acquire(ORG, signal);
        await journal.open(anAttempt(), first.fencingToken);
        await first.release();
        const next = await lease.acquire(ORG, signal);
        expect(await codeOf(journal.append('att-1', anEntry(), first.fencingToken))).toBe(
          'state.lease-lost',
        );
        await journal.close('att-1', anEntry({ to: 'end:applied' }), {}, next.fencingToken);
        expect(await journal.unfinished(ORG)).toEqual([]);
        await next.release();
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
