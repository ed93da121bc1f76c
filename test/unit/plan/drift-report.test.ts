import { describe, expect, test } from '@jest/globals';
import { makeDriftReport } from '../../../src/plan/drift-report.ts';
import type { DriftReport } from '../../../src/plan/drift-report.ts';
import { makePlanReport } from '../../../src/plan/plan-report.ts';
import { cell, renderReportCsv } from '../../../src/plan/render-report-csv.ts';
import { renderReportHtml } from '../../../src/plan/render-report-html.ts';
import { renderReportMarkdown } from '../../../src/plan/render-report-markdown.ts';
import type { AuditRecord } from '../../../src/domain/audit.ts';
import {
  aChange,
  aFlowId,
  aFlowStatus,
  anAuditDraft,
  anInvalidFlow,
  aPlan,
  aPolicy,
  NOW,
} from '../../support/builders.ts';
import { expectDocument } from '../../support/document-schemas.ts';
import { expectGolden } from '../../support/golden.ts';

const ago = (hours: number): string => new Date(NOW - hours * 3_600_000).toISOString();

const audit = (hours: number, over: object = {}): AuditRecord =>
  ({ ...anAuditDraft({ timestamp: ago(hours), event: 'flow.updated', ...over }) }) as AuditRecord;

const HOSTILE = `</td><script>alert("x")</script> & '=1+1 \u202e @everyone`;

/** One of everything. */
function aReport(): DriftReport {
  const suspended = { reason: 'INC-4711', by: 'ops', untilAt: NOW + 3_600_000 };
  const plan = aPlan({
    live: 9,
    changes: [
      aChange({
        flowId: aFlowId(1),
        name: 'Known Flow',
        modifiedAt: ago(1),
        modifiedBy: { name: 'Sam Supervisor' },
      }),
      aChange({
        flowId: aFlowId(2),
        name: HOSTILE,
        modifiedAt: ago(200),
        modifiedBy: { id: 'u-2' },
      }),
      aChange({ flowId: aFlowId(3), name: 'Silent Flow', suspended }),
    ],
    settled: 3,
    missing: [{ file: 'desired-state/acme-prod/flows/gone.yaml', name: 'Gone' }],
    unmanaged: [{ flowId: aFlowId(8), name: 'Old Survey' }],
    invalid: [anInvalidFlow()],
    notices: [{ code: 'desired.ignore-expired', file: 'x.yaml', message: 'ignore /a ran out' }],
  });
  const ready = { type: 'Ready', status: false, reason: 'Drifted', since: ago(30) } as const;
  const stalled = {
    type: 'Stalled',
    status: true,
    reason: 'RolledBack',
    message: 'did not verify',
    since: ago(5),
  } as const;
  return makeDriftReport({
    report: makePlanReport(plan, aPolicy()),
    statuses: [
      aFlowStatus({ flowId: aFlowId(1), state: 'Drifted', since: ago(30), conditions: [ready] }),
      aFlowStatus({ flowId: aFlowId(2), state: 'InSync', since: ago(26), conditions: [] }),
      aFlowStatus({
        flowId: aFlowId(6),
        name: 'Held Flow',
        state: 'RolledBack',
        since: ago(5),
        conditions: [stalled],
      }),
    ],
    audit: [
      audit(1, { details: { kind: 'drift' } }),
      audit(2, { details: { kind: 'drift' } }),
      audit(2, { details: { kind: 'desired' } }),
      audit(49, { event: 'flow.rolled-back' }),
      audit(24 * 40, { details: { kind: 'drift' } }),
    ],
    versions: [
      { flowId: aFlowId(1), state: 'InSync', since: ago(24 * 5) },
      { flowId: aFlowId(2), state: 'Drifted', since: ago(24 * 3) },
      { flowId: aFlowId(2), state: 'InSync', since: ago(26) },
      { flowId: aFlowId(7), state: 'Drifted', since: ago(24 * 40) },
    ],
  });
}

