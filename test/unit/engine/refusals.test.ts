import { describe, expect, test } from '@jest/globals';
import { FlowkeeperError } from '../../../src/domain/errors.ts';
import { exitCodeOf } from '../../../src/engine/run-report.ts';
import { aFlowId, aSnapshot } from '../../support/builders.ts';
import { anApiError, EngineRig, settingsWith } from '../../support/engine-rig.ts';

const FLOW = aFlowId(1);

describe('a write that is refused', () => {
  test.each([
    anApiError('api.refused', { body: 'maxWaitTime is too small' }),
    anApiError('api.forbidden', { permission: 'architect:flow:edit' }),
    anApiError('api.unauthorized'),
    anApiError('api.unreachable'),
    anApiError('api.not-found'),
  ])('with $code fails the flow, leaves it as it was, and is audited', async (error) => {
    const rig = new EngineRig();
    const revision = rig.wants(300);
    rig.backend.failNext('write', error);

    const report = await rig.run();

    expect(report.outcomes).toMatchObject([{ status: 'failed', code: error.code }]);
    expect(rig.live()).toMatchObject({ version: 7, settings: settingsWith(600) });
    expect(rig.backend.reloads).toEqual([]);
    expect(rig.audits()).toMatchObject([
      { event: 'flow.update-failed', status: 'failed', revision, details: { code: error.code } },
    ]);
    expect(await rig.status()).toMatchObject({
      state: 'Failed',
      conditions: [{ type: 'Ready', status: false, reason: error.code }],
      lastAttemptedRevision: revision,
      differences: [{ path: '/routing/maxWaitTime', live: 600, desired: 300 }],
    });
    expect(await rig.openAttempts()).toEqual([]);
    expect(exitCodeOf(report)).toBe(1);
  });

  test('is tried again by the next run, and its words stay as long as it fails alike', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.failNext('write', anApiError('api.refused', {}, 'no (correlation id 1)'));
    await rig.run();
    const [first] = (await rig.status()).conditions;
    rig.backend.failNext('write', anApiError('api.refused', {}, 'no (correlation id 2)'));
    await rig.later().run();
    expect((await rig.status()).conditions).toEqual([first]);

    await rig.later().run();
    expect(await rig.status()).toMatchObject({ state: 'InSync' });
    expect(rig.audits().map(({ status }) => status)).toEqual(['failed', 'failed', 'applied']);
  });
});

describe('a throttled write', () => {
  const throttled = anApiError('api.rate-limited', { retryAfterMs: 7000 });

  test('goes on when the service lets it, as the same one write', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    for (let i = 0; i < 3; i += 1) rig.backend.failNext('write', throttled);
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([{ status: 'applied', version: 8 }]);
    expect(report.outcomes[0]).not.toHaveProperty('retryAt');
    expect(rig.writes()).toHaveLength(4);
    expect(rig.audits()).toHaveLength(1);
  });

  test('is put off for a later run when it lasts, with when to try again', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    for (let i = 0; i < 4; i += 1) rig.backend.failNext('write', throttled);
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([
      { status: 'deferred', code: 'api.rate-limited', retryAt: rig.clock.now() + 7000 },
    ]);
    expect(rig.live().version).toBe(7);
    expect(rig.audits()).toEqual([]);
    expect(await rig.openAttempts()).toEqual([]);
    expect(exitCodeOf(report)).toBe(2);
  });

  test('that is put off run after run commits nothing new', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    for (let i = 0; i < 8; i += 1)
      rig.backend.failNext('write', anApiError('api.rate-limited', {}, `wait (id ${String(i)})`));
    await rig.run();
    const again = await rig.later().run();
    expect(again.publishing).toEqual({ kind: 'nothing' });
    expect(rig.statusBranch.commits).toHaveLength(1);
  });
});

describe('without a snapshot nothing is written', () => {
  const unwritable = new FlowkeeperError('state.unwritable', 'disk full', {
    file: 'f',
    reason: 'r',
  });

  test('when the flow cannot be read again', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.failNext('read', anApiError('api.server-error'));
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([{ status: 'failed', code: 'api.server-error' }]);
    expect(rig.writes()).toEqual([]);
  });

  test('and a failure before anything was sent is told once, and not audited', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.failNext('read', anApiError('api.server-error', {}, 'failed (id 1)'));
    await rig.run();
    rig.backend.failNext('read', anApiError('api.server-error', {}, 'failed (id 2)'));
    const again = await rig.later().run();
    expect(rig.audits()).toEqual([]);
    expect(again.publishing).toEqual({ kind: 'nothing' });
    expect(rig.published()).toMatchObject({
      state: 'Failed',
      lastOutcome: { reason: 'failed (id 1)' },
    });
  });

  test('when a read is throttled the flow waits', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.failNext('read', anApiError('api.rate-limited'));
    expect((await rig.run()).outcomes).toMatchObject([{ status: 'deferred' }]);
  });

  test('when it cannot be stored', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.state.failNext('snapshots.put', unwritable);
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([{ status: 'failed', code: 'state.unwritable' }]);
    expect(rig.writes()).toEqual([]);
    expect(await rig.openAttempts()).toEqual([]);
  });

  test.each([
    ['it does not read back', undefined],
    ['it reads back different', aSnapshot({ flowId: FLOW, settings: settingsWith(1) })],
  ])('when %s', async (reason, kept) => {
    const rig = new EngineRig();
    rig.wants(300);
    const { state } = rig;
    const snapshots = { put: () => Promise.resolve(), get: () => Promise.resolve(kept) };
    const { journal, flows, outbox, parseCache } = state;
    const broken = { journal, flows, outbox, parseCache, snapshots, close: () => state.close() };

    const report = await rig.run({ ports: { state: broken } });

    expect(report.outcomes).toMatchObject([{ status: 'failed', code: 'snapshot.not-durable' }]);
    expect(report.outcomes[0]?.reason).toContain(reason);
    expect(rig.writes()).toEqual([]);
  });

  test('and the one that a failed attempt left is used again as it is', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.failNext('write', anApiError('api.refused'));
    await rig.run();
    await rig.later().run();
    expect(rig.state.methods.filter((method) => method === 'snapshots.put')).toHaveLength(1);
    expect(await rig.status()).toMatchObject({ state: 'InSync' });
  });
});
