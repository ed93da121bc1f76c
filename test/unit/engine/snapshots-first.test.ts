import { describe, expect, test } from '@jest/globals';
import { FlowkeeperError } from '../../../src/domain/errors.ts';
import { snapshotPathOf } from '../../../src/domain/flow-status.ts';
import { exitCodeOf } from '../../../src/engine/run-report.ts';
import { aFlowId } from '../../support/builders.ts';
import {
  anApiError,
  blocksWith,
  EngineRig,
  settingsWith,
  waiting,
} from '../../support/engine-rig.ts';
import { rollBack } from '../../support/roll-back.ts';
import { unprotectedWrites } from '../../support/unprotected-writes.ts';

const AWAY = new FlowkeeperError('git.unreachable', 'no route to the remote', {
  remote: 'r',
  reason: 'no route',
});

/** A rig whose policy wants snapshots pushed first, and what was written before its snapshot was there. */
function aRig(flows = 1, apply: object = {}): { rig: EngineRig; unprotected: readonly string[] } {
  const rig = new EngineRig({ flows });
  rig.policy({ apply: { pushSnapshotsFirst: true, ...apply } });
  return { rig, unprotected: unprotectedWrites(rig) };
}

const pathOf = (n: number, version: number): string =>
  snapshotPathOf('acme-prod', aFlowId(n), version);

/** Of each commit to the status branch, in order: the snapshots that it holds. */
function snapshotsByCommit(rig: EngineRig): readonly (readonly string[])[] {
  return rig.statusBranch.commits.map(({ files }) =>
    [...files.keys()].filter((path) => path.startsWith('snapshots/')).sort(),
  );
}

/** The next read but so many passes, and somebody edits before the one after that. */
function editBeforeRead(rig: EngineRig, nth: number, n = 1, maxWaitTime = 77): void {
  for (let i = 1; i < nth; i += 1) rig.backend.onNext('read', () => undefined);
  rig.backend.onNext('read', () => void rig.backend.edit(aFlowId(n), blocksWith(maxWaitTime)));
}

