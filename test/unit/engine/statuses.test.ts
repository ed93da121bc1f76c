import { describe, expect, test } from '@jest/globals';
import { exitCodeOf } from '../../../src/engine/run-report.ts';
import { aFlowId, aLiveFlow } from '../../support/builders.ts';
import { blocksWith, EngineRig, waiting } from '../../support/engine-rig.ts';

const BROKEN = `flowId: ${aFlowId(1)}\nsettings: { routing: { maxWaitTime: soon } }\n`;
const NAMELESS = 'settings: { routing: { maxWaitTime: 300\n';

describe('a flow that git describes and the org does not have', () => {
  test('is told as Missing, with what is known of it, and is back in sync when it is there again', async () => {
    const rig = new EngineRig({ flows: 2 });
    rig.wants(600, 1, 2);
    await rig.run();
    const flow = rig.live(1);
    rig.backend.remove(aFlowId(1));

    const report = await rig.later().run();

    expect(exitCodeOf(report)).toBe(2);
    expect(await rig.status()).toMatchObject({ state: 'Missing', name: 'Flow 1', liveVersion: 7 });
    expect((await rig.later().run()).publishing).toEqual({ kind: 'nothing' });
    rig.backend.add(flow);
    await rig.later().run();
    expect(await rig.status()).toMatchObject({ state: 'InSync' });
  });

  test('known by its name alone, and never seen, has no status file yet', async () => {
    const rig = new EngineRig();
    rig.commit({ 1: 'name: Nowhere\nsettings: { routing: { maxWaitTime: 300 } }\n' });
    const report = await rig.run();
    expect(report.plan?.missing).toHaveLength(1);
    expect(exitCodeOf(report)).toBe(2);
    expect(await rig.record()).toBeUndefined();
  });
});

describe('a file that turns invalid', () => {
  test('keeps what was last good of its flow, stops it, and stops no other', async () => {
    const rig = new EngineRig({ flows: 2 });
    const good = rig.wants(300, 1, 2);
    await rig.run();
    rig.commit({ 1: BROKEN, 2: waiting(310) });
    rig.backend.edit(aFlowId(1), blocksWith(77));

    const report = await rig.later().run();

    expect(exitCodeOf(report)).toBe(3);
    expect(report.outcomes).toMatchObject([{ flowId: aFlowId(2), status: 'applied' }]);
    expect(rig.live(1).settings['routing']).toMatchObject({ maxWaitTime: 77 });
    expect(await rig.status()).toMatchObject({
      state: 'Invalid',
      name: 'Flow 1',
      lastAppliedRevision: good,
      conditions: [
        { reason: 'schema.violation', message: expect.stringContaining('flow-1.yaml:2:') },
      ],
    });
    expect((await rig.record())?.applied?.revision).toBe(good);
    expect((await rig.later().run()).publishing).toEqual({ kind: 'nothing' });
  });

  test('and no longer tells its flow is the one that it described last, and the org says so too', async () => {
    const rig = new EngineRig({ flows: 2 });
    rig.wants(600, 1, 2);
    await rig.run();
    rig.commit({ 1: NAMELESS });
    const report = await rig.later().run();
    expect(exitCodeOf(report)).toBe(3);
    expect(await rig.status()).toMatchObject({ state: 'Invalid' });
    expect(await rig.state.flows.loadOrg(rig.org)).toMatchObject({
      faults: [{ file: rig.pathOf(1) }],
      unmanaged: [],
    });
  });

  test('and was renamed at once may be any flow: none is forgotten until it says which', async () => {
    const rig = new EngineRig({ flows: 2 });
    rig.wants(600, 1, 2);
    await rig.run();
    rig.commit({ 1: null, 7: NAMELESS });
    await rig.later().run();
    expect(rig.published(1)).toBeDefined();
    rig.commit({ 7: null });
    await rig.later().run();
    expect(rig.published(1)).toBeUndefined();
    expect(rig.published(2)).toBeDefined();
  });

  test('and is mended again goes on where it was', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    await rig.run();
    rig.commit({ 1: BROKEN });
    await rig.later().run();
    rig.wants(300);
    const report = await rig.later().run();
    expect(report.outcomes).toEqual([]);
    expect(await rig.status()).toMatchObject({ state: 'InSync' });
  });
});

