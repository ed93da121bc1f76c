import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { parse } from 'yaml';
import planSchema from '../../../schemas/plan.schema.json' with { type: 'json' };
import type { Plan } from '../../../src/domain/plan.ts';
import { makePlanReport } from '../../../src/plan/plan-report.ts';
import type { PlanReport } from '../../../src/plan/plan-report.ts';
import { renderPlanJson } from '../../../src/plan/render-plan-json.ts';
import { renderPlanMarkdown } from '../../../src/plan/render-plan-markdown.ts';
import { renderPlanText } from '../../../src/plan/render-plan-text.ts';
import { renderPlanYaml } from '../../../src/plan/render-plan-yaml.ts';
import { hasUnseen } from '../../../src/plan/show-value.ts';
import { aChange, aFlowId, anInvalidFlow, aPlan, aPolicy, NOW } from '../../support/builders.ts';
import { expectGolden } from '../../support/golden.ts';

/** One of everything that a plan can hold. */
const FULL: Plan = aPlan({
  live: 8,
  settled: 3,
  changes: [
    aChange({
      flowId: aFlowId(1),
      kind: 'revert',
      cause: 'desired-changed',
      fields: [
        {
          path: '/configurationMatrix/parameter_03/value',
          live: 'overflow',
          desired: 'voicemail',
          cause: 'desired-changed',
        },
        { path: '/routing/scope/id', live: 't-1', cause: 'desired-changed' },
      ],
    }),
    aChange({
      flowId: aFlowId(2),
      name: 'Second Flow',
      file: 'desired-state/acme-prod/flows/second.yaml',
      kind: 'desired',
      cause: 'both-changed',
      fields: [
        { path: '/routing/maxWaitTime', desired: 600, cause: 'desired-changed' },
        {
          path: '/scopeDirectives/applyTo',
          live: ['queue'],
          desired: ['queue', 'user'],
          cause: 'live-changed',
        },
      ],
      mode: 'report',
    }),
    aChange({
      flowId: aFlowId(3),
      name: 'Third Flow',
      suspended: { reason: 'INC-4711', by: 'ops', untilAt: NOW + 3_600_000 },
    }),
    aChange({
      flowId: aFlowId(4),
      name: 'Fourth Flow',
      modifiedBy: { id: 'u-1', name: 'Ann Example' },
      modifiedAt: '2026-11-01T08:30:00.000Z',
    }),
  ],
  unread: [
    {
      flowId: aFlowId(8),
      name: 'Eighth Flow',
      file: 'desired-state/acme-prod/flows/eighth.yaml',
      desiredHash: 'e'.repeat(64),
      code: 'api.server-error',
    },
  ],
  missing: [
    { file: 'desired-state/acme-prod/flows/gone.yaml', flowId: aFlowId(9), name: 'Gone' },
    { file: 'desired-state/acme-prod/flows/named.yaml', name: 'Named' },
  ],
  unmanaged: [{ flowId: aFlowId(20), name: 'By hand' }],
  invalid: [anInvalidFlow()],
  notices: [
    {
      code: 'desired.ignore-unused',
      file: 'desired-state/acme-prod/flows/second.yaml',
      message: 'ignore /nowhere matches no declared field',
    },
  ],
});

const FULL_REPORT = makePlanReport(FULL, aPolicy(), {
  plan: {
    kind: 'deny',
    gate: 'mass-change',
    reason: '2 flows would be written; massChange.maxFlows allows 1',
    goOn: `flowkeeper reconcile --org acme-prod --approve ${FULL.digest}`,
  },
  flows: new Map([
    [
      aFlowId(4),
      {
        kind: 'defer',
        gate: 'per-flow-rate',
        reason: 'updated less than 1m ago (rate.perFlow)',
        untilAt: NOW + 30_000,
      },
    ],
  ]),
  freezes: [
    { name: 'mornings', startedAt: NOW, endsAt: NOW + 3_600_000, allowReverts: true },
    {
      name: 'audit',
      startedAt: NOW - 3_600_000,
      endsAt: NOW + 7_200_000,
      allowReverts: false,
      override: {
        name: 'INC-4711',
        windows: ['audit'],
        untilAt: NOW + 60_000,
        reason: 'storm',
        by: 'ops',
      },
    },
  ],
});

