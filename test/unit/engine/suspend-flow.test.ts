import { describe, expect, jest, test } from '@jest/globals';
import { findFlow } from '../../../src/engine/find-flow.ts';
import { readBranchMemory } from '../../../src/engine/rebuild/branch-memory.ts';
import { rememberedRecord } from '../../../src/engine/rebuild/remembered-record.ts';
import { resumeFlow, suspendFlow } from '../../../src/engine/suspend-flow.ts';
import type { SuspendedFlow } from '../../../src/engine/suspend-flow.ts';
import { aFlowId } from '../../support/builders.ts';
import { EngineRig, ORG, settingsWith } from '../../support/engine-rig.ts';

const FLOW = aFlowId(1);
const HOUR = 3_600_000;
const signal = new AbortController().signal;

const found = (rig: EngineRig) => findFlow(rig.state.flows, [rig.org], FLOW);

async function suspend(rig: EngineRig, ms = HOUR): Promise<SuspendedFlow> {
  const asked = { by: 'Ola', reason: 'INC-4711', untilAt: rig.clock.now() + ms };
  return suspendFlow(rig.ports, { ...(await found(rig)), ...asked }, signal);
}

async function resume(rig: EngineRig): Promise<SuspendedFlow> {
  return resumeFlow(rig.ports, { ...(await found(rig)), by: 'Ola' }, signal);
}

async function aRigInSync(): Promise<EngineRig> {
  const rig = new EngineRig({ flows: 2 });
  rig.wants(600, 1, 2);
  await rig.run();
  return rig;
}

describe('a flow that a person suspends', () => {
  test('is not written, whatever git says and the org does; others are', async () => {
    const rig = await aRigInSync();
    const told = await suspend(rig);
    expect(told.suspended).toMatchObject({ by: 'Ola', reason: 'INC-4711' });
    rig.wants(300, 1, 2);
    await rig.later().run();
    expect(rig.writes().map(({ flowId }) => flowId)).toEqual([aFlowId(2)]);
    expect(await rig.status()).toMatchObject({
      state: 'Suspended',
      suspended: { by: 'Ola', reason: 'INC-4711' },
      differences: [{ path: '/routing/maxWaitTime', live: 600, desired: 300 }],
    });
    expect(rig.published()).toMatchObject({ suspended: { by: 'Ola' } });
  });

  test('is left as it is by a process whose place another took meanwhile', async () => {
    const rig = await aRigInSync();
    const wish = { by: 'Ola', reason: 'INC-4711', untilAt: rig.clock.now() + HOUR };
    const asked = { ...(await found(rig)), ...wish };
    const { flows } = rig.state;
    const load = flows.load.bind(flows);
    const spy = jest.spyOn(flows, 'load').mockImplementation((...args) => {
      rig.lease.takenUnseenBy(rig.org, 'host there, process 2');
      return load(...args);
    });
    const suspending = suspendFlow(rig.ports, asked, signal);
    await expect(suspending).rejects.toMatchObject({ code: 'state.lease-lost' });
    spy.mockRestore();
    expect((await rig.status()).suspended).toBeUndefined();
  });

  test('goes on by itself when the time is over', async () => {
    const rig = await aRigInSync();
    await suspend(rig);
    rig.wants(300);
    await rig.later(HOUR - 1).run();
    expect(rig.writes()).toEqual([]);
    await rig.later(1).run();
    expect(rig.live().settings).toEqual(settingsWith(300));
    const status = await rig.status();
    expect([status.state, status.suspended, status.conditions.length]).toEqual([
      'InSync',
      undefined,
      1,
    ]);
  });

  test('goes on when a person says so, and both are audited with the name', async () => {
    const rig = await aRigInSync();
    await suspend(rig);
    rig.wants(300);
    await rig.later().run();
    expect(await resume(rig)).not.toHaveProperty('suspended');
    await rig.later().run();
    expect(rig.live().settings).toEqual(settingsWith(300));
    expect(rig.audits().map(({ event, details }) => [event, details['by']])).toEqual([
      ['flow.suspended', 'Ola'],
      ['flow.resumed', 'Ola'],
      ['flow.updated', undefined],
    ]);
    expect(rig.audits()[0]?.details).toMatchObject({ reason: 'INC-4711', name: 'Flow 1' });
  });

  test('and is in sync tells so, until the time is over', async () => {
    const rig = await aRigInSync();
    await suspend(rig);
    await rig.later().run();
    const types = async (): Promise<string[]> =>
      (await rig.status()).conditions.map(({ type }) => type);
    expect(await types()).toEqual(['Ready', 'Suspended']);
    expect(await rig.status()).toMatchObject({ state: 'InSync', suspended: { by: 'Ola' } });
    await rig.later(HOUR).run();
    expect(await types()).toEqual(['Ready']);
  });

  test('stays so when it is suspended again, for as long as was said last', async () => {
    const rig = await aRigInSync();
    await suspend(rig);
    await suspend(rig, 2 * HOUR);
    rig.wants(300);
    await rig.later(HOUR).run();
    expect(rig.writes()).toEqual([]);
    await rig.later(HOUR).run();
    expect(rig.writes()).toHaveLength(1);
  });

  test('is still so after the state file was lost: the status branch tells', async () => {
    const rig = await aRigInSync();
    await suspend(rig);
    await rig.later().run();
    const memory = await readBranchMemory(await rig.statusBranch.tip(signal), ORG);
    const record = rememberedRecord(memory.flows.get(FLOW)!, undefined);
    expect(record.status.suspended).toMatchObject({ by: 'Ola' });
  });

  test('and is not, is let go without a word', async () => {
    const rig = await aRigInSync();
    await resume(rig);
    expect((await rig.state.outbox.pending(ORG)).audits).toEqual([]);
  });

  test('changes the digest of a plan: what was approved before is another plan', async () => {
    const rig = await aRigInSync();
    rig.policy({ mode: 'report' });
    rig.wants(300);
    const before = (await rig.run()).plan?.digest;
    await suspend(rig);
    expect((await rig.run()).plan?.digest).not.toBe(before);
  });
});
