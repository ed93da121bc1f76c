import type { Config } from '../config/config.ts';
import type { CronSchedule } from '../domain/cron.ts';
import type { OrgName } from '../domain/flow.ts';
import { loadDesiredOrg } from '../engine/load-desired.ts';
import type { ReportClockParts } from '../engine/notify/report-clock.ts';
import { reportNotices } from '../engine/notify/report-notices.ts';
import type { ToldReport } from '../engine/notify/report-notices.ts';
import { TimeLimits, withinTime } from '../engine/time-limits.ts';
import type { PinnedRevision } from '../ports/desired-source.ts';
import type { NewNotice } from '../ports/notice-store.ts';
import { setupOf } from './choose-orgs.ts';
import type { ByHandParts } from './flows-by-hand.ts';

/** What scheduled reports need of an installation. */
export interface ReportDesk extends Pick<ReportClockParts, 'clock' | 'chance' | 'log' | 'slots'> {
  /** When a commit wants the report of an org; undefined: its policy cannot be read. @throws git.*, desired.* */
  scheduleAt(
    pinned: PinnedRevision,
    org: OrgName,
    signal: AbortSignal,
  ): Promise<CronSchedule | undefined>;
  /** As one commit on the status branch. What is there of the same day is replaced. @throws git.* */
  publish(report: ToldReport, signal: AbortSignal): Promise<void>;
  /** For whoever wants to be told of it. @param slotAt epoch ms */
  noticesOf(report: ToldReport, slotAt: number): readonly NewNotice[];
}

export function makeReportDesk(config: Config, parts: ByHandParts): ReportDesk {
  const { shared, setups, loader, directory, deadlines } = parts;
  const { clock, chance, log, notices, ids } = shared;
  return {
    ...{ clock, chance, log, slots: notices },
    async scheduleAt(pinned, org, signal) {
      const { orgId } = setupOf(setups, org);
      const limits = new TimeLimits(clock, org, deadlines);
      const run = { org, orgId, directory, pinned, limits };
      const { policy, policyFaults } = await loadDesiredOrg(loader, run, signal);
      const { report } = policy;
      if (policyFaults.length > 0 || !report) return undefined;
      return { cron: report.schedule, timezone: report.timezone };
    },
    async publish(report, signal) {
      await withinTime(clock, { what: 'command', deadlines }, signal, (alive) =>
        shared.statusBranch.commit(() => Promise.resolve(commitOf(report)), alive),
      );
    },
    noticesOf(report, slotAt) {
      const { destinations, pageUrl } = config.notifications;
      const facts = { destinations, pageUrl, now: clock.now(), nextId: () => ids.next('notice') };
      return reportNotices(report, slotAt, facts);
    },
  };
}

function commitOf({ org, revision, differs, live, markdown, html, path }: ToldReport) {
  const summary = `drift report, ${String(differs)} of ${String(live)} flows differ`;
  return {
    subject: `flowkeeper(${org}): ${summary} [skip ci]`,
    trailers: [{ key: 'Flowkeeper-Source', value: revision }],
    files: new Map([
      [path, markdown],
      [path.replace(/\.md$/, '.html'), html],
    ]),
  };
}