/** One run has no time for all of it. */
const LONG_REPORT = makePlanReport(FULL, aPolicy(), {
  budget: {
    forecast: { reads: 2, writes: 1, reloads: 1, lookUps: 3, minutes: 27.5 },
    whole: { writes: 2, minutes: 55 },
    beyond: new Set([aFlowId(4)]),
    leftMs: 27.9 * 60_000,
  },
});

const EMPTY_REPORT = makePlanReport(aPlan({ settled: 12 }), aPolicy());

const NASTY =
  '\u001b]0;x\u0007\u009b2J\u202e | `a` ``` @everyone #1 <img src=x onerror=y> &lt; [a](http://b.c) www.d.e **b** _c_ \\| \\ \n</details>\r\n---';

/** A plan of an org whose every text was made to do harm. */
const HOSTILE_REPORT = makePlanReport(
  aPlan({
    org: NASTY,
    changes: [
      aChange({
        name: NASTY,
        file: `${NASTY}.yaml`,
        modifiedBy: { id: NASTY, name: NASTY },
        modifiedAt: NASTY,
        suspended: { reason: NASTY, by: NASTY },
        fields: [
          { path: `/${NASTY}`, live: NASTY, desired: { [NASTY]: [NASTY] }, cause: 'live-changed' },
        ],
      }),
    ],
    unread: [
      {
        flowId: aFlowId(8),
        name: NASTY,
        file: NASTY,
        desiredHash: 'e'.repeat(64),
        code: 'api.timeout',
      },
    ],
    missing: [{ file: NASTY, name: NASTY }],
    unmanaged: [{ flowId: NASTY, name: NASTY }],
    invalid: [
      {
        file: NASTY,
        diagnostics: [
          { file: NASTY, line: 1, column: 1, code: 'yaml.syntax', message: NASTY, hint: NASTY },
        ],
      },
    ],
    notices: [{ code: 'desired.ignore-unused', file: NASTY, message: NASTY }],
  }),
  aPolicy(),
  {
    plan: { kind: 'deny', gate: 'mass-change', reason: NASTY, goOn: NASTY },
    freezes: [
      {
        name: NASTY,
        startedAt: NOW,
        endsAt: NOW + 1,
        allowReverts: true,
        override: { name: NASTY, untilAt: NOW + 1, reason: NASTY, by: NASTY },
      },
    ],
  },
);

const RENDERERS = [
  { form: 'text', ending: 'txt', render: (report: PlanReport) => renderPlanText(report) },
  { form: 'JSON', ending: 'json', render: renderPlanJson },
  { form: 'YAML', ending: 'yaml', render: renderPlanYaml },
  { form: 'Markdown', ending: 'md', render: renderPlanMarkdown },
];

describe.each(RENDERERS)('a plan as $form', ({ ending, render }) => {
  test('is as test/golden shows it', async () => {
    await expectGolden(`plan/full.${ending}`, render(FULL_REPORT));
    await expectGolden(`plan/empty.${ending}`, render(EMPTY_REPORT));
    await expectGolden(`plan/hostile.${ending}`, render(HOSTILE_REPORT));
  });

  test('has no character that a terminal would obey or a reader would not see', () => {
    expect(hasUnseen(render(HOSTILE_REPORT))).toBe(false);
  });

  test('ends in one line break', () => {
    expect(render(FULL_REPORT)).toMatch(/[^\n]\n$/);
  });
});

describe('a plan as JSON or YAML', () => {
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true });
  ajvFormats.default(ajv);
  const validate = ajv.compile(planSchema);

  test.each([
    { name: 'full', report: FULL_REPORT },
    { name: 'empty', report: EMPTY_REPORT },
    { name: 'hostile', report: HOSTILE_REPORT },
    { name: 'busy', report: LONG_REPORT },
  ])('of a $name org is what the schema says, and the same in both', ({ report }) => {
    const fromJson: unknown = JSON.parse(renderPlanJson(report));
    validate(fromJson);
    expect(validate.errors).toBeNull();
    expect(parse(renderPlanYaml(report))).toEqual(fromJson);
  });

  test('keeps values whole', () => {
    const long = 'x'.repeat(10_000);
    const fields = [{ path: '/a', live: long, cause: 'live-changed' as const }];
    const report = makePlanReport(aPlan({ changes: [aChange({ fields })] }), aPolicy());
    expect(renderPlanJson(report)).toContain(long);
    expect(renderPlanYaml(report)).toContain(long);
  });
});

