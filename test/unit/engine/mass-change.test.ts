import { describe, expect, test } from '@jest/globals';
import { exitCodeOf } from '../../../src/engine/run-report.ts';
import { aFlowId } from '../../support/builders.ts';
import { EngineRig } from '../../support/engine-rig.ts';

const ALL = Array.from({ length: 12 }, (_, i) => i + 1);

describe('a mass change', () => {
  /** Twelve flows, all of which git changes: more than three in ten. */
  function aBadMerge(): EngineRig {
    const rig = new EngineRig({ flows: 12 });
    rig.wants(300, ...ALL);
    return rig;
  }

  test('is denied as a whole: nothing is written, and every flow says why', async () => {
    const rig = aBadMerge();
    const report = await rig.run();
    expect(report.verdict).toMatchObject({
      kind: 'deny',
      gate: 'mass-change',
      goOn: expect.stringMatching(
        new RegExp(`^flowkeeper reconcile --org acme-prod --approve ${report.plan?.digest ?? ''},`),
      ),
    });
    expect(exitCodeOf(report)).toBe(4);
    expect(rig.writes()).toEqual([]);
    for (const n of ALL)
      expect(await rig.status(n)).toMatchObject({
        state: 'Blocked',
        conditions: [{ type: 'Ready', status: false, reason: 'mass-change' }],
        differences: [{ path: '/routing/maxWaitTime', live: 600, desired: 300 }],
      });
    expect(await rig.state.flows.loadOrg(rig.org)).toMatchObject({ state: 'Held' });
  });

  test('goes on when a person approves this very plan by its digest', async () => {
    const rig = aBadMerge();
    const { plan } = await rig.run();
    const report = await rig.later().run({ approvedDigest: plan?.digest ?? '' });
    expect(report.outcomes.map(({ status }) => status)).toEqual(ALL.map(() => 'applied'));
    expect(await rig.state.flows.loadOrg(rig.org)).toMatchObject({ state: 'Ready' });
  });

  test('that goes on by an approval is audited before its first write: who, which plan, when, and what held it', async () => {
    const rig = aBadMerge();
    const { plan, verdict } = await rig.run();
    const planDigest = plan?.digest ?? '';
    const { runId } = await rig.later().run({ approvedDigest: planDigest });
    const [first, ...others] = rig.audits();
    expect(first).toMatchObject({
      event: 'plan.approved',
      status: 'approved',
      flowId: null,
      planDigest,
      runId,
      timestamp: new Date(rig.clock.now()).toISOString(),
      details: { by: 'Ada', reason: verdict?.kind === 'deny' ? verdict.reason : '' },
    });
    expect(others.map((record) => [record.event, record.planDigest])).toEqual(
      ALL.map(() => ['flow.updated', planDigest]),
    );
    expect(rig.log.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', message: expect.stringContaining('approved') }),
    );
  });

  test('an approval that no gate asks for is on no record', async () => {
    const rig = aBadMerge();
    rig.policy({ massChange: { maxShare: 1 } });
    const { plan } = await rig.run({ approvedDigest: 'e'.repeat(64) });
    expect(plan?.changes).toHaveLength(ALL.length);
    expect(rig.audits().map(({ event }) => event)).toEqual(ALL.map(() => 'flow.updated'));
  });

  test.each([
    ['another commit', (rig: EngineRig) => rig.wants(301, 12)],
    ['a hand edit', (rig: EngineRig) => rig.backend.edit(aFlowId(3), { notes: { by: 'hand' } })],
    ['another policy', (rig: EngineRig) => rig.policy({ rate: { perFlow: '61s' } })],
  ])('that %s made another voids the approval', async (_, change) => {
    const rig = aBadMerge();
    const { plan } = await rig.run();
    change(rig);
    const report = await rig.later().run({ approvedDigest: plan?.digest ?? '' });
    expect(report.verdict).toMatchObject({ kind: 'deny' });
    expect(rig.writes()).toEqual([]);
    expect(rig.audits()).toEqual([]);
  });

  test('that is denied again commits nothing new', async () => {
    const rig = aBadMerge();
    await rig.run();
    expect((await rig.later().run()).publishing).toEqual({ kind: 'nothing' });
  });
});
