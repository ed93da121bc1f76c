import { describe, expect, test } from '@jest/globals';
import { exitCodeOf } from '../../../src/engine/run-report.ts';
import { aFlowId } from '../../support/builders.ts';
import { anApiError, blocksWith, EngineRig, settingsWith } from '../../support/engine-rig.ts';

const FLOW = aFlowId(1);

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

  test('over which somebody writes at once is stuck, and says so', async () => {
    const rig = aRigThatRollsBack();
    rig.backend.onNext('write', () => void rig.backend.edit(FLOW, blocksWith(42)), 'after');
    const [outcome] = (await rig.run()).outcomes;
    expect(outcome).toMatchObject({ status: 'stuck', version: 10 });
    expect(outcome?.reason).toContain('somebody wrote version 10 meanwhile');
    const loud = rig.log.lines.filter(({ level }) => level === 'error');
    expect(loud).toMatchObject([{ message: 'flow ended', fields: { status: 'stuck' } }]);
  });

  test('of a flow that shows neither our version nor the snapshot writes nothing', async () => {
    const rig = aRigThatRollsBack();
    let reads = 0;
    rig.stub('read', async (id, signal) => {
      const live = await rig.backend.read(id, signal);
      reads += 1;
      return reads > 1 ? { ...live, version: 5, settings: settingsWith(5) } : live;
    });
    const [outcome] = (await rig.run()).outcomes;
    expect(outcome).toMatchObject({ status: 'stuck' });
    expect(outcome?.reason).not.toContain('somebody');
    expect(rig.writes()).toHaveLength(1);
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
    for (let i = 0; i < 3; i += 1) rig.backend.failNext('reload', anApiError('api.server-error'));
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([{ status: 'rolled-back', reloadPending: true }]);

    await rig.later().run();

    expect(rig.backend.effective(FLOW)).toEqual(settingsWith(600));
    const types = (await rig.status()).conditions.map(({ type }) => type);
    expect(types).toEqual(['Ready', 'Stalled']);
    await rig.later().run();
    expect(rig.backend.reloads).toHaveLength(2);
  });

  /** Whatever is asked for is stored otherwise, and so is the snapshot. */
  function aRigThatSticks(flows: number): EngineRig {
    const rig = new EngineRig({ flows });
    rig.policy({ apply: { verifyTimeout: '1s', concurrency: 1 } });
    rig.wants(300, ...(flows === 1 ? [1] : [1, 2]));
    rig.backend.storeInstead(FLOW, () => settingsWith(599));
    return rig;
  }

  test('that put back what does not verify is stuck, and waits for a reload that the next run asks for', async () => {
    const rig = aRigThatSticks(1);
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([{ status: 'stuck', reloadPending: true }]);
    expect(report.reloadPending).toEqual([FLOW]);
    const types = async (): Promise<string[]> =>
      (await rig.status()).conditions.map(({ type }) => type);
    expect(await types()).toEqual(['Ready', 'Stalled', 'ReloadPending']);
    expect(rig.backend.reloads).toHaveLength(1);

    await rig.later().run();

    expect(rig.backend.reloads).toHaveLength(2);
    expect(await types()).toEqual(['Ready', 'Stalled']);
  });

  test('of which no write was answered asks for a reload with each run, until none of them can land any more', async () => {
    const rig = new EngineRig();
    rig.policy({ apply: { verifyTimeout: '1s' } });
    rig.wants(300);
    rig.backend.storeInstead(FLOW, () => settingsWith(599));
    rig.backend.onNext('write', () => void rig.backend.storeAsAsked(FLOW), 'after');
    rig.backend.onNext('write', () => undefined);
    for (let i = 0; i < 3; i += 1) rig.backend.failNext('write', anApiError('api.timeout'));
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([{ status: 'stuck', reloadPending: true }]);

    await rig.later().run();
    const waiting = (await rig.status()).conditions.find(({ type }) => type === 'ReloadPending');
    expect(waiting).toMatchObject({ reason: 'WriteInDoubt' });
    // the last of the writes lands after that reload
    rig.backend.edit(FLOW, blocksWith(600), { id: 'client-1', name: 'flowkeeper' });
    const commits = rig.statusBranch.commits.length;
    await rig.later().run();
    expect(rig.backend.effective(FLOW)).toEqual(rig.live().settings);
    expect(rig.statusBranch.commits.length - commits).toBeLessThanOrEqual(1);

    await rig.later(15 * 60_000).run();
    const types = (await rig.status()).conditions.map(({ type }) => type);
    expect(types).toEqual(['Ready', 'Stalled']);
    const { length } = rig.backend.reloads;
    await rig.later().run();
    expect(rig.backend.reloads).toHaveLength(length);
  });

  test('that put back what does not verify needs no reload of its own where another flow had one', async () => {
    const rig = aRigThatSticks(2);
    rig.stub('read', async (id, signal) => {
      // the other one, which goes on while this one is polled, comes after it
      while (id !== FLOW && rig.writes(1).length < 2) await rig.clock.sleep(100, signal);
      return rig.backend.read(id, signal);
    });
    const report = await rig.run();
    expect(report.outcomes.map(({ status }) => status).sort()).toEqual(['applied', 'stuck']);
    expect(report.reloadPending).toEqual([]);
    expect(rig.backend.effective(FLOW)).toEqual(rig.live(1).settings);
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