describe('a plan as text', () => {
  test('is set off by the palette, which sees only what is safe to print', () => {
    const text = renderPlanText(FULL_REPORT, {
      strong: (each) => `<b>${each}</b>`,
      dim: (each) => `<i>${each}</i>`,
      removed: (each) => `<del>${each}</del>`,
      added: (each) => `<ins>${each}</ins>`,
      warning: (each) => `<u>${each}</u>`,
    });
    expect(text).toContain('<del>    - "overflow"</del>\n<ins>    + "voicemail"</ins>');
    expect(text).toContain('<b>acme-prod at c0ffee00c0ff</b>');
  });

  test('cuts long values with a mark', () => {
    const fields = [{ path: '/a', live: 'x'.repeat(500), cause: 'live-changed' as const }];
    const report = makePlanReport(aPlan({ changes: [aChange({ fields })] }), aPolicy());
    expect(renderPlanText(report)).toContain('x… (cut, 502 characters)');
  });

  test('lists twenty unmanaged flows and counts the rest', () => {
    const unmanaged = Array.from({ length: 23 }, (_, i) => ({
      flowId: aFlowId(i),
      name: `Flow ${String(i)}`,
    }));
    const text = renderPlanText(makePlanReport(aPlan({ unmanaged }), aPolicy()));
    expect(text).toContain('Flow 19');
    expect(text).not.toContain('Flow 20');
    expect(text).toContain('and 3 more flows (--output json lists all)');
  });

  test('says what one run has no time for', () => {
    const lines = renderPlanText(LONG_REPORT).split('\n');
    expect(lines).toContain(
      "  forecast: 2 reads, 1 write, 1 reload, 3 look-ups; about 27.5 minutes at the policy's rates",
    );
    expect(lines).toContain(
      '  1 flow waits for the next run: all take about 55 minutes, and a run has 27',
    );
  });

  test('counts apart what a gate holds', () => {
    const { verdicts } = FULL_REPORT;
    const writable = FULL_REPORT.counts.writable;
    expect(writable - FULL_REPORT.forecast.writes).toBe(verdicts.flows?.size);
    expect(renderPlanText(FULL_REPORT)).toContain(', 1 held by a gate');
  });

  test('says that nothing would be written in an org that only reports', () => {
    const report = makePlanReport(aPlan({ live: 4, changes: 1 }), aPolicy({ mode: 'report' }));
    expect(renderPlanText(report)).toContain('mode report: nothing would be written');
  });
});

describe('a plan as Markdown', () => {
  const markdown = renderPlanMarkdown(HOSTILE_REPORT);

  test('holds hostile values inside code, one row a field', () => {
    const outside = markdown.replaceAll(/<code>(?:&#\d+;|[^&<>`|@#[\]*_\\\n])*<\/code>/g, 'C');
    expect(outside).not.toMatch(/[`@[\]\\]|everyone|onerror/);
    expect(markdown).not.toMatch(/:\/\/|www\./);
    expect(outside.match(/^\| C \| C \| C \| changed live \|$/gm)).toHaveLength(1);
    expect(outside.match(/<\/details>/g)).toHaveLength(outside.match(/<details>/g)?.length ?? 0);
  });

  test('fits a comment, and counts what it leaves out', () => {
    const plan = aPlan({ changes: 2000 });
    const long = renderPlanMarkdown(makePlanReport(plan, aPolicy()));
    expect(long.length).toBeLessThan(65_536);
    expect(long).toMatch(/_1,\d{3} more sections did not fit here\._\n$/);
  });

  test('shows a hundred fields of a flow and counts the rest', () => {
    const fields = Array.from({ length: 103 }, (_, i) => ({
      path: `/f${String(i)}`,
      live: i,
      cause: 'live-changed' as const,
    }));
    const report = makePlanReport(aPlan({ changes: [aChange({ fields })] }), aPolicy());
    expect(renderPlanMarkdown(report)).toContain('_3 more fields not shown._');
  });
});
