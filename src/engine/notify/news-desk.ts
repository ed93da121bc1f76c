import type { OrgName, Revision } from '../../domain/flow.ts';
import type { NewNotice } from '../../ports/notice-store.ts';
import { reportedError } from '../reported-error.ts';
import type { OrgRunReport } from '../run-report.ts';
import { chooseNews } from './choose-news.ts';
import { tellCommit } from './commit-status.ts';
import type { NewsParts } from './news-parts.ts';
import { asJson, changesNotifications } from './notice-body.ts';

export interface NewsDeskParts extends NewsParts {
  /** Something waits for delivery. */
  readonly onNotices: () => void;
}

/**
 * Writes down what is to be told after a run; delivers nothing, and never rejects: that something could not be
 * written down is told in the log, and is news still for the next run.
 */
export interface NewsDesk {
  runStarted(org: OrgName, revision: Revision): Promise<void>;
  runEnded(report: OrgRunReport): Promise<void>;
}

export function makeNewsDesk(parts: NewsDeskParts): NewsDesk {
  const { ports, onNotices } = parts;
  const quietly = async (org: OrgName, work: () => Promise<boolean>): Promise<void> => {
    try {
      if (await work()) onNotices();
    } catch (thrown) {
      const { code, message } = reportedError(thrown);
      ports.log.error('what is to be told could not be written down; the next run tries again', {
        ...{ org, code, reason: message },
      });
    }
  };
  return {
    runStarted: (org, revision) => quietly(org, () => tellCommit(parts, { org, revision })),
    runEnded: (report) =>
      quietly(report.org, async () => {
        const told = await tellNews(parts, report);
        const { org, revision } = report;
        return (await tellCommit(parts, { org, revision, report })) || told;
      }),
  };
}

/** @returns true when there is something to deliver */
async function tellNews(
  { ports, destinations, pageUrl }: NewsDeskParts,
  { org, runId, revision }: OrgRunReport,
): Promise<boolean> {
  const { notices, clock, ids } = ports;
  const news = await notices.news(org);
  if (news.flows.length + news.gone.length === 0 && !news.orgNews) return false;
  const now = clock.now();
  const nextId = (): string => ids.next('notice');
  const chosen = destinations.map((to) => ({ to, ...chooseNews(news, to, now) }));
  const all = chosen.flatMap(({ to, ...one }): NewNotice[] =>
    changesNotifications(one, { org, runId, revision, now, pageUrl, nextId }).map(
      (notification) => ({
        noticeId: notification.id,
        destination: to.name,
        org,
        body: asJson({ notification }),
        createdAt: now,
      }),
    ),
  );
  const isTold = await notices.tell(news, {
    notices: all,
    raised: chosen.flatMap(({ raised }) => raised),
    cleared: chosen.flatMap(({ cleared }) => cleared),
  });
  return isTold && all.length > 0;
}