describe('apply.pushSnapshotsFirst', () => {
  test('pushes the snapshots of all flows in one commit before the first write, and not again', async () => {
    const { rig, unprotected } = aRig(3);
    rig.wants(300, 1, 2, 3);
    const report = await rig.run();

    expect(exitCodeOf(report)).toBe(0);
    expect(report.outcomes.map(({ status }) => status)).toEqual(['applied', 'applied', 'applied']);
    expect(unprotected).toEqual([]);
    expect(snapshotsByCommit(rig)).toEqual([[pathOf(1, 7), pathOf(2, 7), pathOf(3, 7)], []]);
    expect(rig.statusBranch.commits[0]?.subject).toBe(
      'flowkeeper(acme-prod): 3 snapshots, before anything is written [skip ci]',
    );
  });

  test('is off by default: one commit a run, with everything in it', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    await rig.run();
    expect(snapshotsByCommit(rig)).toEqual([[pathOf(1, 7)]]);
  });

  test('has flows that depend on others of the plan in the same first commit', async () => {
    const { rig, unprotected } = aRig(2);
    rig.commit({ 1: waiting(300, { dependsOn: [aFlowId(2)] }), 2: waiting(300) });
    const report = await rig.run();
    expect(report.outcomes.map(({ status }) => status)).toEqual(['applied', 'applied']);
    expect(unprotected).toEqual([]);
    expect(snapshotsByCommit(rig)).toEqual([[pathOf(1, 7), pathOf(2, 7)], []]);
  });

  test('takes none of flows that are not to be written now', async () => {
    const { rig } = aRig(3);
    const suspend = { reason: 'INC-1', by: 'ops', until: '2027-01-01T00:00:00Z' };
    rig.commit({
      1: waiting(300, { suspend }),
      2: waiting(300, { mode: 'report' }),
      3: waiting(300, { requires: { queues: ['Nowhere'] } }),
    });
    const reads = rig.backend.callsOf('read').length;
    await rig.run();
    expect(rig.backend.callsOf('read')).toHaveLength(reads);
    expect(snapshotsByCommit(rig)).toEqual([[]]);
  });

  test('takes none of a flow that somebody has put right meanwhile', async () => {
    const { rig } = aRig();
    rig.wants(300);
    editBeforeRead(rig, 1, 1, 300);
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([{ status: 'in-sync' }]);
    expect(snapshotsByCommit(rig)).toEqual([[]]);
  });

  test('pushes the newer snapshot too when somebody edits between the push and the read before the write', async () => {
    const { rig, unprotected } = aRig(2, { concurrency: 1 });
    rig.wants(300, 1, 2);
    editBeforeRead(rig, 3);
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([{ status: 'applied' }, { status: 'applied' }]);
    expect(unprotected).toEqual([]);
    expect(snapshotsByCommit(rig)).toEqual([[pathOf(1, 7), pathOf(2, 7)], [pathOf(1, 8)], []]);
  });

  test('pushes the newer snapshot too when the write meets a conflict', async () => {
    const { rig, unprotected } = aRig();
    rig.wants(300);
    rig.backend.onNext('write', () => void rig.backend.edit(aFlowId(1), blocksWith(77)));
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([{ status: 'applied', version: 9 }]);
    expect(unprotected).toEqual([]);
    expect(snapshotsByCommit(rig)).toEqual([[pathOf(1, 7)], [pathOf(1, 8)], []]);
  });

  test('leaves a flow that could not be read beforehand to the snapshot right before its write', async () => {
    const { rig, unprotected } = aRig(2, { concurrency: 1 });
    rig.wants(300, 1, 2);
    rig.backend.failNext('read', anApiError('api.server-error'));
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([{ status: 'applied' }, { status: 'applied' }]);
    expect(unprotected).toEqual([]);
    expect(snapshotsByCommit(rig)).toEqual([[pathOf(2, 7)], [pathOf(1, 7)], []]);
  });

  test('builds the commit again on a tip that moved', async () => {
    const { rig, unprotected } = aRig();
    rig.wants(300);
    rig.statusBranch.raceNext({ 'notes.md': 'by a rival' });
    expect(exitCodeOf(await rig.run())).toBe(0);
    expect(unprotected).toEqual([]);
    expect(rig.statusBranch.files.get('notes.md')).toBe('by a rival');
  });

  test('pushes one that the branch has lost, whatever was noted of it', async () => {
    const { rig, unprotected } = aRig();
    rig.wants(300);
    rig.backend.failNext('write', anApiError('api.forbidden'));
    await rig.run();
    rig.statusBranch.commitByHand({ [pathOf(1, 7)]: null });
    const report = await rig.restarted().run();
    expect(report.outcomes).toMatchObject([{ status: 'applied' }]);
    expect(unprotected).toEqual([]);
  });
});

