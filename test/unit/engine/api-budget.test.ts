import { describe, expect, test } from '@jest/globals';
import { makeDesiredLoader } from '../../../src/engine/load-desired.ts';
import { planOnly } from '../../../src/engine/plan-only.ts';
import type { OrgPlanReport } from '../../../src/engine/plan-only.ts';
import { exitCodeOf } from '../../../src/engine/run-report.ts';
import type { OrgRunReport } from '../../../src/engine/run-report.ts';
import { aFlowId, ORG_ID } from '../../support/builders.ts';
import { someLimits } from '../../support/some-limits.ts';
import { blocksWith, EngineRig, waiting } from '../../support/engine-rig.ts';

/** Of which a tenth is kept: 108 seconds for writing, so the writes of two minutes. */
const DEADLINE_MS = 120_000;
/** What people caused gets five updates a minute, drift four. */
const RATE = { perFlow: '0s', updatesPerMinute: 5, requestsPerMinute: 1_000_000 };

const numbers = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

function aRig(flows: number, policy: object = {}): EngineRig {
  const rig = new EngineRig({ flows });
  rig.policy({ rate: RATE, massChange: { maxFlows: 1000, maxShare: 1 }, ...policy });
  return rig;
}

const run = (rig: EngineRig): Promise<OrgRunReport> =>
  rig.later().run({ deadlines: { runMs: DEADLINE_MS } });

async function plan(rig: EngineRig): Promise<OrgPlanReport> {
  const signal = new AbortController().signal;
  const pinned = await rig.source.pinHead(signal);
  const directory = 'desired-state';
  const limits = someLimits(rig.clock, { runMs: DEADLINE_MS });
  const asked = { org: rig.org, orgId: ORG_ID, directory, pinned, limits };
  return planOnly(rig.ports, makeDesiredLoader(rig, directory), asked, signal);
}

/** Numbers of the flows that ended so. */
function flowsOf({ outcomes }: OrgRunReport, status: string): readonly number[] {
  return outcomes
    .filter((outcome) => outcome.status === status)
    .map(({ flowId }) => Number.parseInt(flowId.slice(-12), 16))
    .toSorted((a, b) => a - b);
}

describe('a plan that one run has no time for', () => {
  test('is begun with what fits, and the next run goes on with the rest', async () => {
    const rig = aRig(12);
    rig.wants(300, ...numbers(1, 12));
    const first = await run(rig);
    expect(flowsOf(first, 'applied')).toEqual(numbers(1, 10));
    expect(flowsOf(first, 'deferred')).toEqual([11, 12]);
    expect(exitCodeOf(first)).toBe(2);
    expect(await rig.openAttempts()).toEqual([]);

    const second = await run(rig);
    expect(flowsOf(second, 'applied')).toEqual([11, 12]);
    expect(exitCodeOf(second)).toBe(0);
  });

  test('tells of each flow that waits, in words that do not change from run to run', async () => {
    const rig = aRig(12);
    rig.wants(300, ...numbers(1, 12));
    await run(rig);
    expect(await rig.status(12)).toMatchObject({
      state: 'Deferred',
      conditions: [{ type: 'Ready', status: false, reason: 'api-budget' }],
    });
    expect(rig.log.lines).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        fields: expect.objectContaining({ flows: 12, waiting: 2, minutes: 2, leftMinutes: 1 }),
      }),
    );
    // nothing can be written: the service asked for silence until after the end of any run
    rig.rateGate.budget = { ...rig.rateGate.budget, stalledUntil: 1_000_000 };
    const report = await run(rig);
    expect(flowsOf(report, 'deferred')).toEqual([11, 12]);
    expect(report.publishing).toEqual({ kind: 'nothing' });
  });

  test('goes by what is most urgent: reverts, then desired changes, then drift', async () => {
    const rig = aRig(12);
    rig.wants(300, ...numbers(1, 12));
    await rig.run();
    const change = rig.wants(310, 12);
    await rig.later().run();
    rig.source.revert(change);
    rig.wants(320, 11);
    for (const n of numbers(1, 10)) rig.backend.edit(aFlowId(n), blocksWith(9));
    const report = await run(rig);
    expect(report.plan?.changes.slice(0, 2)).toMatchObject([
      { flowId: aFlowId(12), kind: 'revert' },
      { flowId: aFlowId(11), kind: 'desired' },
    ]);
    // routine has four of five: two beside the two that people caused, then four more
    expect(flowsOf(report, 'applied')).toEqual([...numbers(1, 6), 11, 12]);
    expect(flowsOf(report, 'deferred')).toEqual(numbers(7, 10));
  });

  test('leaves out nothing that others wait for', async () => {
    const rig = aRig(12);
    // by their ids these would go first, but they wait for the last
    const dependent = waiting(300, { dependsOn: [aFlowId(12)] });
    rig.commit(Object.fromEntries(numbers(1, 11).map((n) => [n, dependent])));
    rig.commit({ 12: waiting(300) });
    const first = await run(rig);
    expect(flowsOf(first, 'applied')).toEqual([...numbers(1, 9), 12]);
    expect(flowsOf(await run(rig), 'applied')).toEqual([10, 11]);
  });

  test('gives the time of flows that something else holds to those that may go on', async () => {
    const rig = aRig(12, { rate: { ...RATE, perFlow: '1h' } });
    rig.wants(300, ...numbers(1, 10));
    await rig.run();
    rig.wants(310, ...numbers(1, 12));
    const report = await run(rig);
    expect(flowsOf(report, 'applied')).toEqual([11, 12]);
    const held = report.outcomes.filter(({ status }) => status === 'deferred');
    expect(held.map(({ reason }) => reason)).toEqual(
      numbers(1, 10).map(() => 'updated less than 1h ago (rate.perFlow)'),
    );
  });

  test('is what plan tells, flow by flow, with what the part costs that fits', async () => {
    const rig = aRig(12);
    rig.wants(300, ...numbers(1, 12));
    const { budget, flowVerdicts } = await plan(rig);
    expect([...(budget?.beyond ?? [])]).toEqual([aFlowId(11), aFlowId(12)]);
    expect(flowVerdicts?.get(aFlowId(12))).toMatchObject({ kind: 'defer', gate: 'api-budget' });
    expect(flowVerdicts?.get(aFlowId(10))).toEqual({ kind: 'allow' });
    expect(budget).toMatchObject({
      leftMs: 108_000,
      whole: { writes: 12, minutes: 2 },
      forecast: { writes: 10, minutes: 1 },
    });
    expect(rig.writes()).toEqual([]);
  });

  test('counts the time that reading the org has taken', async () => {
    const rig = aRig(12);
    rig.wants(300, ...numbers(1, 12));
    rig.backend.onNext('pages', () => rig.clock.sleep(49_000, new AbortController().signal));
    const report = await run(rig);
    expect(flowsOf(report, 'applied')).toEqual(numbers(1, 5));
  });
});

test.each([
  { name: 'that fits exactly', flows: 10 },
  { name: 'of nothing', flows: 0 },
])('a plan $name is not held', async ({ flows }) => {
  const rig = aRig(12);
  if (flows > 0) rig.wants(300, ...numbers(1, flows));
  const report = await run(rig);
  expect(flowsOf(report, 'applied')).toHaveLength(flows);
  expect(exitCodeOf(report)).toBe(0);
  expect(rig.log.messages('warn')).toEqual([]);
});

test('a run of half an hour has time for what a minute has not', async () => {
  const rig = aRig(12);
  rig.wants(300, ...numbers(1, 12));
  expect(flowsOf(await rig.run(), 'applied')).toHaveLength(12);
});
