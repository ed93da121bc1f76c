import type { CronSchedule } from '../domain/cron.ts';
import type { OrgName } from '../domain/flow.ts';
import { localDate } from '../domain/local-date.ts';
import type { Loop } from '../engine/loop/run-loop.ts';
import { keepReporting } from '../engine/notify/report-clock.ts';
import type { ReportMade } from '../engine/notify/report-clock.ts';
import { renderReportHtml } from '../plan/render-report-html.ts';
import { renderReportLines } from '../plan/render-report-lines.ts';
import { renderReportMarkdown } from '../plan/render-report-markdown.ts';
import type { App } from './create-app.ts';
import { reportDrift } from './report-drift.ts';

type Looking = Pick<Loop, 'view'>;

/** Makes the reports that policies ask for, at their times, until `end` aborts. Never rejects. */
export function keepReports(app: App, loop: Looking, end: AbortSignal): Promise<void> {
  const parts = {
    ...app.reports,
    orgs: app.orgNames(undefined),
    scheduleOf: makeSchedules(app, loop),
    make: (org: OrgName, slot: Slot, signal: AbortSignal) => makeReport(app, org, slot, signal),
    onNotices: () => {
      app.courier.ring();
    },
  };
  return keepReporting(parts, end);
}

/** What policies say, read once for each commit; what cannot be read says what it said before. */
function makeSchedules(
  { reports }: App,
  loop: Looking,
): (org: OrgName, signal: AbortSignal) => Promise<CronSchedule | undefined> {
  interface Known {
    readonly revision: string;
    readonly schedule: CronSchedule | undefined;
  }
  const known = new Map<OrgName, Known>();
  return async (org, signal) => {
    const before = known.get(org);
    const { pinned } = loop.view().head;
    if (!pinned || before?.revision === pinned.revision) return before?.schedule;
    const schedule = (await reports.scheduleAt(pinned, org, signal)) ?? before?.schedule;
    known.set(org, { revision: pinned.revision, schedule });
    return schedule;
  };
}

interface Slot {
  /** Epoch ms. */
  readonly at: number;
  readonly timezone: string;
}

async function makeReport(
  app: App,
  org: OrgName,
  { at, timezone }: Slot,
  signal: AbortSignal,
): Promise<ReportMade> {
  const { reports, plans } = await reportDrift(app, [org], signal);
  const [report] = reports;
  if (!report)
    return { kind: 'failed', reason: plans[0]?.error?.message ?? 'policy.yaml has faults' };
  const { counts, revision } = report;
  const told = {
    ...{ org, revision, live: counts.live, lines: renderReportLines(report) },
    differs: counts.drifted + counts.missing + counts.invalid,
    markdown: renderReportMarkdown(report),
    html: renderReportHtml([report]),
    path: `reports/${org}/${localDate(at, timezone)}.md`,
  };
  await app.reports.publish(told, signal);
  return { kind: 'made', notices: app.reports.noticesOf(told, at) };
}