describe('makeDriftReport', () => {
  const report = aReport();

  test('tells since when: as the status branch knows, else as the service tells; the oldest first', () => {
    expect(report.drifted.map(({ flowId, since, by }) => [flowId, since, by])).toEqual([
      [aFlowId(2), ago(200), 'u-2'],
      [aFlowId(1), ago(30), 'Sam Supervisor'],
      [aFlowId(3), undefined, undefined],
    ]);
    expect(report.drifted[1]?.writtenAt).toBe(ago(1));
  });

  test('sorts drift by its age', () => {
    const ages = Object.fromEntries(report.ages.map(({ name, flows }) => [name, flows]));
    expect(ages).toMatchObject({ 'under an hour': 0, 'under a week': 1, 'under 30 days': 1 });
    expect(report.ages.reduce((sum, { flows }) => sum + flows, 0)).toBe(3);
  });

  test('has one command for each of the three answers', () => {
    expect(report.drifted[1]?.answers).toEqual({
      correct: 'flowkeeper reconcile --org acme-prod',
      accept: `flowkeeper accept ${aFlowId(1)} --org acme-prod`,
      ignore: `flowkeeper ignore ${aFlowId(1)} --org acme-prod`,
    });
    const plan = aPlan({ live: 1, changes: [aChange()] });
    const told = makeDriftReport({
      report: makePlanReport(plan, aPolicy({ mode: 'report' })),
      statuses: [],
      audit: [],
      versions: [],
    });
    expect(told.drifted[0]?.answers.correct).toContain('mode: enforce');
  });

  test('lists what is held back and what is suspended, with its end', () => {
    expect(report.heldBack).toEqual([
      { flowId: aFlowId(6), name: 'Held Flow', reason: 'did not verify', since: ago(5) },
    ]);
    expect(report.suspended).toEqual([
      { flowId: aFlowId(3), name: 'Silent Flow', reason: 'INC-4711', by: 'ops', until: ago(-1) },
    ]);
  });

  test('tells how many differed at the end of each day, of the flows that git describes now', () => {
    expect(report.trend).toEqual([
      { day: '2026-10-28', flows: 0 },
      { day: '2026-10-29', flows: 0 },
      { day: '2026-10-30', flows: 1 },
      { day: '2026-10-31', flows: 1 },
      { day: '2026-11-01', flows: 1 },
      { day: '2026-11-02', flows: 2 },
    ]);
  });

  test('counts what was written on each of the last 30 days', () => {
    expect(report.writes).toHaveLength(30);
    expect(report.writes.at(-1)).toEqual({ day: '2026-11-02', drift: 2, commits: 1, failed: 0 });
    expect(report.writes.at(-3)).toMatchObject({ failed: 1 });
    expect(report.writes.reduce((sum, { drift }) => sum + drift, 0)).toBe(2);
  });
});

describe('a report as it is read', () => {
  const report = aReport();

  test('markdown', () => expectGolden('report/full.md', renderReportMarkdown(report)));
  test('html', () => expectGolden('report/full.html', renderReportHtml([report])));
  test('csv', () => expectGolden('report/full.csv', renderReportCsv([report])));

  test('a document of the schema', () => {
    const document = {
      apiVersion: 'flowkeeper/v1',
      kind: 'DriftReportList',
      items: [report],
      failed: [],
    };
    expectDocument('drift-report', JSON.parse(JSON.stringify(document)));
  });

  test('HTML needs nothing else, and runs nothing', () => {
    const page = renderReportHtml([report, report]);
    expect(page).not.toMatch(/<script|<link|<img|src=|href=|url\(|@import|\son\w+=/i);
    expect(page).not.toContain('\u202e');
    expect(page.match(/<svg /g)).toHaveLength(6);
    for (const tag of ['section', 'table', 'ul', 'svg', 'li', 'td', 'g'])
      expect([tag, page.split(`<${tag}>`).length + page.split(`<${tag} `).length]).toEqual([
        tag,
        page.split(`</${tag}>`).length + 1,
      ]);
  });

  test.each([
    { text: 'plain', shown: 'plain' },
    { text: 'a,b', shown: '"a,b"' },
    { text: 'say "hi"', shown: '"say ""hi"""' },
    { text: '=HYPERLINK("x")', shown: `"'=HYPERLINK(""x"")"` },
    { text: '+1', shown: "'+1" },
    { text: '-1', shown: "'-1" },
    { text: '@SUM', shown: "'@SUM" },
    { text: 'a\nb', shown: 'a\\u{a}b' },
  ])('a cell of CSV: $text', ({ text, shown }) => {
    expect(cell(text)).toBe(shown);
  });
});
