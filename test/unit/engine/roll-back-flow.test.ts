import { describe, expect, test } from '@jest/globals';
import { isError } from '../../../src/domain/errors.ts';
import { snapshotPathOf } from '../../../src/domain/flow-status.ts';
import { findFlow } from '../../../src/engine/find-flow.ts';
import { releaseFlow } from '../../../src/engine/release-flow.ts';
import type { Ports } from '../../../src/ports/ports.ts';
import { aFlowId } from '../../support/builders.ts';
import { EngineRig, ORG, settingsWith } from '../../support/engine-rig.ts';
import { aRigWithAnAppliedChange, failure, rollBack } from '../../support/roll-back.ts';

const FLOW = aFlowId(1);
const signal = new AbortController().signal;

describe('a rollback by hand', () => {
  test('puts back what was there before the last write, in effect, and tells who did it', async () => {
    const rig = await aRigWithAnAppliedChange();

    const report = await rollBack(rig);

    expect(report).toMatchObject({
      org: ORG,
      flowId: FLOW,
      name: 'Flow 1',
      toVersion: 7,
      by: 'Olga On-Call',
      isHeldBack: true,
      outcome: { status: 'applied', version: 9 },
      publishing: { kind: 'pushed' },
    });
    expect(rig.live()).toMatchObject({ version: 9, settings: settingsWith(600) });
    expect(rig.backend.effective(FLOW)).toEqual(settingsWith(600));
    expect(rig.audits().at(-1)).toMatchObject({
      event: 'flow.rolled-back-by-hand',
      status: 'applied',
      author: null,
      details: {
        by: 'Olga On-Call',
        restoredVersion: 7,
        versionBefore: 8,
        versionAfter: 9,
        fields: [{ path: '/routing/maxWaitTime', live: 300, desired: 600 }],
      },
    });
    expect(rig.published()).toMatchObject({
      state: 'RolledBack',
      differences: [{ path: '/routing/maxWaitTime', live: 600, desired: 300 }],
      conditions: [
        { type: 'Ready', status: false, message: 'rolled back to version 7 by Olga On-Call' },
        { type: 'Stalled', status: true, reason: 'RolledBackByHand' },
      ],
      lastAppliedHash: expect.any(String) as unknown,
    });
    expect(rig.statusBranch.commits.at(-1)?.subject).toBe(
      'flowkeeper(acme-prod): rollback of Flow 1 to version 7 by Olga On-Call: applied [skip ci]',
    );
    expect(rig.lease.isHeld(ORG)).toBe(false);
    expect(await rig.openAttempts()).toEqual([]);
  });

  test('stays while git says the same, run after run, and nothing new is told', async () => {
    const rig = await aRigWithAnAppliedChange();
    await rollBack(rig);
    const status = await rig.status();
    const commits = rig.statusBranch.commits.length;
    for (let i = 0; i < 2; i += 1) {
      const report = await rig.restarted().run();
      expect(report.outcomes).toMatchObject([{ status: 'blocked' }]);
    }
    expect(rig.live().settings).toEqual(settingsWith(600));
    expect(await rig.status()).toEqual(status);
    expect(rig.statusBranch.commits).toHaveLength(commits);
  });

  test('ends when git says something else', async () => {
    const rig = await aRigWithAnAppliedChange();
    await rollBack(rig);
    rig.wants(310);
    expect((await rig.later().run()).outcomes).toMatchObject([{ status: 'applied' }]);
    expect(await rig.status()).toMatchObject({ state: 'InSync' });
    expect(await rig.record()).not.toHaveProperty('heldBack');
  });

  test('ends without a write when git is reverted to it', async () => {
    const rig = await aRigWithAnAppliedChange();
    await rollBack(rig);
    const writes = rig.writes().length;
    rig.wants(600);
    expect((await rig.later().run()).outcomes).toEqual([]);
    expect(rig.writes()).toHaveLength(writes);
    expect(await rig.status()).toMatchObject({ state: 'InSync', conditions: [{ type: 'Ready' }] });
  });

  test('ends with a retry', async () => {
    const rig = await aRigWithAnAppliedChange();
    await rollBack(rig);
    const flow = await findFlow(rig.state.flows, [ORG], FLOW);
    const released = await releaseFlow(rig.ports, { ...flow, by: 'ops' }, signal);
    expect(released.heldBack?.reason).toBe('rolled back to version 7 by Olga On-Call');
    expect((await rig.later().run()).outcomes).toMatchObject([{ status: 'applied' }]);
    expect(rig.live().settings).toEqual(settingsWith(300));
  });

  test('takes away what came in since, declared or not', async () => {
    const rig = await aRigWithAnAppliedChange();
    rig.backend.edit(FLOW, { surveys: { enabled: true } });
    expect((await rollBack(rig)).outcome.status).toBe('applied');
    const { surveys, ...rest } = rig.live().settings;
    expect(surveys ?? null).toBeNull();
    expect(rest).toEqual(settingsWith(600));
  });

  test('that leaves the flow as git says holds nothing back', async () => {
    const rig = await aRigWithAnAppliedChange();
    rig.wants(600);
    const report = await rollBack(rig);
    expect(report).toMatchObject({ isHeldBack: false, outcome: { status: 'applied' } });
    expect(await rig.status()).toMatchObject({ state: 'InSync' });
    expect((await rig.later().run()).outcomes).toEqual([]);
  });

  test('of a flow that is so already writes nothing, and holds back all the same', async () => {
    const rig = await aRigWithAnAppliedChange();
    await rollBack(rig);
    const writes = rig.writes().length;
    const report = await rollBack(rig.later(), { toVersion: 7 });
    expect(report).toMatchObject({ isHeldBack: true, outcome: { status: 'in-sync' } });
    expect(rig.writes()).toHaveLength(writes);
    expect(rig.audits()).toHaveLength(2);
  });

  test('done again without a version takes itself back', async () => {
    const rig = await aRigWithAnAppliedChange();
    await rollBack(rig);
    expect(await rollBack(rig.later())).toMatchObject({ toVersion: 8, isHeldBack: false });
    expect(rig.live().settings).toEqual(settingsWith(300));
  });
});

