import { describe, expect, test } from '@jest/globals';
import type { Settings } from '../../../src/domain/flow.ts';
import { aFlowId } from '../../support/builders.ts';
import { anApiError, blocksWith, EngineRig, settingsWith } from '../../support/engine-rig.ts';
import { MortalPorts } from '../../support/mortal-ports.ts';

const FLOW = aFlowId(1);

/** A rig whose process died at its n-th call of this name, `after` it had its effect. */
async function killedAfter(name: string, nth = 1): Promise<EngineRig> {
  const prepare = (): EngineRig => {
    const rig = new EngineRig();
    rig.wants(300);
    return rig;
  };
  const rehearsal = prepare();
  const counting = new MortalPorts({ at: 0, time: 'before' });
  await rehearsal.run({ ports: counting.of(rehearsal.ports) });
  const calls = counting.calls.map((call, i) => ({ name: call.name, at: i + 1 }));
  const at = calls.filter((call) => call.name === name)[nth - 1]?.at ?? 0;
  const rig = prepare();
  const mortal = new MortalPorts({ at, time: 'after' });
  await rig.run({ ports: mortal.of(rig.ports) });
  expect(mortal.isDead).toBe(true);
  return rig;
}

/** The second entry of the journal is the one after which a write may be on its way. */
const killedBeforeWrite = (): Promise<EngineRig> => killedAfter('state.journal.append', 2);
const killedAfterWrite = (): Promise<EngineRig> => killedAfter('backend.write');

