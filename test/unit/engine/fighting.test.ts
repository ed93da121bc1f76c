import { describe, expect, test } from '@jest/globals';
import { exitCodeOf } from '../../../src/engine/run-report.ts';
import type { OrgRunReport } from '../../../src/engine/run-report.ts';
import { findFlow } from '../../../src/engine/find-flow.ts';
import { releaseFlow } from '../../../src/engine/release-flow.ts';
import { aFlowId } from '../../support/builders.ts';
import {
  anApiError,
  blocksWith,
  EngineRig,
  settingsWith,
  waiting,
} from '../../support/engine-rig.ts';

const FLOW = aFlowId(1);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Someone changes the flow by hand, and the next run meets it. */
async function fight(rig: EngineRig, by = 'Sam', maxWaitTime = 9): Promise<OrgRunReport> {
  rig.backend.edit(FLOW, blocksWith(maxWaitTime), { name: by });
  return rig.later(2 * MINUTE).run();
}

/** A flow that was brought to what git wants, and corrected so often since. */
async function aCorrectedFlow(times: number, policy: object = {}): Promise<EngineRig> {
  const rig = new EngineRig({ flows: 2 });
  rig.policy(policy);
  rig.wants(300);
  await rig.run();
  for (let i = 0; i < times; i += 1)
    expect((await fight(rig, `Sam ${String(i + 1)}`)).outcomes).toMatchObject([
      { status: 'applied' },
    ]);
  return rig;
}

/** The same, and changed once more. */
async function aFoughtFlow(policy: object = {}): Promise<EngineRig> {
  const rig = await aCorrectedFlow(5, policy);
  expect((await fight(rig, 'CI Bot')).outcomes).toMatchObject([{ status: 'deferred' }]);
  return rig;
}

const conditionOf = async (rig: EngineRig) =>
  (await rig.status()).conditions.find(({ type }) => type === 'Fighting');
const alertsOf = (rig: EngineRig) =>
  rig.log.lines.filter(({ fields }) => fields['code'] === 'gate.fighting');
const eventsOf = (rig: EngineRig) => rig.audits().map(({ event }) => event);

