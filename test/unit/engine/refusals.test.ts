import { describe, expect, test } from '@jest/globals';
import { FlowkeeperError } from '../../../src/domain/errors.ts';
import { findFlow } from '../../../src/engine/find-flow.ts';
import { releaseFlow } from '../../../src/engine/release-flow.ts';
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
      conditions: expect.arrayContaining([
        expect.objectContaining({ type: 'Ready', status: false, reason: error.code }),
      ]),
      lastAttemptedRevision: revision,
      differences: [{ path: '/routing/maxWaitTime', live: 600, desired: 300 }],
    });
    expect(await rig.openAttempts()).toEqual([]);
    expect(exitCodeOf(report)).toBe(1);
  });
});

describe('settings that the service refuses', () => {
  const refusal = (id: number) =>
    anApiError('api.refused', {}, `no (correlation id ${String(id)})`);

  async function aRefusedFlow(): Promise<EngineRig> {
    const rig = new EngineRig({ flows: 2 });
    rig.wants(300);
    rig.backend.failNext('write', refusal(1));
    await rig.run();
    return rig;
  }

  test('are held back after one attempt: one audit record, and nothing more to tell', async () => {
    const rig = await aRefusedFlow();
    const told = await rig.status();
    expect(told).toMatchObject({
      state: 'Failed',
      conditions: [
        { type: 'Ready', reason: 'api.refused' },
        { type: 'Stalled', status: true, reason: 'Refused' },
      ],
    });
    for (let i = 0; i < 3; i += 1) {
      const report = await rig.restarted().run();
      expect(report.outcomes).toMatchObject([
        { status: 'blocked', reason: expect.stringContaining('no (correlation id 1)') },
      ]);
      expect(report.publishing).toEqual({ kind: 'nothing' });
      expect(exitCodeOf(report)).toBe(2);
    }
    expect(await rig.status()).toEqual(told);
    expect(rig.writes()).toHaveLength(1);
    expect(rig.audits().map(({ status }) => status)).toEqual(['failed']);
  });

  test('are tried again when git says something else', async () => {
    const rig = await aRefusedFlow();
    rig.wants(310);
    expect((await rig.later().run()).outcomes).toMatchObject([{ status: 'applied' }]);
    expect(await rig.status()).toMatchObject({ state: 'InSync', conditions: [{ type: 'Ready' }] });
    expect(await rig.record()).not.toHaveProperty('heldBack');
  });

  test('are tried again, once, when somebody has changed the flow', async () => {
    const rig = await aRefusedFlow();
    rig.backend.edit(FLOW, { notes: { by: 'hand' } });
    rig.backend.failNext('write', refusal(2));
    expect((await rig.later().run()).outcomes).toMatchObject([{ status: 'failed' }]);
    expect((await rig.later().run()).outcomes).toMatchObject([{ status: 'blocked' }]);
    expect(rig.audits().map(({ status }) => status)).toEqual(['failed', 'failed']);

    rig.backend.edit(FLOW, { notes: { by: 'another hand' } });
    expect((await rig.later().run()).outcomes).toMatchObject([{ status: 'applied' }]);
  });

  test('are tried again, once, when a person says retry', async () => {
    const rig = await aRefusedFlow();
    const release = async () => {
      const found = await findFlow(rig.state.flows, [rig.org], FLOW);
      return releaseFlow(rig.ports, { ...found, by: 'ops' }, new AbortController().signal);
    };
    expect(await release()).toMatchObject({ heldBack: { version: 7 } });
    rig.backend.failNext('write', refusal(2));
    expect((await rig.later().run()).outcomes).toMatchObject([{ status: 'failed' }]);
    expect((await rig.later().run()).outcomes).toMatchObject([{ status: 'blocked' }]);
    expect(rig.audits().filter(({ status }) => status === 'failed')).toHaveLength(2);
    await release();
    expect((await rig.later().run()).outcomes).toMatchObject([{ status: 'applied' }]);
  });

  test('are told as held back also while a gate on the plan holds all', async () => {
    const rig = await aRefusedFlow();
    const told = await rig.status();
    rig.policy({ massChange: { maxFlows: 0 } });
    await rig.later().run();
    expect(await rig.status()).toEqual(told);
    rig.backend.edit(FLOW, { notes: { by: 'hand' } });
    await rig.later().run();
    expect(await rig.status()).toMatchObject({ state: 'Blocked', conditions: [{ type: 'Ready' }] });
  });

  test('hold no other flow', async () => {
    const rig = await aRefusedFlow();
    rig.wants(300, 2);
    const { outcomes } = await rig.later().run();
    const ends = Object.fromEntries(outcomes.map(({ flowId, status }) => [flowId, status]));
    expect(ends).toEqual({ [FLOW]: 'blocked', [aFlowId(2)]: 'applied' });
  });
});

describe('a write for which a permission is missing', () => {
  const forbidden = (id: number) =>
    anApiError('api.forbidden', { permission: 'architect:flow:edit' }, `no (id ${String(id)})`);

  test('is tried by every run, since it may be given back, and told and audited once', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    for (let i = 0; i < 3; i += 1) {
      rig.backend.failNext('write', forbidden(i));
      const report = await rig.later().run();
      expect(report.outcomes).toMatchObject([{ status: 'failed', code: 'api.forbidden' }]);
      expect(exitCodeOf(report)).toBe(1);
      expect(report.publishing).toMatchObject({ kind: i === 0 ? 'pushed' : 'nothing' });
    }
    expect(rig.writes()).toHaveLength(3);
    expect(rig.audits().map(({ status }) => status)).toEqual(['failed']);
    expect((await rig.status()).conditions).toHaveLength(1);

    expect((await rig.later().run()).outcomes).toMatchObject([{ status: 'applied' }]);
    expect(rig.audits().map(({ status }) => status)).toEqual(['failed', 'applied']);
  });

  test.each([
    ['git says something else', (rig: EngineRig) => rig.wants(310)],
    ['somebody changed the flow', (rig: EngineRig) => rig.backend.edit(FLOW, { notes: { a: 1 } })],
  ])('is audited again when %s', async (_name, change) => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.failNext('write', forbidden(1));
    await rig.run();
    change(rig);
    rig.backend.failNext('write', forbidden(2));
    await rig.later().run();
    expect(rig.audits()).toHaveLength(2);
  });

  test('is audited again when it fails otherwise', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.failNext('write', forbidden(1));
    await rig.run();
    rig.backend.failNext('write', anApiError('api.unreachable'));
    await rig.later().run();
    expect(rig.audits().map(({ details }) => details['code'])).toEqual([
      'api.forbidden',
      'api.unreachable',
    ]);
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
    rig.backend.failNext('write', anApiError('api.forbidden'));
    await rig.run();
    await rig.later().run();
    expect(rig.state.methods.filter((method) => method === 'snapshots.put')).toHaveLength(1);
    expect(await rig.status()).toMatchObject({ state: 'InSync' });
  });
});
