import { describe, expect, test } from '@jest/globals';
import type { Settings } from '../../../src/domain/flow.ts';
import { exitCodeOf } from '../../../src/engine/run-report.ts';
import { aFlowId } from '../../support/builders.ts';
import { anApiError, EngineRig, settingsWith } from '../../support/engine-rig.ts';

const FLOW = aFlowId(1);
const RELOAD_FAILS = anApiError('api.server-error', { status: 500 });

/** The next reloads fail until the step gives up. */
function failReloads(rig: EngineRig, count = 3): void {
  for (let i = 0; i < count; i += 1) rig.backend.failNext('reload', RELOAD_FAILS);
}

describe('a reload that fails', () => {
  test('is asked for again', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    failReloads(rig, 2);
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([{ status: 'applied', reloadPending: false }]);
    expect(rig.backend.effective(FLOW)).toEqual(settingsWith(300));
  });

  test('to the end leaves the flow applied, with ReloadPending and why; the next run asks again', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    failReloads(rig);

    const report = await rig.run();

    expect(report.outcomes).toMatchObject([
      { status: 'applied', reloadPending: true, code: 'api.server-error' },
    ]);
    expect(report.reloadPending).toEqual([FLOW]);
    expect(exitCodeOf(report)).toBe(2);
    expect(rig.audits()).toMatchObject([{ status: 'applied', details: { reloadPending: true } }]);
    expect((await rig.status()).conditions).toMatchObject([
      { type: 'Ready', status: true },
      { type: 'ReloadPending', status: true },
    ]);

    const next = await rig.restarted().run();

    expect(rig.backend.effective(FLOW)).toEqual(settingsWith(300));
    expect((await rig.status()).conditions).toMatchObject([{ type: 'Ready', status: true }]);
    expect(next.outcomes).toEqual([]);
    expect(rig.audits()).toHaveLength(1);
    await rig.restarted().run();
    expect(rig.backend.reloads).toHaveLength(1);
  });

  test('is made good by the reload of another flow in the same run: nothing is pending then', async () => {
    const rig = new EngineRig({ flows: 2 });
    rig.policy({ apply: { concurrency: 1 } });
    rig.wants(300, 1, 2);
    failReloads(rig);

    const report = await rig.run();

    expect(rig.backend.effective(FLOW)).toEqual(settingsWith(300));
    expect(report.reloadPending).toEqual([]);
    expect(report.outcomes.map(({ reason, reloadPending }) => [reason, reloadPending])).toEqual([
      [undefined, false],
      [undefined, false],
    ]);
    expect(exitCodeOf(report)).toBe(0);
    expect((await rig.status(1)).conditions).toMatchObject([{ type: 'Ready', status: true }]);
    expect((await rig.restarted().run()).publishing).toEqual({ kind: 'nothing' });
  });

  test('after the reload of another flow is pending all the same: that one began before this write', async () => {
    const rig = new EngineRig({ flows: 2 });
    rig.policy({ apply: { concurrency: 1 } });
    rig.wants(300, 1, 2);
    let asked = 0;
    rig.stub('reload', (signal) => {
      asked += 1;
      return asked === 1 ? rig.backend.reload(signal) : Promise.reject(RELOAD_FAILS);
    });

    const report = await rig.run();

    expect(report.reloadPending).toEqual([aFlowId(2)]);
    expect(exitCodeOf(report)).toBe(2);
    expect((await rig.status(2)).conditions.map(({ type }) => type)).toContain('ReloadPending');
  });

  test('that is pending and fails again stays pending, and commits nothing new', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    failReloads(rig, 4);
    await rig.run();
    const next = await rig.later().run();
    expect((await rig.status()).conditions.map(({ type }) => type)).toContain('ReloadPending');
    expect(next.publishing).toEqual({ kind: 'nothing' });
  });

  test('is pending until a reload of whatever flow’s own: a later update clears it', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    failReloads(rig);
    await rig.run();
    rig.wants(310);
    rig.backend.failNext('reload', RELOAD_FAILS);
    await rig.later().run();
    expect((await rig.status()).conditions).toHaveLength(1);
  });

  test('is still told as pending of a flow that a gate then holds', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    failReloads(rig, 4);
    await rig.run();
    rig.wants(310);
    expect((await rig.later(1000).run()).outcomes).toMatchObject([{ status: 'deferred' }]);
    expect((await rig.status()).conditions.map(({ type }) => type)).toEqual([
      'Ready',
      'ReloadPending',
    ]);
  });

  test('with an answer that will not change is not asked for again', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.failNext('reload', anApiError('api.forbidden', { permission: 'p' }));
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([{ reloadPending: true, code: 'api.forbidden' }]);
    expect(rig.backend.callsOf('reload')).toHaveLength(1);
  });

  test.each([
    ['the org only reports', (rig: EngineRig) => rig.policy({ mode: 'report' })],
    [
      'a freeze stands',
      (rig: EngineRig) =>
        rig.policy({
          freeze: [{ name: 'x', from: '2026-01-01T00:00:00Z', until: '2027-01-01T00:00:00Z' }],
        }),
    ],
  ])('is not asked for while %s, and stays pending', async (_, hold) => {
    const rig = new EngineRig();
    rig.wants(300);
    failReloads(rig);
    await rig.run();
    hold(rig);
    await rig.later().run();
    expect(rig.backend.callsOf('reload')).toHaveLength(3);
    expect((await rig.status()).conditions.map(({ type }) => type)).toContain('ReloadPending');
  });

  test('under onReloadFailure rollback puts the snapshot back', async () => {
    const rig = new EngineRig();
    rig.policy({ apply: { onReloadFailure: 'rollback' } });
    rig.wants(300);
    failReloads(rig);

    const report = await rig.run();

    expect(report.outcomes).toMatchObject([{ status: 'rolled-back', code: 'api.server-error' }]);
    expect(report.outcomes[0]?.reason).toContain('the reload failed');
    expect(rig.live()).toMatchObject({ version: 9, settings: settingsWith(600) });
    expect(rig.backend.effective(FLOW)).toEqual(settingsWith(600));
  });
});