describe('drift that comes back after each of five corrections', () => {
  test('is left alone, and told with who changed it each time', async () => {
    const rig = await aFoughtFlow();
    expect(rig.live().settings).toEqual(settingsWith(9));
    const status = await rig.status();
    expect(status).toMatchObject({ state: 'Deferred', differences: [{ live: 9, desired: 300 }] });
    expect(status.conditions[0]).toMatchObject({
      type: 'Ready',
      status: false,
      reason: 'fighting',
    });
    const condition = await conditionOf(rig);
    expect(condition).toMatchObject({ status: true, reason: 'Open' });
    for (const by of ['Sam 1', 'Sam 2', 'Sam 3', 'Sam 4', 'Sam 5'])
      expect(condition?.message).toContain(`(changed by ${by})`);
    expect(condition?.message).toContain('then changed again by CI Bot');
    expect(rig.published()).toEqual(status);
  });

  test('ends a run as something that is deferred, with when it is tried again', async () => {
    const rig = await aCorrectedFlow(5);
    const report = await fight(rig);
    expect(report.outcomes).toMatchObject([
      { status: 'deferred', retryAt: rig.clock.now() + 30 * MINUTE },
    ]);
    expect(exitCodeOf(report)).toBe(2);
  });

  test('is alerted of once: one line of the log, one audit record', async () => {
    const rig = await aFoughtFlow();
    for (let i = 0; i < 3; i += 1) await rig.later(MINUTE).run();
    expect(alertsOf(rig)).toMatchObject([
      { level: 'error', fields: { flowId: FLOW, name: 'Flow 1', liveChangedBy: 'CI Bot' } },
    ]);
    expect(rig.audits().at(-1)).toMatchObject({
      event: 'flow.fighting',
      status: 'deferred',
      flowId: FLOW,
      details: {
        code: 'gate.fighting',
        liveChangedBy: 'CI Bot',
        fields: [{ path: '/routing/maxWaitTime', live: 9, desired: 300 }],
      },
    });
    expect(rig.audits().at(-1)?.details['corrections']).toHaveLength(5);
    expect(eventsOf(rig).filter((event) => event === 'flow.fighting')).toHaveLength(1);
  });

  test('commits nothing more while it stays open, also when others write the same again', async () => {
    const rig = await aFoughtFlow();
    for (let i = 0; i < 3; i += 1) {
      expect((await rig.later(MINUTE).run()).publishing).toEqual({ kind: 'nothing' });
      expect((await fight(rig, `Robot ${String(i)}`)).publishing).toEqual({ kind: 'nothing' });
    }
    expect((await fight(rig, 'Robot', 10)).publishing).toMatchObject({ kind: 'pushed' });
    expect(await rig.status()).toMatchObject({ differences: [{ live: 10 }] });
    expect(rig.writes(1)).toHaveLength(6);
  });

  test('is remembered by a later process', async () => {
    const rig = await aCorrectedFlow(3);
    rig.restarted();
    await fight(rig);
    rig.restarted();
    await fight(rig);
    rig.restarted();
    expect((await fight(rig)).outcomes).toMatchObject([{ status: 'deferred' }]);
    expect((await rig.restarted().run()).outcomes).toMatchObject([{ status: 'deferred' }]);
    expect(alertsOf(rig)).toHaveLength(1);
  });

  test('holds no other flow', async () => {
    const rig = await aFoughtFlow();
    rig.wants(310, 2);
    const report = await rig.later(MINUTE).run();
    const ends = report.outcomes.map(({ flowId, status }) => [flowId, status]);
    expect(Object.fromEntries(ends)).toEqual({ [FLOW]: 'deferred', [aFlowId(2)]: 'applied' });
  });

  test('is corrected each time when it comes back seldom', async () => {
    const rig = await aCorrectedFlow(0);
    for (let i = 0; i < 8; i += 1) {
      rig.backend.edit(FLOW, blocksWith(9));
      expect((await rig.later(15 * MINUTE).run()).outcomes).toMatchObject([{ status: 'applied' }]);
    }
    expect(alertsOf(rig)).toEqual([]);
  });

  test('counts a correction that a dead process made, and that was found landed', async () => {
    const rig = await aCorrectedFlow(4);
    rig.backend.edit(FLOW, blocksWith(9), { name: 'Sam 5' });
    rig.backend.failNext('write', anApiError('api.timeout'), 'after');
    rig.backend.onNext('read', () => undefined);
    rig.backend.failNext('read', anApiError('api.unreachable'));
    expect((await rig.later().run()).outcomes).toMatchObject([{ status: 'unresolved' }]);
    expect((await rig.restarted().run()).outcomes).toMatchObject([{ status: 'applied' }]);
    expect((await fight(rig)).outcomes).toMatchObject([{ status: 'deferred' }]);
    expect((await conditionOf(rig))?.message).toContain('(changed by Sam 5)');
  });

  test('is not what a correction that failed counts as', async () => {
    const rig = await aCorrectedFlow(4);
    for (const code of ['api.unreachable', 'api.unauthorized'] as const) {
      rig.backend.failNext('write', anApiError(code));
      expect((await fight(rig)).outcomes).toMatchObject([{ status: 'failed' }]);
    }
    expect((await rig.later().run()).outcomes).toMatchObject([{ status: 'applied' }]);
  });

  test('never comes of what git changes, however often', async () => {
    const rig = await aCorrectedFlow(0);
    for (let i = 0; i < 8; i += 1) {
      const change = rig.wants(400 + i);
      expect((await rig.later(2 * MINUTE).run()).outcomes).toMatchObject([{ status: 'applied' }]);
      rig.source.revert(change);
      expect((await rig.later(MINUTE).run()).outcomes).toMatchObject([{ status: 'applied' }]);
    }
    expect(await rig.record()).not.toHaveProperty('fight');
  });
});

describe('after the pause', () => {
  /** Corrected once more, to see. */
  async function aProbedFlow(): Promise<EngineRig> {
    const rig = await aFoughtFlow();
    const report = await rig.later(30 * MINUTE).run();
    expect(report.outcomes).toMatchObject([{ status: 'applied' }]);
    return rig;
  }

  test('drift is corrected once, and the flow is watched', async () => {
    const rig = await aProbedFlow();
    expect(rig.live().settings).toEqual(settingsWith(300));
    expect(await rig.status()).toMatchObject({ state: 'InSync' });
    expect(await conditionOf(rig)).toMatchObject({ reason: 'HalfOpen' });
    expect((await rig.record())?.fight?.corrections).toHaveLength(5);
    expect((await rig.later(MINUTE).run()).publishing).toEqual({ kind: 'nothing' });
  });

  test('it is over when the flow stays in sync for the window', async () => {
    const rig = await aProbedFlow();
    await rig.later(HOUR - 1).run();
    expect(await conditionOf(rig)).toBeDefined();
    const report = await rig.later(1).run();
    expect(report.publishing).toMatchObject({ kind: 'pushed' });
    expect(await conditionOf(rig)).toBeUndefined();
    expect((await rig.record())?.fight?.breaker).toBeUndefined();
    expect((await fight(rig)).outcomes).toMatchObject([{ status: 'applied' }]);
  });

  test('it opens again, twice as long, when the flow is changed again, with another alert', async () => {
    const rig = await aProbedFlow();
    const report = await fight(rig, 'CI Bot');
    expect(report.outcomes).toMatchObject([
      { status: 'deferred', retryAt: rig.clock.now() + HOUR },
    ]);
    expect(await conditionOf(rig)).toMatchObject({ reason: 'Open' });
    expect(alertsOf(rig)).toHaveLength(2);
    expect(eventsOf(rig).filter((event) => event === 'flow.fighting')).toHaveLength(2);
    expect((await rig.later(HOUR - 1).run()).outcomes).toMatchObject([{ status: 'deferred' }]);
    expect((await rig.later(1).run()).outcomes).toMatchObject([{ status: 'applied' }]);
  });

  test('it opens again when others write while it is corrected', async () => {
    const rig = await aFoughtFlow({ apply: { conflictRetries: 0 } });
    rig.backend.onNext('write', () => {
      rig.backend.edit(FLOW, blocksWith(8), { name: 'CI Bot' });
    });
    const report = await rig.later(30 * MINUTE).run();
    expect(report.outcomes).toMatchObject([{ status: 'conflict' }]);
    expect(alertsOf(rig)).toHaveLength(2);
    expect((await rig.later(MINUTE).run()).outcomes).toMatchObject([{ status: 'deferred' }]);
  });

  test('it waits for other gates, and is still told', async () => {
    const rig = await aFoughtFlow();
    const freeze = { name: 'x', from: '2026-11-01T00:00:00Z', until: '2026-12-01T00:00:00Z' };
    rig.policy({ freeze: [freeze] });
    await rig.later(30 * MINUTE).run();
    const status = await rig.status();
    expect(status.conditions).toMatchObject([{ reason: 'freeze' }, { type: 'Fighting' }]);
    rig.policy({});
    expect((await rig.later(MINUTE).run()).outcomes).toMatchObject([{ status: 'applied' }]);
  });

  test('it is over also when those who fought put it right themselves', async () => {
    const rig = await aFoughtFlow();
    rig.backend.edit(FLOW, blocksWith(300));
    await rig.later(MINUTE).run();
    expect(await conditionOf(rig)).toMatchObject({ reason: 'HalfOpen' });
    await rig.later(HOUR).run();
    expect(await conditionOf(rig)).toBeUndefined();
    expect(rig.writes(1)).toHaveLength(6);
  });
});