describe('a push of the snapshots that fails', () => {
  test('denies the run: nothing is written, exit code 4, and it is told what to do', async () => {
    const { rig } = aRig(2);
    rig.wants(300, 1, 2);
    rig.statusBranch.failNextTip(AWAY);
    const report = await rig.run();

    expect(rig.writes()).toEqual([]);
    expect(rig.backend.callsOf('reload')).toEqual([]);
    expect(exitCodeOf(report)).toBe(4);
    expect(report).toMatchObject({ outcomes: [], publishing: { kind: 'pushed' } });
    expect(report.verdict).toEqual({
      kind: 'deny',
      gate: 'snapshots',
      reason:
        'the snapshots of 2 flows could not be pushed to the status branch, so nothing was written: no route to the remote [git.unreachable]',
      goOn: expect.stringContaining('`apply.pushSnapshotsFirst: false` in policy.yaml') as unknown,
    });
    expect(rig.published(1)).toMatchObject({
      state: 'Blocked',
      conditions: [{ type: 'Ready', status: false, reason: 'snapshots' }],
    });
    expect(await rig.state.flows.loadOrg(rig.org)).toMatchObject({ state: 'Held' });
  });

  test('is exit code 4 also while the record of the run cannot be pushed either', async () => {
    const { rig } = aRig();
    rig.wants(300);
    rig.statusBranch.failNextTip(AWAY).failNextTip(AWAY);
    const report = await rig.run();
    expect(report.publishing).toMatchObject({ kind: 'kept' });
    expect(exitCodeOf(report)).toBe(4);
    expect(rig.writes()).toEqual([]);
  });

  test('holds nothing once the remote is back', async () => {
    const { rig, unprotected } = aRig(2);
    rig.wants(300, 1, 2);
    rig.statusBranch.failNextTip(AWAY).failNextTip(AWAY);
    await rig.run();
    const report = await rig.restarted().run();
    expect(exitCodeOf(report)).toBe(0);
    expect(unprotected).toEqual([]);
    expect(rig.live(2).settings).toEqual(settingsWith(300));
    expect(rig.published(1)).toMatchObject({ state: 'InSync' });
  });

  test('that comes late, for a flow that others wrote meanwhile, blocks that flow alone', async () => {
    const { rig, unprotected } = aRig(2, { concurrency: 1 });
    rig.wants(300, 1, 2);
    editBeforeRead(rig, 3);
    rig.backend.onNext('read', () => void rig.statusBranch.failNextTip(AWAY));
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([
      { status: 'blocked', reason: expect.stringContaining('[git.unreachable]') as unknown },
      { status: 'applied' },
    ]);
    expect(exitCodeOf(report)).toBe(2);
    expect(unprotected).toEqual([]);
    expect(rig.writes(1)).toEqual([]);
    expect(await rig.openAttempts()).toEqual([]);
    expect(rig.published(1)).toMatchObject({
      state: 'Blocked',
      conditions: [{ type: 'Ready', reason: 'snapshots' }],
    });
    expect(rig.audits().map(({ flowId }) => flowId)).toEqual([aFlowId(2)]);
  });

  test('keeps an attempt open whose earlier write may still land', async () => {
    const { rig } = aRig();
    rig.wants(300);
    rig.backend.failNext('write', anApiError('api.timeout'));
    for (let i = 0; i < 2; i += 1) rig.backend.onNext('read', () => undefined);
    rig.backend.failNext('read', anApiError('api.timeout'));
    expect((await rig.run()).outcomes).toMatchObject([{ status: 'unresolved' }]);

    // the branch is emptied of it, and the read beforehand fails: so it is the late push that fails
    rig.backend.onNext('read', () => undefined);
    rig.backend.failNext('read', anApiError('api.server-error'));
    rig.backend.onNext('read', () => void rig.statusBranch.failNextTip(AWAY));
    const report = await rig.later(60_000).run();

    expect(report.outcomes.at(-1)).toMatchObject({
      status: 'unresolved',
      reason: expect.stringMatching(/could not be pushed.*may still land/) as unknown,
    });
    expect(await rig.openAttempts()).toHaveLength(1);
    expect(rig.writes()).toHaveLength(1);
  });

  test('ends the run when the state cannot be written', async () => {
    const { rig } = aRig();
    rig.wants(300);
    const full = new FlowkeeperError('state.unwritable', 'disk full', { file: 'f', reason: 'r' });
    rig.state.failNext('snapshots.put', full);
    const report = await rig.run();
    expect(report.error).toMatchObject({ code: 'state.unwritable' });
    expect(rig.writes()).toEqual([]);
  });
});

describe('a rollback by hand under apply.pushSnapshotsFirst', () => {
  async function anAppliedRig(): Promise<ReturnType<typeof aRig>> {
    const made = aRig();
    made.rig.wants(300);
    await made.rig.run();
    made.rig.later();
    return made;
  }

  test('pushes the snapshot of what it overwrites first', async () => {
    const { rig, unprotected } = await anAppliedRig();
    const { outcome } = await rollBack(rig);
    expect(outcome).toMatchObject({ status: 'applied' });
    expect(unprotected).toEqual([]);
    expect(snapshotsByCommit(rig).slice(2)).toEqual([[pathOf(1, 8)], []]);
  });

  test('writes nothing where the push fails', async () => {
    const { rig } = await anAppliedRig();
    rig.statusBranch.failNextTip(AWAY);
    const { outcome } = await rollBack(rig);
    expect(outcome).toMatchObject({ status: 'blocked' });
    expect(rig.writes()).toHaveLength(1);
    expect(await rig.status()).toMatchObject({ state: 'InSync' });
  });
});