describe('the snapshot of a rollback', () => {
  const withoutStored = (rig: EngineRig, version: number): Ports => {
    const { snapshots } = rig.state;
    const forgetful = {
      put: snapshots.put.bind(snapshots),
      get: async (...args: Parameters<typeof snapshots.get>) =>
        args[2] === version ? undefined : snapshots.get(...args),
    };
    const { journal, flows, outbox, parseCache } = rig.state;
    const close = (): Promise<void> => Promise.resolve();
    return {
      ...rig.ports,
      state: { journal, flows, outbox, parseCache, close, snapshots: forgetful },
    };
  };

  test('can be any that is recorded', async () => {
    const rig = await aRigWithAnAppliedChange();
    rig.wants(200);
    await rig.run();
    expect(rig.live()).toMatchObject({ version: 9, settings: settingsWith(200) });
    expect(await rollBack(rig.later(), { toVersion: 7 })).toMatchObject({ toVersion: 7 });
    expect(rig.live().settings).toEqual(settingsWith(600));
  });

  test('is read from the status branch when the state store does not have it any more', async () => {
    const rig = await aRigWithAnAppliedChange();
    const report = await rollBack(rig, { ports: withoutStored(rig, 7) });
    expect(report.outcome.status).toBe('applied');
    expect(rig.live().settings).toEqual(settingsWith(600));
  });

  test('that nobody has is an error that names those there are', async () => {
    const rig = await aRigWithAnAppliedChange();
    const error = await failure(rollBack(rig, { toVersion: 5 }));
    expect(isError(error, 'snapshot.unknown') && error.details.versions).toEqual([7]);
    expect(error).toMatchObject({
      message: 'no snapshot of version 5 of Flow 1 is recorded; there are 7',
    });
    expect(rig.writes()).toHaveLength(1);
  });

  test('of a flow that was never written is an error', async () => {
    const rig = new EngineRig();
    rig.wants(600);
    await rig.run();
    const error = await failure(rollBack(rig));
    expect(error).toMatchObject({
      code: 'snapshot.unknown',
      message: 'no snapshot of Flow 1 is recorded; there is none',
    });
  });

  test.each([
    [
      'other settings',
      (text: string) => text.replace('600', '601'),
      'its settings do not have its hash',
    ],
    [
      'another flow',
      (text: string) => text.replace(FLOW, aFlowId(2)),
      'no snapshot of this flow and version',
    ],
    ['no JSON', () => 'what is this', 'the file is no JSON'],
    ['null', () => 'null', 'no snapshot of this flow and version'],
  ])('with %s, put there by hand, is refused', async (_name, damage, reason) => {
    const rig = await aRigWithAnAppliedChange();
    const path = snapshotPathOf(ORG, FLOW, 7);
    rig.statusBranch.commitByHand({ [path]: damage(rig.statusBranch.files.get(path) ?? '') });
    const error = await failure(rollBack(rig, { ports: withoutStored(rig, 7) }));
    expect(isError(error, 'snapshot.damaged') && error.details.reason).toContain(reason);
    expect(rig.writes()).toHaveLength(1);
  });
});

describe('what holds a revert holds a rollback by hand', () => {
  const window = { name: 'year end', from: '2026-01-01T00:00:00Z', until: '2027-01-01T00:00:00Z' };

  test.each<readonly [string, (rig: EngineRig) => unknown, string, string]>([
    ['an org that only reports', (rig) => rig.policy({ mode: 'report' }), 'mode', 'policy.yaml'],
    [
      'a file that is only reported',
      (rig) => rig.commit({ 1: { settings: { routing: { maxWaitTime: 300 } }, mode: 'report' } }),
      'mode',
      rigPath(1),
    ],
    [
      'a freeze',
      (rig) => rig.policy({ freeze: [{ ...window, allowReverts: false }] }),
      'freeze',
      '"year end"',
    ],
    [
      'the interval of the flow, where reverts wait too',
      (rig) => rig.policy({ rate: { perFlow: '24h' }, apply: { revertsSkipPerFlowRate: false } }),
      'per-flow-rate',
      'until 20',
    ],
  ])('%s', async (_name, hold, gate, words) => {
    const rig = await aRigWithAnAppliedChange();
    hold(rig);
    const error = await failure(rollBack(rig));
    expect(error).toMatchObject({ code: 'rollback.denied', details: { gate } });
    expect((error as Error).message).toContain(words);
    expect(rig.writes()).toHaveLength(1);
    expect(rig.lease.isHeld(ORG)).toBe(false);
  });

  test.each<readonly [string, object]>([
    ['a freeze that reverts may pass', { freeze: [window] }],
    ['the interval of the flow, which reverts may pass', { rate: { perFlow: '24h' } }],
  ])('but not %s', async (_name, policy) => {
    const rig = await aRigWithAnAppliedChange();
    rig.policy(policy);
    expect((await rollBack(rig)).outcome.status).toBe('applied');
  });

  test('a policy with faults is told as such', async () => {
    const rig = await aRigWithAnAppliedChange();
    rig.policy({ mode: 'sometimes' });
    expect(isError(await failure(rollBack(rig)), 'desired.invalid')).toBe(true);
  });
});

function rigPath(n: number): string {
  return new EngineRig().pathOf(n);
}
