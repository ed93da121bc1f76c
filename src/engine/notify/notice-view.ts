import type { Notification, NotifiedFlow, NotifiedOrg } from '../../domain/destination.ts';
import type { JsonObject } from '../../domain/json.ts';
import { withoutUndefined } from '../../domain/without-undefined.ts';
import { showText, showValue } from '../../plan/show-value.ts';
import type { NoticeBody } from './notice-body.ts';

/** Who reads a chat or a mail sees so many flows, fields of each, and lines of a report. */
const MAX_FLOWS = 20;
const MAX_FIELDS = 5;
const MAX_LINES = 60;
const MAX_VALUE = 60;

/**
 * The names that a template can use (docs/notifications.md lists them); every text on one line and without invisible
 * characters. A flag is there only when it is true.
 */
export function noticeView({ notification, lines = [] }: NoticeBody): JsonObject {
  if (!notification) return {};
  const { org, severity, summary, type, timestamp, runId, revision, link } = notification;
  const { orgChange, report } = notification;
  const flows = notification.flows.slice(0, MAX_FLOWS).map(flowView);
  const more = notification.flows.length - flows.length;
  return shown({
    ...{ org, severity, summary, type, timestamp, runId, link },
    revision: revision?.slice(0, 12),
    [`is${capital(type)}`]: true,
    [`is${capital(severity)}`]: true,
    isOver: isOver(notification) || undefined,
    orgChange: orgChange && orgView(orgChange),
    flows,
    flowCount: notification.flows.length,
    more: more > 0 ? more : undefined,
    report: report && {
      drifted: report.drifted,
      scheduledAt: report.scheduledAt,
      path: report.path,
      lines: lines.slice(0, MAX_LINES),
      moreLines: lines.length > MAX_LINES ? lines.length - MAX_LINES : undefined,
    },
  });
}

/** Everything it tells of is over. */
function isOver({ type, orgChange, flows }: Notification): boolean {
  if (type !== 'changes') return false;
  return [...(orgChange ? [orgChange] : []), ...flows].every(
    ({ event }) => event !== 'state-changed',
  );
}

function flowView(flow: NotifiedFlow): JsonObject {
  const { differences, name, flowId, event, ...rest } = flow;
  const fields = differences.slice(0, MAX_FIELDS).map(({ path, live, desired, cause }) => ({
    ...{ path, cause },
    live: showValue(live, MAX_VALUE),
    desired: showValue(desired, MAX_VALUE),
  }));
  const moreFields = differences.length - fields.length;
  return withoutUndefined({
    ...rest,
    flowId,
    event,
    name: name ?? flowId,
    [`is${capital(event)}`]: true,
    differences: fields,
    moreFields: moreFields > 0 ? moreFields : undefined,
  });
}

function orgView(org: NotifiedOrg): JsonObject {
  return { ...org, [`is${capital(org.event)}`]: true };
}

/** `state-changed` → `StateChanged` */
function capital(word: string): string {
  return word.replaceAll(/(?:^|-)([a-z])/g, (_all, letter: string) => letter.toUpperCase());
}

/** Without what is undefined, and with every text safe to show. */
function shown(map: object): JsonObject {
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return showText(value);
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, item]) =>
        item === undefined ? [] : [[key, walk(item)]],
      ),
    );
  };
  return walk(map) as JsonObject;
}
