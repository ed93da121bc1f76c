import { describe, expect, test } from '@jest/globals';
import type { DesiredFlow, Settings } from '../../../src/domain/flow.ts';
import type { Plan } from '../../../src/domain/plan.ts';
import { narrowPlan } from '../../../src/plan/narrow-plan.ts';
import type { DesiredSide } from '../../../src/plan/narrow-plan.ts';
import { makePlanReport } from '../../../src/plan/plan-report.ts';
import { renderPlanMarkdown } from '../../../src/plan/render-plan-markdown.ts';
import { renderPlanText } from '../../../src/plan/render-plan-text.ts';
import { planDocument } from '../../../src/plan/render-plan-json.ts';
import {
  aDesiredFlow,
  aFlowId,
  aLiveFlow,
  anInvalidFlow,
  aPolicy,
  ORG_ID,
  someSettings,
} from '../../support/builders.ts';
import { expectDocument } from '../../support/document-schemas.ts';
import { expectGolden } from '../../support/golden.ts';
import { planOf } from '../../support/plan-of.ts';

const BASE = 'ba5e0000ba5e0000ba5e0000ba5e0000ba5e0000';

/** The n-th flow, in a file of its own. */
const flow = (n: number, overrides: Partial<DesiredFlow> = {}): DesiredFlow =>
  aDesiredFlow({
    flowId: aFlowId(n),
    file: `desired-state/acme-prod/flows/${String(n)}.yaml`,
    ...overrides,
  });

const wait = (maxWaitTime: number): Settings =>
  someSettings({ routing: { type: 'longestAvailable', maxWaitTime } });
const waiting = (n: number, maxWaitTime: number, more: Partial<DesiredFlow> = {}): DesiredFlow =>
  flow(n, { settings: wait(maxWaitTime), ...more });

const side = (flows: readonly DesiredFlow[], more: Partial<DesiredSide> = {}): DesiredSide => ({
  flows,
  invalid: [],
  policy: aPolicy(),
  ...more,
});

/** Live flows 1 to 4 wait 600 seconds, unless told otherwise. */
function narrowed(
  before: DesiredSide,
  after: DesiredSide,
  waits: Readonly<Record<number, number>> = {},
) {
  const live = [1, 2, 3, 4].map((n) =>
    aLiveFlow({ id: aFlowId(n), name: `Flow ${String(n)}`, settings: wait(waits[n] ?? 600) }),
  );
  const plan: Plan = planOf({
    desired: after.flows,
    live,
    invalid: after.invalid,
    policy: after.policy,
  });
  return {
    whole: plan,
    ...narrowPlan(plan, { base: { ...before, revision: BASE }, after, orgId: ORG_ID }),
  };
}

const idsOf = ({ changes }: Plan): readonly string[] => changes.map(({ flowId }) => flowId);

