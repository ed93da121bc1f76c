import { worstSeverity } from '../../domain/destination.ts';
import type { Notification, NotifiedFlow } from '../../domain/destination.ts';
import type { OrgName, Revision } from '../../domain/flow.ts';
import type { JsonObject } from '../../domain/json.ts';
import { withoutUndefined } from '../../domain/without-undefined.ts';
import type { ClaimedNotice } from '../../ports/notice-store.ts';
import type { CommitMessage } from '../../ports/transports.ts';
import type { ChosenNews } from './choose-news.ts';

/** What is kept of a notice until it is delivered; words are found only then, by the templates of that time. */
export interface NoticeBody {
  readonly notification?: Notification;
  /** A report in plain lines, for who reads no Markdown. */
  readonly lines?: readonly string[];
  /** A report that goes with a mail. */
  readonly html?: string;
  readonly commit?: CommitMessage;
}

/** One notification has at most so many flows: more come as several. */
const MAX_FLOWS = 200;

interface ChangesFacts {
  readonly org: OrgName;
  readonly runId: string;
  readonly revision: Revision;
  /** Epoch ms. */
  readonly now: number;
  readonly pageUrl: string | undefined;
  readonly nextId: () => string;
}

/** What a destination is told of one run; none when it wants to know nothing of it. */
export function changesNotifications(
  { orgChange, flows }: ChosenNews,
  facts: ChangesFacts,
): Notification[] {
  const parts: (readonly NotifiedFlow[])[] = [];
  for (let i = 0; i < flows.length; i += MAX_FLOWS) parts.push(flows.slice(i, i + MAX_FLOWS));
  if (parts.length === 0 && orgChange) parts.push([]);
  return parts.map((part, i) => {
    const org = i === 0 ? orgChange : undefined;
    const severities = [...(org ? [org.severity] : []), ...part.map(({ severity }) => severity)];
    return withoutUndefined({
      ...envelope(facts.org, facts.nextId(), facts),
      type: 'changes' as const,
      severity: worstSeverity(severities),
      summary: summaryOf(org, part),
      runId: facts.runId,
      revision: facts.revision,
      orgChange: org,
      flows: part.map((flow) => withLink(flow, facts)),
    });
  });
}

/** The keys that every notification has. */
export function envelope(
  org: OrgName,
  id: string,
  { now, pageUrl }: { readonly now: number; readonly pageUrl: string | undefined },
): Pick<Notification, 'apiVersion' | 'kind' | 'id' | 'timestamp' | 'org' | 'link'> {
  return withoutUndefined({
    apiVersion: 'flowkeeper/v1' as const,
    kind: 'Notification' as const,
    id,
    timestamp: new Date(now).toISOString(),
    org,
    link: orgLink(pageUrl, org),
  });
}

/** Of an org on the status page. */
export function orgLink(pageUrl: string | undefined, org: OrgName): string | undefined {
  return pageUrl === undefined ? undefined : `${pageUrl}/orgs/${org}`;
}

function withLink(flow: NotifiedFlow, { pageUrl, org }: ChangesFacts): NotifiedFlow {
  const base = orgLink(pageUrl, org);
  if (base === undefined || flow.event === 'removed') return flow;
  return { ...flow, link: `${base}/flows/${flow.flowId}` };
}

/** `the org is Held, 2 Failed, 1 recovered` */
function summaryOf(org: ChosenNews['orgChange'], flows: readonly NotifiedFlow[]): string {
  const counts = new Map<string, number>();
  for (const { event, state } of flows) {
    const word = event === 'state-changed' ? state : event;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const told = [...counts].map(([word, count]) => `${String(count)} ${word}`);
  return [...(org ? [`the org is ${org.state}`] : []), ...told].join(', ');
}

/** As it is kept. */
export function asJson(body: NoticeBody): JsonObject {
  return body as unknown as JsonObject;
}

export function bodyOf({ body }: Pick<ClaimedNotice, 'body'>): NoticeBody {
  return body;
}
