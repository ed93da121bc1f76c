import { describe, expect, test } from '@jest/globals';
import { aFlowId } from '../../support/builders.ts';
import { anApiError, blocksWith, EngineRig, settingsWith } from '../../support/engine-rig.ts';

const FLOW = aFlowId(1);

const LOST_ANSWERS = [
  ['a timeout', anApiError('api.timeout', { phase: 'answer', afterMs: 30_000 })],
  ['a reset', anApiError('api.reset')],
  ['a 5xx', anApiError('api.server-error', { status: 503 })],
  ['an answer that is no flow', anApiError('api.bad-answer')],
  ['an answer that is too large', anApiError('api.too-large', { maxBytes: 1 })],
] as const;

describe.each(LOST_ANSWERS)('a write answered by %s', (_, error) => {
  test('that landed goes on at reload: one write, one audit record', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.failNext('write', error, 'after');

    const report = await rig.run();

    expect(report.outcomes).toMatchObject([{ status: 'applied', version: 8 }]);
    expect(report.outcomes[0]).not.toHaveProperty('reason');
    expect(rig.writes()).toHaveLength(1);
    expect(rig.backend.effective(FLOW)).toEqual(settingsWith(300));
    expect(rig.audits()).toMatchObject([{ status: 'applied', details: { versionAfter: 8 } }]);
    expect(rig.audits()[0]?.details).not.toHaveProperty('conflicts');
  });

  test('that did not land is made again with a fresh read, and is no conflict', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.failNext('write', error);

    const report = await rig.run();

    expect(report.outcomes).toMatchObject([{ status: 'applied', version: 8 }]);
    expect(rig.writes()).toHaveLength(2);
    expect(rig.audits()).toHaveLength(1);
    expect(rig.audits()[0]?.details).not.toHaveProperty('conflicts');
  });

  test('while somebody else wrote is a conflict: planned again with what is there now', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.onNext('write', () => {
      rig.backend.edit(FLOW, { routing: { type: 'theirs', maxWaitTime: 77 } });
      throw error;
    });

    const report = await rig.run();

    expect(report.outcomes).toMatchObject([{ status: 'applied', version: 9 }]);
    expect(rig.writes().at(-1)?.blocks).toEqual({ routing: { type: 'theirs', maxWaitTime: 300 } });
    expect(rig.audits()).toMatchObject([
      { details: { conflicts: 1, conflictWith: 'Hand Writer' } },
    ]);
  });

  test('that landed under a later hand edit of another block is not written twice', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.failNext('write', error, 'after');
    rig.backend.onNext('read', () => undefined);
    rig.backend.onNext('read', () => void rig.backend.edit(FLOW, { notes: { by: 'hand' } }));

    const report = await rig.run();

    expect(report.outcomes).toMatchObject([{ status: 'applied', version: 9 }]);
    expect(rig.writes()).toHaveLength(1);
    expect(rig.audits()).toHaveLength(1);
  });

  test('and then unreadable stays open, untouched, until a later run reads it', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.failNext('write', error, 'after');
    rig.backend.onNext('read', () => undefined);
    rig.backend.failNext('read', anApiError('api.unreachable'));

    const report = await rig.run();

    expect(report.outcomes).toMatchObject([{ status: 'unresolved', code: 'api.unreachable' }]);
    expect(await rig.openAttempts()).toHaveLength(1);
    expect(rig.audits()).toEqual([]);
    expect(await rig.status()).toMatchObject({ state: 'Unresolved' });

    const next = await rig.restarted().run();

    expect(next.outcomes).toMatchObject([{ status: 'applied' }]);
    expect(rig.writes()).toHaveLength(1);
    expect(rig.audits()).toMatchObject([{ status: 'applied', runId: 'run-0001' }]);
    expect(await rig.openAttempts()).toEqual([]);
    expect(await rig.status()).toMatchObject({ state: 'InSync' });
  });
});

const TIMEOUT = anApiError('api.timeout', { phase: 'answer', afterMs: 30_000 });

test.each([
  ['refused', anApiError('api.refused')],
  ['throttled', anApiError('api.rate-limited')],
])(
  'a write that may still land leaves the attempt open when the next one is %s',
  async (_, error) => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.failNext('write', TIMEOUT);
    for (let i = 0; i < 4; i += 1) rig.backend.failNext('write', error);

    const report = await rig.run();

    expect(report.outcomes).toMatchObject([{ status: 'unresolved' }]);
    expect(report.outcomes[0]?.reason).toContain('may still land');
    expect(await rig.openAttempts()).toHaveLength(1);
  },
);

test('a service that fails and asks for time gets it, within bounds', async () => {
  const rig = new EngineRig();
  rig.wants(300);
  rig.backend.failNext('write', anApiError('api.server-error', { retryAfterMs: 20_000 }));
  rig.backend.failNext('write', anApiError('api.server-error', { retryAfterMs: 9_000_000 }));
  const report = await rig.run();
  expect(report.outcomes).toMatchObject([{ status: 'applied', latencyMs: 80_000 }]);
});

describe('a write that can no longer land leaves no doubt', () => {
  test('once somebody else wrote: a refusal then is a failure, and the attempt ends', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.onNext('write', () => {
      rig.backend.edit(FLOW, blocksWith(77));
      throw TIMEOUT;
    });
    rig.backend.failNext('write', anApiError('api.refused'));
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([{ status: 'failed', code: 'api.refused' }]);
    expect(await rig.openAttempts()).toEqual([]);
  });

  test('once the flow is gone', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.onNext('write', () => {
      rig.backend.remove(FLOW);
      throw TIMEOUT;
    });
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([{ status: 'failed', code: 'api.not-found' }]);
    expect(await rig.openAttempts()).toEqual([]);
    expect(rig.audits()).toHaveLength(1);
  });
});

test('a conflict after a write that was not there is counted as a conflict', async () => {
  const rig = new EngineRig();
  rig.wants(300);
  rig.backend.failNext('write', TIMEOUT);
  rig.backend.onNext('write', () => void rig.backend.edit(FLOW, blocksWith(77)));
  await rig.run();
  expect(rig.audits()).toMatchObject([{ status: 'applied', details: { conflicts: 1 } }]);
});

test('the interval between updates counts from a write that was found landed', async () => {
  const rig = new EngineRig();
  rig.wants(300);
  rig.backend.failNext('write', TIMEOUT, 'after');
  await rig.run();
  rig.wants(310);
  expect((await rig.later(10_000).run()).outcomes).toMatchObject([{ status: 'deferred' }]);
});
