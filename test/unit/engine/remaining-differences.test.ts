import { describe, expect, test } from '@jest/globals';
import { aFlowId } from '../../support/builders.ts';
import { anApiError, blocksWith, EngineRig, settingsWith } from '../../support/engine-rig.ts';

const FLOW = aFlowId(1);

describe('the differences that a status tells are those of the version that it names', () => {
  test('after a conflict with somebody who wrote right after ours', async () => {
    const rig = new EngineRig();
    rig.commit({ 1: { settings: { routing: { maxWaitTime: 300, type: 'skills' } } } });
    const theirs = { routing: { type: 'skills', maxWaitTime: 77 } };
    rig.backend.onNext('reload', () => void rig.backend.edit(FLOW, theirs), 'after');
    await rig.run();
    expect(await rig.status()).toMatchObject({
      state: 'Conflict',
      liveVersion: 9,
      differences: [{ path: '/routing/maxWaitTime', live: 77, desired: 300 }],
    });
    expect((await rig.status()).differences).toHaveLength(1);
  });

  test('after a conflict that was met before anything was written', async () => {
    const rig = new EngineRig();
    rig.policy({ apply: { conflictRetries: 0 } });
    rig.wants(300);
    rig.backend.onNext('read', () => void rig.backend.edit(FLOW, blocksWith(77)));
    await rig.run();
    expect(await rig.status()).toMatchObject({
      state: 'Conflict',
      liveVersion: 8,
      differences: [{ live: 77, desired: 300 }],
    });
  });

  test('of a flow that is stuck, and that somebody moves again while it is held back', async () => {
    const rig = new EngineRig();
    rig.policy({ apply: { verifyTimeout: '1s' } });
    rig.wants(300);
    rig.backend.storeInstead(FLOW, () => settingsWith(599));
    await rig.run();
    const stuck = await rig.status();
    expect(stuck).toMatchObject({ state: 'Stuck', differences: [{ live: 599, desired: 300 }] });

    rig.backend.edit(FLOW, blocksWith(42));
    await rig.later().run();
    expect(await rig.status()).toMatchObject({
      state: 'Stuck',
      since: stuck.since,
      lastOutcome: stuck.lastOutcome,
      liveVersion: 10,
      differences: [{ live: 42, desired: 300 }],
    });

    // the same again is no news
    rig.backend.edit(FLOW, blocksWith(42));
    const commits = rig.statusBranch.commits.length;
    await rig.later().run();
    expect(await rig.status()).toMatchObject({ liveVersion: 10 });
    expect(rig.statusBranch.commits).toHaveLength(commits);
  });
});

describe('an org that only reports while an attempt is open', () => {
  test('tells that what was written may not be in effect, and nothing of a flow that was not', async () => {
    const rig = new EngineRig({ flows: 2 });
    rig.policy({ apply: { concurrency: 1 } });
    rig.wants(300, 1, 2);
    const abort = new AbortController();
    rig.backend.onNext('reload', () => {
      abort.abort(anApiError('api.reset'));
    });
    await rig.run({ signal: abort.signal });
    expect(await rig.openAttempts()).toHaveLength(1);
    rig.policy({ mode: 'report' });

    const report = await rig.later().run();

    expect(report.reloadPending).toEqual([FLOW]);
    expect(await rig.status(1)).toMatchObject({
      state: 'InSync',
      conditions: [{ type: 'Ready' }, { type: 'ReloadPending' }],
    });
    expect(await rig.status(2)).toMatchObject({
      state: 'Drifted',
      conditions: [{ type: 'Ready' }],
    });

    rig.policy({});
    await rig.later().run();
    expect(await rig.status(1)).toMatchObject({ conditions: [{ type: 'Ready' }] });
    expect(rig.backend.effective(FLOW)).toEqual(settingsWith(300));
  });
});