describe('narrowPlan', () => {
  test.each([
    { name: 'nothing', before: [waiting(1, 600)], after: [waiting(1, 600)], flows: 0, changed: [] },
    {
      name: 'a file that only moved',
      before: [waiting(1, 600)],
      after: [waiting(1, 600, { file: 'x.yaml' })],
      flows: 0,
      changed: [],
    },
    {
      name: 'settings',
      before: [waiting(1, 600)],
      after: [waiting(1, 60)],
      flows: 1,
      changed: [1],
    },
    {
      name: 'a flow that git did not have',
      before: [],
      after: [waiting(1, 60)],
      flows: 1,
      changed: [1],
    },
    {
      name: 'a mode',
      before: [waiting(1, 60)],
      after: [waiting(1, 60, { mode: 'report' })],
      flows: 1,
      changed: [1],
    },
    {
      name: 'an ignore rule',
      before: [waiting(1, 60)],
      after: [waiting(1, 60, { ignore: [{ path: '/x' }] })],
      flows: 1,
      changed: [1],
    },
    {
      name: 'a dependency',
      before: [waiting(1, 60)],
      after: [waiting(1, 60, { dependsOn: [aFlowId(2)] })],
      flows: 1,
      changed: [1],
    },
    {
      name: 'what the org has already',
      before: [waiting(1, 60)],
      after: [waiting(1, 600)],
      flows: 1,
      changed: [],
    },
  ])('a change of $name', ({ before, after, flows, changed }) => {
    const { plan, scope } = narrowed(side(before), side(after));
    expect(scope.flows).toBe(flows);
    expect(idsOf(plan)).toEqual(changed.map(aFlowId));
    expect(scope.alreadyLive).toBe(flows - changed.length);
  });

  test('leaves out drift of other flows, and keeps the digest of the whole plan', () => {
    const { plan, whole } = narrowed(
      side([waiting(1, 600), waiting(2, 600)]),
      side([waiting(1, 60), waiting(2, 600)]),
      { 2: 5 },
    );
    expect(idsOf(whole)).toEqual([1, 2].map(aFlowId));
    expect(idsOf(plan)).toEqual([aFlowId(1)]);
    expect(plan.digest).toBe(whole.digest);
  });

  test('tells what the merge changes from drift that it corrects too', () => {
    const after = waiting(1, 60);
    const settings = { ...after.settings, configurationMatrix: { parameter_01: { value: false } } };
    const before = {
      ...waiting(1, 600).settings,
      configurationMatrix: { parameter_01: { value: false } },
    };
    const { plan } = narrowed(side([flow(1, { settings: before })]), side([flow(1, { settings })]));
    expect(plan.changes[0]).toMatchObject({
      kind: 'desired',
      cause: 'both-changed',
      fields: [
        { path: '/configurationMatrix/parameter_01/value', cause: 'live-changed' },
        { path: '/routing/maxWaitTime', cause: 'desired-changed' },
      ],
    });
  });

  test('an org that goes from report to enforce has all drift corrected', () => {
    const flows = [waiting(1, 60), waiting(2, 600)];
    const report = aPolicy({ mode: 'report' });
    const { plan, scope } = narrowed(side(flows, { policy: report }), side(flows));
    expect(idsOf(plan)).toEqual([aFlowId(1)]);
    expect(scope.policy).toEqual([{ path: '/mode', before: 'report', after: 'enforce' }]);
    expect(narrowed(side(flows), side(flows, { policy: report })).plan.changes).toEqual([]);
  });

  test('tells every value of the policy that changes', () => {
    const after = aPolicy({ massChange: { maxFlows: 80 }, intervalMs: 60_000 });
    expect(narrowed(side([]), side([], { policy: after })).scope.policy).toEqual([
      { path: '/intervalMs', before: 300_000, after: 60_000 },
      { path: '/massChange/maxFlows', before: 50, after: 80 },
    ]);
  });

  test('flows that are taken out of git are no longer managed; others that git never had stay out', () => {
    const { plan } = narrowed(side([waiting(1, 600), waiting(2, 600)]), side([waiting(1, 600)]));
    expect(plan.unmanaged.map(({ flowId }) => flowId)).toEqual([aFlowId(2)]);
  });

  test('files that it breaks are told, those that were broken before are not', () => {
    const old = anInvalidFlow({ file: 'old.yaml' });
    const moved = { ...old, diagnostics: old.diagnostics.map((fault) => ({ ...fault, line: 9 })) };
    const fresh = anInvalidFlow({ file: 'new.yaml' });
    const after = [
      moved,
      { ...fresh, diagnostics: fresh.diagnostics.map((f) => ({ ...f, file: 'new.yaml' })) },
    ];
    const { plan } = narrowed(side([], { invalid: [old] }), side([], { invalid: after }));
    expect(plan.invalid.map(({ file }) => file)).toEqual(['new.yaml']);
  });

  test('a file for a flow that the org has not is missing', () => {
    const { plan } = narrowed(side([]), side([waiting(7, 60)]));
    expect(plan.missing.map(({ flowId }) => flowId)).toEqual([aFlowId(7)]);
  });
});

describe('the plan of a merge, as it is read', () => {
  const policy = aPolicy({ massChange: { maxFlows: 1 } });
  const { plan, scope } = narrowed(
    side([waiting(1, 600), waiting(2, 600), waiting(4, 600)]),
    side([waiting(1, 60), waiting(2, 90), waiting(3, 600)], { policy }),
    { 2: 7 },
  );
  const digest = 'd'.repeat(64);
  const goOn = `flowkeeper reconcile --org acme-prod --approve ${digest}`;
  const reason = '2 flows would be written; massChange.maxFlows allows 1';
  const held = { kind: 'deny', gate: 'mass-change', reason, goOn } as const;
  const report = makePlanReport({ ...plan, digest }, policy, { plan: held }, scope);

  test('markdown', () => expectGolden('plan/merge.md', renderPlanMarkdown(report)));
  test('text', () => expectGolden('plan/merge.txt', renderPlanText(report)));
  test('a document of the schema', () => {
    expectDocument('plan', planDocument(report));
    expect(planDocument(report)).toMatchObject({ merge: { base: BASE, flows: 3, alreadyLive: 1 } });
  });

  test('nothing', () => {
    const same = narrowed(side([waiting(1, 600)]), side([waiting(1, 600)]));
    const text = renderPlanText(makePlanReport(same.plan, aPolicy(), {}, same.scope));
    expect(text).toContain(': merging changes no live flow\n');
  });
});