describe('it ends at once', () => {
  test('when a commit changes what git wants of the flow', async () => {
    const rig = await aFoughtFlow();
    rig.wants(310);
    expect((await rig.later(MINUTE).run()).outcomes).toMatchObject([{ status: 'applied' }]);
    expect(await conditionOf(rig)).toBeUndefined();
    expect(await rig.record()).not.toHaveProperty('fight');
  });

  test('when git goes back to what it wanted before', async () => {
    const rig = new EngineRig();
    rig.wants(300);
    await rig.run();
    const change = rig.wants(310);
    await rig.later().run();
    for (let i = 0; i < 6; i += 1) await fight(rig);
    expect(await conditionOf(rig)).toBeDefined();
    rig.source.revert(change);
    expect((await rig.later(MINUTE).run()).outcomes).toMatchObject([{ status: 'applied' }]);
    expect(rig.live().settings).toEqual(settingsWith(300));
  });

  test('not when a commit changes another flow', async () => {
    const rig = await aFoughtFlow();
    rig.commit({ 2: waiting(600) });
    expect((await rig.later(MINUTE).run()).outcomes).toMatchObject([{ status: 'deferred' }]);
  });

  test('when a person says retry', async () => {
    const rig = await aFoughtFlow();
    const found = await findFlow(rig.state.flows, [rig.org], FLOW);
    const released = await releaseFlow(
      rig.ports,
      { ...found, by: 'ops' },
      new AbortController().signal,
    );
    expect(released.fighting?.reason).toContain('corrected 5 times since');
    expect(released).not.toHaveProperty('heldBack');
    expect((await rig.later(MINUTE).run()).outcomes).toMatchObject([{ status: 'applied' }]);
    expect(await conditionOf(rig)).toBeUndefined();
    // and is counted anew
    for (let i = 0; i < 4; i += 1)
      expect((await fight(rig)).outcomes).toMatchObject([{ status: 'applied' }]);
    expect((await fight(rig)).outcomes).toMatchObject([{ status: 'deferred' }]);
  });

  test('retry of a flow that was corrected, and is not left alone, changes nothing', async () => {
    const rig = await aCorrectedFlow(4);
    const record = await rig.record();
    const found = await findFlow(rig.state.flows, [rig.org], FLOW);
    const released = await releaseFlow(
      rig.ports,
      { ...found, by: 'ops' },
      new AbortController().signal,
    );
    expect(released).toEqual({ org: rig.org, flowId: FLOW, name: 'Flow 1' });
    expect(await rig.record()).toEqual(record);
  });
});

describe('what is told stays while the flow does not go through its gates', () => {
  test.each([
    ['the org only reports', { mode: 'report' }, 'Drifted'],
    ['a mass change is held', { massChange: { maxFlows: 0 } }, 'Blocked'],
  ])('because %s', async (_name, policy, state) => {
    const rig = await aFoughtFlow();
    const before = await conditionOf(rig);
    rig.policy(policy);
    await rig.later(MINUTE).run();
    expect(await rig.status()).toMatchObject({ state });
    expect(await conditionOf(rig)).toEqual(before);
  });
});
