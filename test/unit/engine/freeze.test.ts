import { describe, expect, test } from '@jest/globals';
import { planOnly } from '../../../src/engine/plan-only.ts';
import type { OrgPlanReport } from '../../../src/engine/plan-only.ts';
import { makeDesiredLoader } from '../../../src/engine/load-desired.ts';
import { aFlowId, ORG_ID } from '../../support/builders.ts';
import { blocksWith, EngineRig } from '../../support/engine-rig.ts';
import { MortalPorts } from '../../support/mortal-ports.ts';
import { someLimits } from '../../support/some-limits.ts';

/** Every day from 08:00 to 12:00 UTC: the rig's time is 09:30 on 24 November 2026. */
const MORNINGS = { name: 'mornings', cron: '0 8 * * *', duration: '4h' };
const NOON = Date.UTC(2026, 10, 24, 12);
const OVERRIDE = {
  name: 'INC-4711',
  windows: ['mornings'],
  until: '2026-11-24T11:00:00Z',
  reason: 'storm',
  by: 'ops',
};

/** One flow that git changes while its org is frozen. */
function aFrozenRig(policy: object = {}): EngineRig {
  const rig = new EngineRig();
  rig.policy({ freeze: [MORNINGS], ...policy });
  rig.wants(300);
  return rig;
}

describe('a freeze window', () => {
  test('defers changes to its end, and no longer', async () => {
    const rig = aFrozenRig();
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([{ status: 'deferred', retryAt: NOON }]);
    expect(await rig.status()).toMatchObject({
      conditions: [{ reason: 'freeze', message: expect.stringContaining('"mornings"') as unknown }],
    });
    rig.later(NOON - rig.clock.now() - 1);
    expect((await rig.run()).outcomes).toMatchObject([{ status: 'deferred' }]);
    expect((await rig.later(1).run()).outcomes).toMatchObject([{ status: 'applied' }]);
  });

  test('lets a revert pass, and a hand edit wait', async () => {
    const rig = new EngineRig({ flows: 2 });
    rig.wants(300, 1, 2);
    await rig.run();
    rig.wants(310, 1, 2);
    await rig.later().run();
    rig.policy({ freeze: [MORNINGS] });
    rig.wants(300, 1);
    rig.backend.edit(aFlowId(2), blocksWith(77));
    const report = await rig.later().run();
    const outcomes = new Map(report.outcomes.map((outcome) => [outcome.flowId, outcome]));
    expect(outcomes.get(aFlowId(1))).toMatchObject({ status: 'applied' });
    expect(outcomes.get(aFlowId(2))).toMatchObject({ status: 'deferred', retryAt: NOON });
    expect(outcomes.get(aFlowId(1))).not.toHaveProperty('freezeOverride');
  });
});

describe('an override of a freeze window', () => {
  test('lets changes pass while it holds; the outcome and the audit name it', async () => {
    const rig = aFrozenRig({ freezeOverrides: [OVERRIDE] });
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([{ status: 'applied', freezeOverride: 'INC-4711' }]);
    expect(report.plan?.notices).toEqual([]);
    expect(rig.audits()).toMatchObject([{ details: { freezeOverride: 'INC-4711' } }]);
  });

  test('is named also by the process that finishes what a dead one began', async () => {
    const rig = aFrozenRig({ freezeOverrides: [OVERRIDE] });
    const counting = new MortalPorts({ at: 0, time: 'before' });
    const rehearsal = aFrozenRig({ freezeOverrides: [OVERRIDE] });
    await rehearsal.run({ ports: counting.of(rehearsal.ports) });
    const at = counting.calls.findIndex(({ name }) => name === 'backend.write') + 1;
    await rig.run({ ports: new MortalPorts({ at, time: 'after' }).of(rig.ports) });
    expect(rig.writes()).toHaveLength(1);

    const report = await rig.restarted().run();
    expect(report.outcomes).toMatchObject([{ status: 'applied', freezeOverride: 'INC-4711' }]);
    expect(rig.audits()).toMatchObject([{ details: { freezeOverride: 'INC-4711' } }]);
  });

  test('is not named where no window stands', async () => {
    const rig = aFrozenRig({ freezeOverrides: [{ ...OVERRIDE, until: '2026-12-01' }] });
    const report = await rig.later(NOON - rig.clock.now()).run();
    expect(report.outcomes).toMatchObject([{ status: 'applied' }]);
    expect(report.outcomes[0]).not.toHaveProperty('freezeOverride');
    expect(rig.audits()[0]?.details).not.toHaveProperty('freezeOverride');
  });

  test('that ran out lets nothing pass, and is told with its file', async () => {
    const rig = aFrozenRig({ freezeOverrides: [{ ...OVERRIDE, until: '2026-11-24T09:30:00Z' }] });
    const report = await rig.run();
    expect(report.outcomes).toMatchObject([{ status: 'deferred' }]);
    expect(report.plan?.notices).toEqual([
      {
        code: 'policy.override-expired',
        file: 'desired-state/acme-prod/policy.yaml',
        message:
          'freeze override "INC-4711" ran out at 2026-11-24T09:30:00.000Z; its windows hold again',
      },
    ]);
  });
});

test('a dry run tells which windows stand, until when, and what they hold', async () => {
  const other = { name: 'audit', from: '2026-11-24', until: '2026-11-30', allowReverts: false };
  const rig = aFrozenRig({ freeze: [MORNINGS, other], freezeOverrides: [OVERRIDE] });
  const pinned = await rig.source.pinHead(new AbortController().signal);
  const limits = someLimits(rig.clock);
  const run = { org: rig.org, orgId: ORG_ID, directory: 'desired-state', pinned, limits };
  const loader = makeDesiredLoader(rig, 'desired-state');
  const report: OrgPlanReport = await planOnly(
    rig.ports,
    loader,
    run,
    new AbortController().signal,
  );
  expect(report.freezes).toMatchObject([
    { name: 'mornings', endsAt: NOON, allowReverts: true, override: { name: 'INC-4711' } },
    { name: 'audit', endsAt: Date.UTC(2026, 11, 1), allowReverts: false },
  ]);
  expect(report.flowVerdicts?.get(aFlowId(1))).toEqual({
    kind: 'defer',
    gate: 'freeze',
    reason: 'freeze window "audit" until 2026-12-01T00:00:00.000Z',
    untilAt: Date.UTC(2026, 11, 1),
  });
});