describe('what is no longer in git', () => {
  test('loses its status file, and stays in the org as it is, unmanaged', async () => {
    const rig = new EngineRig({ flows: 2 });
    rig.wants(600, 1, 2);
    await rig.run();
    expect(rig.published(1)).toBeDefined();
    rig.commit({ 1: null });

    await rig.later().run();

    expect(rig.published(1)).toBeUndefined();
    expect(rig.published(2)).toBeDefined();
    expect(rig.writes()).toEqual([]);
    expect(await rig.state.flows.loadOrg(rig.org)).toMatchObject({
      unmanaged: [{ flowId: aFlowId(1), name: 'Flow 1' }],
    });
    expect((await rig.later().run()).publishing).toEqual({ kind: 'nothing' });
  });

  test('and is the whole folder of the org is an error, and never a deletion', async () => {
    const rig = new EngineRig({ flows: 2 });
    rig.wants(600, 1, 2);
    await rig.run();
    rig.source.commit({ 'desired-state/other/policy.yaml': 'mode: report\n' });
    rig.commit({ 1: null, 2: null });

    const report = await rig.later().run();

    expect(report.error).toMatchObject({ code: 'desired.no-org' });
    expect(exitCodeOf(report)).toBe(3);
    expect(rig.published(1)).toMatchObject({ state: 'InSync' });
    expect(await rig.record(2)).toBeDefined();
    expect(await rig.state.flows.loadOrg(rig.org)).toMatchObject({
      state: 'Invalid',
      code: 'desired.no-org',
    });
  });

  test('and is everything is an error too', async () => {
    const rig = new EngineRig();
    rig.wants(600);
    await rig.run();
    rig.commit({ 1: null });
    const report = await rig.later().run();
    expect(report.error).toMatchObject({ code: 'desired.no-org' });
    expect(rig.published(1)).toMatchObject({ state: 'InSync' });
  });
});

describe('a policy with faults', () => {
  test('stops the org: nothing is read, nothing written, and every status stays', async () => {
    const rig = new EngineRig();
    rig.wants(600);
    await rig.run();
    const before = await rig.status();
    rig.wants(300);
    rig.policy({ mode: 'enforced' });
    const calls = rig.backend.calls.length;

    const report = await rig.later().run();

    expect(report.policyFaults).toHaveLength(1);
    expect(exitCodeOf(report)).toBe(3);
    expect(rig.backend.calls).toHaveLength(calls);
    expect(await rig.status()).toEqual(before);
    expect(await rig.state.flows.loadOrg(rig.org)).toMatchObject({ state: 'Invalid' });
  });
});

describe('a flow known by its name', () => {
  test('is written, and its status bears its id', async () => {
    const rig = new EngineRig({ flows: [aLiveFlow({ name: 'Support IVR' })] });
    rig.commit({ 1: 'name: Support IVR\nsettings: { routing: { maxWaitTime: 300 } }\n' });
    await rig.run();
    expect(await rig.status()).toMatchObject({ state: 'InSync', name: 'Support IVR' });
  });

  test('that several flows bear is invalid, and none of them is touched', async () => {
    const flows = [1, 2].map((n) => aLiveFlow({ id: aFlowId(n), name: 'Support IVR' }));
    const rig = new EngineRig({ flows });
    rig.commit({ 1: 'name: Support IVR\nsettings: { routing: { maxWaitTime: 300 } }\n' });
    const report = await rig.run();
    expect(report.invalid).toMatchObject([{ diagnostics: [{ code: 'desired.name-ambiguous' }] }]);
    expect(exitCodeOf(report)).toBe(3);
    expect(rig.writes()).toEqual([]);
  });
});

describe('what a status keeps', () => {
  test('a commit that does not touch a flow changes nothing of its status, and is no commit', async () => {
    const rig = new EngineRig({ flows: 2 });
    rig.wants(600, 1);
    await rig.run();
    const before = await rig.status(1);
    rig.wants(600, 2);
    await rig.later().run();
    expect(await rig.status(1)).toEqual(before);
    const last = rig.statusBranch.commits.at(-1);
    expect([...(last?.files.keys() ?? [])].filter((path) => path.startsWith('status/'))).toEqual([
      `status/acme-prod/a1/${aFlowId(2)}.yaml`,
    ]);
  });

  test('a revert is known as one as long as the flow had these settings before', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    await rig.run();
    const change = rig.wants(310);
    await rig.later().run();
    rig.source.revert(change);
    const report = await rig.later().run();
    expect(report.plan?.changes).toMatchObject([{ kind: 'revert', cause: 'desired-changed' }]);
    expect(rig.audits().at(-1)).toMatchObject({ details: { kind: 'revert' } });
  });

  test('a hand edit of an undeclared field is no drift, and only the version is news', async () => {
    const rig = new EngineRig();
    rig.wants(600);
    await rig.run();
    const before = await rig.status();
    rig.backend.edit(aFlowId(1), { notes: { by: 'hand' } });
    await rig.later().run();
    expect(await rig.status()).toEqual({ ...before, liveVersion: 8 });
  });
});