describe('an attempt whose process died', () => {
  test('before its write was sent is written by the next run, as the same attempt', async () => {
    const rig = await killedBeforeWrite();
    const report = await rig.restarted().run();
    expect(report.outcomes).toMatchObject([{ status: 'applied' }]);
    expect(rig.writes()).toHaveLength(1);
    expect(rig.state.attempts.size).toBe(1);
  });

  test('before its snapshot was noted is abandoned without a word', async () => {
    const rig = await killedAfter('state.snapshots.put');
    const report = await rig.restarted().run();
    expect(report.outcomes).toMatchObject([{ status: 'applied' }]);
    expect([...rig.state.attempts.values()].map(({ ended }) => ended)).toEqual([true, true]);
    expect(rig.audits()).toHaveLength(1);
  });

  test('after its write landed goes on at reload, and is audited with its own run, revision and author', async () => {
    const rig = await killedAfterWrite();
    const [first] = rig.state.attempts.values();
    rig.commit({ 1: { settings: { routing: { maxWaitTime: 310 } } } }, { author: 'Bob <b@x>' });

    const report = await rig.restarted().run();

    expect(report.outcomes[0]).toMatchObject({ status: 'applied', version: 8 });
    expect(rig.audits()[0]).toMatchObject({
      status: 'applied',
      runId: first?.start.runId,
      revision: first?.start.data['revision'],
      author: 'Ada Lovelace <ada@example.com>',
      details: { recovered: true, kind: 'desired', fields: [{ live: 600, desired: 300 }] },
    });
  });

  test('whose reload fails when it is recovered waits for one, and the run says so', async () => {
    const rig = await killedAfterWrite();
    rig.stub('reload', () => Promise.reject(anApiError('api.server-error', { status: 500 })));

    const report = await rig.restarted().run();

    expect(report.outcomes).toMatchObject([{ status: 'applied', reloadPending: true }]);
    expect(report.reloadPending).toEqual([FLOW]);
    const { conditions } = await rig.status();
    expect(conditions.map(({ type }) => type)).toEqual(['Ready', 'ReloadPending']);
  });

  test.each<{ name: string; settings: Settings; statuses: readonly string[] }>([
    {
      name: 'to what git declares, with another undeclared field: landed, and nothing of theirs is touched',
      settings: { ...blocksWith(300), routing: { type: 'theirs', maxWaitTime: 300 } },
      statuses: ['applied'],
    },
    {
      name: 'to what it was before: not applied, planned again',
      settings: blocksWith(600),
      statuses: ['applied'],
    },
    {
      name: 'to something else: a conflict, and then planned again',
      settings: blocksWith(77),
      statuses: ['conflict', 'applied'],
    },
  ])('and whose flow somebody wrote meanwhile, $name', async ({ settings, statuses }) => {
    const rig = await killedBeforeWrite();
    rig.backend.edit(FLOW, settings);
    const report = await rig.restarted().run();
    expect(report.outcomes.map(({ status }) => status)).toEqual(statuses);
    expect(rig.audits().map(({ status }) => status)).toEqual(statuses);
    expect(rig.live().settings['routing']).toMatchObject({ maxWaitTime: 300 });
    if (statuses.length === 1 && rig.writes().length === 0)
      expect(rig.live().settings['routing']).toMatchObject({ type: 'theirs' });
    expect(await rig.openAttempts()).toEqual([]);
  });

  test('twice, the second time after others’ write was found to be as git wants, is not rolled back over theirs', async () => {
    const rig = await killedBeforeWrite();
    rig.backend.edit(FLOW, { routing: { type: 'theirs', maxWaitTime: 300 } });
    // the second process dies right after it noted that the flow is as wanted
    const second = new MortalPorts({ at: 6, time: 'after' });
    await rig.restarted().run({ ports: second.of(rig.ports) });
    expect(second.calls.at(-1)?.name).toBe('state.journal.append');

    const report = await rig.restarted().run();

    expect(report.outcomes).toMatchObject([{ status: 'applied' }]);
    expect(rig.live().settings['routing']).toEqual({ type: 'theirs', maxWaitTime: 300 });
    expect(rig.writes()).toEqual([]);
  });

  test('and whose flow is gone ends as a conflict, and is missing', async () => {
    const rig = await killedAfterWrite();
    rig.backend.remove(FLOW);
    const report = await rig.restarted().run();
    expect(report.outcomes).toMatchObject([{ status: 'conflict' }]);
    expect(await rig.openAttempts()).toEqual([]);
    expect(await rig.status()).toMatchObject({ state: 'Missing' });
  });

  test('while the flow cannot be read is not written, run after run, and says so once', async () => {
    const rig = await killedAfterWrite();
    rig.stub('read', () => Promise.reject(anApiError('api.timeout')));
    const first = await rig.restarted().run();
    expect(first.outcomes).toMatchObject([{ status: 'unresolved', code: 'api.timeout' }]);
    const again = await rig.restarted().run();
    expect(again.publishing).toEqual({ kind: 'nothing' });
    expect(rig.writes()).toHaveLength(1);
    expect(await rig.status()).toMatchObject({ state: 'Unresolved' });

    rig.stub('read', (id, signal) => rig.backend.read(id, signal));
    await rig.restarted().run();
    expect(rig.audits()).toMatchObject([{ status: 'applied' }]);
  });

  test('and is removed from git is finished all the same', async () => {
    const rig = await killedAfterWrite();
    rig.policy({});
    rig.commit({ 1: null });
    await rig.restarted().run();
    expect(rig.audits()).toMatchObject([{ status: 'applied' }]);
    expect(rig.backend.effective(FLOW)).toEqual(settingsWith(300));
    expect(await rig.record()).toBeUndefined();
  });

  test('under a plan that a gate then holds is told as held, where it still differs', async () => {
    const rig = await killedAfterWrite();
    rig.wants(310);
    rig.policy({ massChange: { maxFlows: 0 } });
    const report = await rig.restarted().run();
    expect(report.outcomes).toMatchObject([{ status: 'applied' }]);
    expect(await rig.status()).toMatchObject({ state: 'Blocked' });
  });
});

test('many attempts are looked at side by side, as many as may be written at once', async () => {
  const rig = new EngineRig({ flows: 8 });
  rig.policy({ apply: { concurrency: 4 }, massChange: { maxShare: 1 } });
  rig.wants(300, 1, 2, 3, 4, 5, 6, 7, 8);
  rig.stub('write', () => Promise.reject(anApiError('api.timeout')));
  await rig.run();
  expect(await rig.openAttempts()).toHaveLength(8);
  let underWay = 0;
  let most = 0;
  rig.stub('read', async (id, signal) => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((resolve) => setImmediate(resolve));
    underWay -= 1;
    return rig.backend.read(id, signal);
  });
  rig.stub('write', (base, blocks, signal) => rig.backend.write(base, blocks, signal));
  await rig.restarted().run();
  expect(most).toBe(4);
  expect(rig.audits()).toHaveLength(8);
});
