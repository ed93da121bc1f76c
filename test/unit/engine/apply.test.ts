import { describe, expect, test } from '@jest/globals';
import { hashOf } from '../../../src/domain/hash.ts';
import { aFlowId } from '../../support/builders.ts';
import { blocksWith, EngineRig, settingsWith, waiting } from '../../support/engine-rig.ts';

describe('a drifted flow', () => {
  test('is written once, on the version that was read, and reloaded after', async () => {
    const rig = new EngineRig();
    const revision = rig.commit({ 1: waiting(300) }, { author: 'Ada <ada@example.com>' });

    const report = await rig.run();

    expect(report.outcomes).toMatchObject([{ flowId: aFlowId(1), status: 'applied', version: 8 }]);
    expect(rig.writes()).toEqual([
      { method: 'write', flowId: aFlowId(1), version: 8, blocks: blocksWith(300) },
    ]);
    expect(rig.live().settings).toEqual(settingsWith(300));
    expect(rig.backend.effective(aFlowId(1))).toEqual(settingsWith(300));
    const order = rig.backend.calls.map(({ method }) => method);
    expect(order).toEqual(['pages', 'read', 'write', 'reload', 'read']);
    expect(report.publishing).toMatchObject({ kind: 'pushed' });
    expect(rig.audits()).toMatchObject([
      {
        event: 'flow.updated',
        status: 'applied',
        revision,
        author: 'Ada <ada@example.com>',
        planDigest: report.plan?.digest,
        beforeHash: hashOf(settingsWith(600)),
        afterHash: hashOf(settingsWith(300)),
        details: { versionBefore: 7, versionAfter: 8, kind: 'desired', cause: 'desired-changed' },
      },
    ]);
  });

  test('has a snapshot on the disk, read back, and its body in the journal before anything is written', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    let before: readonly string[] = [];
    rig.backend.onNext('write', () => {
      before = rig.state.methods.filter((method) => /^(journal|snapshots)/.test(method));
    });

    await rig.run();

    expect(before).toEqual([
      'journal.unfinished',
      'journal.open',
      'journal.append',
      'snapshots.get',
      'snapshots.put',
      'snapshots.get',
      'journal.append',
    ]);
    const [attempt] = rig.state.attempts.values();
    expect(attempt?.entries.map(({ from, event, to }) => `${from} ${event} ${to}`)).toEqual([
      'intent recorded snapshot',
      'snapshot saved patch',
      'patch accepted reload',
      'reload done verify',
      'verify match end:applied',
    ]);
    expect(attempt?.entries[1]?.data).toMatchObject({
      snapshotVersion: 7,
      blocks: blocksWith(300),
    });
  });

  test('is told as InSync, with the revision, the latency of each step and the snapshot', async () => {
    const rig = new EngineRig();
    const revision = rig.wants(300);
    await rig.run();
    const status = await rig.status();
    expect(status).toMatchObject({
      state: 'InSync',
      conditions: [{ type: 'Ready', status: true }],
      desiredRevision: revision,
      lastAttemptedRevision: revision,
      lastAppliedRevision: revision,
      liveVersion: 8,
      differences: [],
      lastOutcome: { status: 'applied' },
      snapshot: `snapshots/acme-prod/${aFlowId(1)}/7.json`,
    });
    expect(rig.published()).toEqual(status);
    const snapshot = rig.statusBranch.files.get(status.snapshot ?? '');
    expect(JSON.parse(snapshot ?? '')).toMatchObject({ version: 7, settings: settingsWith(600) });
  });

  test('is in sync for the next run, which writes nothing and commits nothing', async () => {
    const rig = new EngineRig({ flows: 3 });
    rig.wants(300, 1, 2, 3);
    await rig.run();
    expect(rig.statusBranch.commits).toHaveLength(1);

    const again = await rig.restarted().run();

    expect(again.outcomes).toEqual([]);
    expect(again.plan?.changes).toEqual([]);
    expect(again.publishing).toEqual({ kind: 'nothing' });
    expect(rig.writes()).toHaveLength(3);
    expect(rig.statusBranch.commits).toHaveLength(1);
  });

  test('of a service that answers without a body is applied all the same', async () => {
    const rig = new EngineRig({ silentWrites: true });
    rig.wants(300);
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([{ status: 'applied', version: 8 }]);
  });

  test('whose list shows no settings is read alone first', async () => {
    const rig = new EngineRig({ hideSettingsInLists: true });
    rig.wants(300);
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([{ status: 'applied' }]);
    expect(rig.live().settings).toEqual(settingsWith(300));
  });

  test('reports what it took from the gate to the end, waits included', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    rig.backend.onNext('write', () => rig.clock.sleep(700, new AbortController().signal));
    rig.backend.onNext('reload', () => rig.clock.sleep(300, new AbortController().signal));
    const [outcome] = (await rig.run()).outcomes;
    expect(outcome?.latencyMs).toBe(1000);
    expect(outcome?.steps).toEqual(
      expect.arrayContaining([
        { step: 'patch', ms: 700 },
        { step: 'reload', ms: 300 },
      ]),
    );
  });
});

describe('many flows', () => {
  test('share reloads, and every write is followed by one that started after it', async () => {
    const rig = new EngineRig({ flows: 6 });
    rig.wants(300, 1, 2, 3, 4, 5, 6);
    await rig.run();
    expect(rig.writes()).toHaveLength(6);
    expect(rig.backend.reloads.length).toBeLessThanOrEqual(6);
    for (let n = 1; n <= 6; n += 1)
      expect(rig.backend.effective(aFlowId(n))).toEqual(settingsWith(300));
  });

  test('of which only those that differ are written', async () => {
    const rig = new EngineRig({ flows: 20 });
    const numbers = Array.from({ length: 20 }, (_, i) => i + 1);
    rig.wants(600, ...numbers);
    await rig.run();
    rig.backend.edit(aFlowId(4), blocksWith(90));
    rig.backend.edit(aFlowId(9), { routing: { type: 'other', maxWaitTime: 600 } });

    const report = await rig.later().run();

    expect(report.outcomes).toMatchObject([{ flowId: aFlowId(4), status: 'applied' }]);
    expect(rig.writes()).toMatchObject([{ flowId: aFlowId(4), version: 9 }]);
    expect(rig.audits()).toMatchObject([
      { details: { kind: 'drift', cause: 'live-changed', liveChangedBy: 'Hand Writer' } },
    ]);
    expect(rig.statusBranch.files.size).toBeGreaterThanOrEqual(20);
  });

  test('go in the order reverts, desired changes, drift', async () => {
    const rig = new EngineRig({ flows: 3 });
    rig.policy({ apply: { concurrency: 1 }, massChange: { maxFlows: 50 } });
    rig.wants(300, 1, 2, 3);
    await rig.run();
    const change = rig.wants(400, 3);
    await rig.later().run();

    rig.backend.edit(aFlowId(1), blocksWith(77));
    rig.source.revert(change);
    rig.wants(500, 2);
    const report = await rig.later().run();

    expect(report.outcomes.map(({ flowId }) => flowId)).toEqual([3, 2, 1].map(aFlowId));
    expect(report.plan?.changes.map(({ kind }) => kind)).toEqual(['revert', 'desired', 'drift']);
  });
});
