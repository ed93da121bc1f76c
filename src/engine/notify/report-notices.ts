import type { Destination, Notification } from '../../domain/destination.ts';
import type { OrgName, Revision } from '../../domain/flow.ts';
import { withoutUndefined } from '../../domain/without-undefined.ts';
import type { NewNotice } from '../../ports/notice-store.ts';
import { asJson, envelope } from './notice-body.ts';

/** A drift report as it is told. */
export interface ToldReport {
  readonly org: OrgName;
  readonly revision: Revision;
  /** Flows that are not as git says: drifted, missing, invalid. */
  readonly differs: number;
  readonly live: number;
  readonly markdown: string;
  readonly html: string;
  /** In plain words. */
  readonly lines: readonly string[];
  /** On the status branch. */
  readonly path: string;
}

const MAX_MARKDOWN = 100_000;
/** More is no mail any more; the status branch has it. */
const MAX_HTML = 2_000_000;

/** For who wants reports when something differs, and for who wants to hear that nothing does. */
export function reportNotices(
  report: ToldReport,
  slotAt: number,
  facts: {
    readonly destinations: readonly Destination[];
    /** Epoch ms. */
    readonly now: number;
    readonly pageUrl: string | undefined;
    readonly nextId: () => string;
  },
): NewNotice[] {
  const { org, differs, html, lines } = report;
  return facts.destinations
    .filter(({ tell, orgs }) => {
      if (orgs && !orgs.includes(org)) return false;
      return tell.includes('heartbeat') || (differs > 0 && tell.includes('reports'));
    })
    .map(({ name, channel }) => {
      const id = facts.nextId();
      const notification = notificationOf(report, slotAt, { ...facts, id });
      const isMailed = channel.kind === 'email' && html.length <= MAX_HTML;
      const body = asJson({ notification, lines, ...(isMailed && { html }) });
      return { noticeId: id, destination: name, org, body, createdAt: facts.now };
    });
}

function notificationOf(
  { org, revision, differs, live, markdown, path }: ToldReport,
  slotAt: number,
  facts: { readonly id: string; readonly now: number; readonly pageUrl: string | undefined },
): Notification {
  return withoutUndefined({
    ...envelope(org, facts.id, facts),
    type: 'report' as const,
    severity: differs > 0 ? ('warning' as const) : ('info' as const),
    summary:
      differs > 0
        ? `drift report: ${String(differs)} of ${String(live)} flows differ`
        : `no drift: ${String(live)} flows are as git says`,
    revision,
    flows: [],
    report: {
      scheduledAt: new Date(slotAt).toISOString(),
      drifted: differs,
      path,
      markdown: markdown.slice(0, MAX_MARKDOWN),
    },
  });
}
