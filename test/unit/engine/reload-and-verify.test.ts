import { describe, expect, test } from '@jest/globals';
import type { Settings } from '../../../src/domain/flow.ts';
import { exitCodeOf } from '../../../src/engine/run-report.ts';
import { aFlowId } from '../../support/builders.ts';
import { anApiError, blocksWith, EngineRig, settingsWith } from '../../support/engine-rig.ts';

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

  test('that is pending and fails again stays pending, and commits nothing new', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    failReloads(rig, 4);
    await rig.run();
    const next = await rig.later().run();
    expect((await rig.status()).conditions.map(({ type }) => type)).toContain('ReloadPending');
    expect(next.publishing).toEqual({ kind: 'nothing' });
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

describe('a rollback', () => {
  /** Stores something else, once. */
  function aRigThatRollsBack(): EngineRig {
    const rig = new EngineRig();
    rig.policy({ apply: { verifyTimeout: '1s' } });
    rig.wants(300);
    rig.backend.storeInstead(FLOW, () => settingsWith(599));
    rig.backend.onNext('write', () => void rig.backend.storeAsAsked(FLOW), 'after');
    return rig;
  }

  test('never touches what a third party wrote meanwhile: stuck, and a person is told', async () => {
    const rig = aRigThatRollsBack();
    // the snapshot reads once, verify four times in its second; then the rollback reads
    for (let i = 0; i < 5; i += 1) rig.backend.onNext('read', () => undefined);
    rig.backend.onNext('read', () => void rig.backend.edit(FLOW, blocksWith(42)));

    const report = await rig.run();

    expect(report.outcomes).toMatchObject([{ status: 'stuck' }]);
    expect(report.outcomes[0]?.reason).toContain('somebody wrote version 9 meanwhile');
    expect(rig.live()).toMatchObject({ version: 9, settings: settingsWith(42) });
    expect(rig.writes()).toHaveLength(1);
    expect(rig.audits()).toMatchObject([
      { status: 'stuck', details: { conflictWith: 'Hand Writer' } },
    ]);
    expect(await rig.status()).toMatchObject({ state: 'Stuck' });
  });

  test('that meets a conflict does not overwrite it either', async () => {
    const rig = aRigThatRollsBack();
    rig.backend.onNext('write', () => undefined);
    rig.backend.onNext('write', () => void rig.backend.edit(FLOW, blocksWith(42)));
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([{ status: 'stuck' }]);
    expect(rig.live().settings).toEqual(settingsWith(42));
  });

  test.each([
    ['landed', 'after'],
    ['did not land', 'before'],
  ] as const)('whose answer was lost and that %s ends rolled back', async (_, at) => {
    const rig = aRigThatRollsBack();
    rig.backend.onNext('write', () => undefined, at);
    rig.backend.failNext('write', anApiError('api.timeout'), at);
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([{ status: 'rolled-back' }]);
    expect(rig.live().settings).toEqual(settingsWith(600));
    expect(rig.audits()).toHaveLength(1);
  });

  test('that is refused is stuck, with why it came to it first', async () => {
    const rig = aRigThatRollsBack();
    rig.backend.onNext('write', () => undefined);
    rig.backend.failNext('write', anApiError('api.refused', {}, 'not these'));
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([
      {
        status: 'stuck',
        reason:
          'the service does not show what was written: /routing/maxWaitTime; the snapshot could not be put back: not these',
      },
    ]);
  });

  test('whose reload fails is rolled back with ReloadPending, which the next run clears', async () => {
    const rig = aRigThatRollsBack();
    rig.backend.onNext('reload', () => undefined);
    failReloads(rig);
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([{ status: 'rolled-back', reloadPending: true }]);

    await rig.later().run();

    expect(rig.backend.effective(FLOW)).toEqual(settingsWith(600));
    const types = (await rig.status()).conditions.map(({ type }) => type);
    expect(types).toEqual(['Ready', 'Stalled']);
    await rig.later().run();
    expect(rig.backend.reloads).toHaveLength(2);
  });

  test('holds these settings back, in the words of the rollback, until git says something else', async () => {
    const rig = aRigThatRollsBack();
    await rig.run();
    const status = await rig.status();
    const commits = rig.statusBranch.commits.length;

    const held = await rig.restarted().run();

    expect(held.outcomes).toMatchObject([{ status: 'blocked' }]);
    expect(exitCodeOf(held)).toBe(2);
    expect(rig.writes()).toHaveLength(2);
    expect(await rig.status()).toEqual(status);
    expect(rig.statusBranch.commits).toHaveLength(commits);

    rig.wants(310);
    const next = await rig.later().run();
    expect(next.outcomes).toMatchObject([{ status: 'applied' }]);
    expect((await rig.status()).conditions).toHaveLength(1);
  });

  test('and the commit that is taken back: in sync, and no longer held', async () => {
    const rig = aRigThatRollsBack();
    await rig.run();
    rig.wants(600);
    await rig.later().run();
    expect(await rig.status()).toMatchObject({ state: 'InSync' });
    expect(await rig.record()).not.toHaveProperty('heldBack');
  });

  test.each([
    [
      'a mass-change gate holds the plan',
      (rig: EngineRig) => rig.policy({ massChange: { maxFlows: 0 } }),
    ],
  ])('keeps its words while %s', async (_, hold) => {
    const rig = aRigThatRollsBack();
    await rig.run();
    const { state, conditions } = await rig.status();
    hold(rig);
    await rig.later().run();
    expect(await rig.status()).toMatchObject({ state, conditions });
  });

  test('is still known as held back after the flow was suspended for a while', async () => {
    const rig = aRigThatRollsBack();
    await rig.run();
    const suspend = { reason: 'INC-1' };
    rig.commit({ 1: { settings: { routing: { maxWaitTime: 300 } }, suspend } });
    await rig.later().run();
    expect(await rig.status()).toMatchObject({ state: 'Suspended' });

    rig.wants(300);
    const held = await rig.later().run();
    expect(held.outcomes).toMatchObject([{ status: 'blocked' }]);
    expect(await rig.status()).toMatchObject({
      state: 'Blocked',
      conditions: [
        { type: 'Ready', reason: 'held-back' },
        { type: 'Stalled', reason: 'HeldBack' },
      ],
    });
  });
});
