import { reportDrift } from '../../app/report-drift.ts';
import type { DriftReports } from '../../app/report-drift.ts';
import type { ExitCode } from '../../domain/error-catalog.ts';
import type { JsonObject } from '../../domain/json.ts';
import { worstExitCode } from '../../engine/run-report.ts';
import { renderJson } from '../../plan/render-document.ts';
import { renderReportCsv } from '../../plan/render-report-csv.ts';
import { renderReportHtml } from '../../plan/render-report-html.ts';
import { renderReportMarkdown } from '../../plan/render-report-markdown.ts';
import { write } from '../io.ts';
import type { Io } from '../io.ts';
import { openApp } from '../open-app.ts';
import { orgsOf } from '../options.ts';
import type { CommonOptions } from '../options.ts';
import { failedOrg, planExitCode, planFailure } from '../plan-ends.ts';

type ReportFormat = 'markdown' | 'html' | 'json' | 'csv';

export type ReportOptions = Omit<CommonOptions, 'output'> & { readonly output: ReportFormat };

/** Tells the drift of the orgs; exit 2 when there is some. */
export async function runReport(io: Io, options: ReportOptions): Promise<ExitCode> {
  const common = { ...options, output: 'text' } as const;
  const opened = await openApp(io, common);
  const { app, progress } = opened;
  try {
    const found = await reportDrift(app, orgsOf(common).orgs, io.signal);
    progress.close();
    await write(io.stdout, RENDERERS[options.output](found));
    await write(io.stderr, found.plans.flatMap((plan) => planFailure(plan, opened)).join(''));
    return worstExitCode(found.plans.map(planExitCode));
  } finally {
    progress.close();
    await app.close();
  }
}

const RENDERERS: Readonly<Record<ReportFormat, (found: DriftReports) => string>> = {
  markdown: ({ reports }) => reports.map(renderReportMarkdown).join('\n'),
  html: ({ reports }) => renderReportHtml(reports),
  csv: ({ reports }) => renderReportCsv(reports),
  json: ({ reports, plans }) => {
    // schemas/drift-report.schema.json
    const document = {
      apiVersion: 'flowkeeper/v1',
      kind: 'DriftReportList',
      items: reports,
      failed: plans.flatMap(failedOrg),
    };
    return renderJson(document as unknown as JsonObject);
  },
};