const LOSES: readonly [string, (asked: Settings) => Settings][] = [
  ['stores something else', () => settingsWith(599)],
  ['stores nothing of it', () => settingsWith(600)],
  ['loses an undeclared field', (asked) => ({ ...asked, routing: { maxWaitTime: 300 } })],
];

describe('a service that answers 200 and', () => {
  test.each(LOSES)('%s is rolled back to the whole snapshot', async (_, twist) => {
    const rig = new EngineRig();
    const revision = rig.wants(300);
    rig.backend.storeInstead(FLOW, twist);
    rig.backend.onNext('read', () => undefined);
    rig.backend.onNext('read', () => void rig.backend.storeAsAsked(FLOW));

    const report = await rig.run();

    expect(report.outcomes).toMatchObject([{ status: 'rolled-back' }]);
    expect(rig.live().settings).toEqual(settingsWith(600));
    expect(rig.backend.effective(FLOW)).toEqual(settingsWith(600));
    expect(rig.audits()).toMatchObject([{ event: 'flow.rolled-back', status: 'rolled-back' }]);
    expect(await rig.openAttempts()).toEqual([]);
    expect(await rig.status()).toMatchObject({
      state: 'RolledBack',
      conditions: [
        { type: 'Ready', status: false },
        { type: 'Stalled', status: true },
      ],
      lastAttemptedRevision: revision,
    });
    expect(exitCodeOf(report)).toBe(1);
  });

  test('shows the write only after a while has its time to do so', async () => {
    const rig = new EngineRig();
    rig.policy({ apply: { verifyTimeout: '30s' } });
    rig.wants(300);
    const stale = rig.live();
    let reads = 0;
    rig.stub('read', async (id, signal) => {
      const now = await rig.backend.read(id, signal);
      reads += 1;
      return reads > 1 && reads < 6 ? stale : now;
    });

    const report = await rig.run();

    expect(report.outcomes).toMatchObject([{ status: 'applied' }]);
    expect(rig.writes()).toHaveLength(1);
    expect(report.outcomes[0]?.latencyMs).toBe(250 + 500 + 1000 + 2000);
  });

  test('fails to answer a read on the way to a mismatch is not blamed for that', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.storeInstead(FLOW, () => settingsWith(600));
    rig.backend.onNext('read', () => undefined);
    rig.backend.failNext('read', anApiError('api.timeout'));
    const [outcome] = (await rig.run()).outcomes;
    expect(outcome).toMatchObject({ status: 'rolled-back' });
    expect(outcome).not.toHaveProperty('code');
  });

  test('cannot be read any more stays unresolved, and the next run verifies', async () => {
    const rig = new EngineRig();
    rig.policy({ apply: { verifyTimeout: '1s' } });
    rig.wants(300);
    rig.backend.onNext('read', () => undefined);
    for (let i = 0; i < 4; i += 1) rig.backend.failNext('read', anApiError('api.server-error'));

    const report = await rig.run();
    expect(report.outcomes).toMatchObject([{ status: 'unresolved', code: 'api.server-error' }]);

    await rig.restarted().run();
    expect(rig.writes()).toHaveLength(1);
    expect(rig.audits()).toMatchObject([{ status: 'applied' }]);
    expect(await rig.status()).toMatchObject({ state: 'InSync' });
  });
});
