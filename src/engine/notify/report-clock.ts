import { lastStartAt, nextStartAt } from '../../domain/cron.ts';
import type { CronSchedule } from '../../domain/cron.ts';
import type { OrgName } from '../../domain/flow.ts';
import type { Chance } from '../../ports/chance.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { NewNotice, NoticeStore } from '../../ports/notice-store.ts';
import { backOffMs } from '../loop/backoff.ts';
import { pause } from '../loop/pause.ts';
import { reportedError } from '../reported-error.ts';

/** A commit may change the schedule. */
const LOOK_MS = 60_000;
const TROUBLE = { firstMs: 60_000, maxMs: 30 * 60_000 };

/** What is to be told of a report that was made and put on the status branch. */
export type ReportMade =
  | { readonly kind: 'made'; readonly notices: readonly NewNotice[] }
  | { readonly kind: 'failed'; readonly reason: string };

export interface ReportClockParts {
  readonly orgs: readonly OrgName[];
  readonly clock: Clock;
  readonly chance: Chance;
  readonly log: Log;
  readonly slots: Pick<NoticeStore, 'lastSlotAt' | 'endSlot'>;
  /** As git now says; the same object while that says the same. Undefined: it cannot be told now. */
  scheduleOf(org: OrgName, signal: AbortSignal): Promise<CronSchedule | undefined>;
  /** @param slotAt the time of the schedule that it is for, epoch ms */
  make(
    org: OrgName,
    slot: { readonly at: number; readonly timezone: string },
    signal: AbortSignal,
  ): Promise<ReportMade>;
  /** Something waits for delivery. */
  readonly onNotices: () => void;
}

/**
 * Has the report of each org made when its time comes, until `end` aborts. Of the times that passed while nobody was
 * there, the last is made up for, once; none is done twice, whatever dies in between. Never rejects.
 */
export async function keepReporting(parts: ReportClockParts, end: AbortSignal): Promise<void> {
  await Promise.all(parts.orgs.map((org) => keepOrg(parts, org, end)));
}

async function keepOrg(parts: ReportClockParts, org: OrgName, end: AbortSignal): Promise<void> {
  let failures = 0;
  do {
    try {
      const failure = await reportIfDue(parts, org, end);
      failures = failure === undefined ? 0 : failures + 1;
      if (failure !== undefined) tellTrouble(parts, org, failure, end);
    } catch (thrown) {
      failures += 1;
      tellTrouble(parts, org, reportedError(thrown).message, end);
    }
  } while (await pause(parts.clock, await waitMs(parts, org, failures, end), end));
}

function tellTrouble(
  { log }: ReportClockParts,
  org: OrgName,
  reason: string,
  end: AbortSignal,
): void {
  if (end.aborted) return;
  log.warn('the scheduled report could not be made; it is tried again', { org, reason });
}

/** @returns why it failed */
async function reportIfDue(
  parts: ReportClockParts,
  org: OrgName,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { slots, clock, log } = parts;
  const schedule = await parts.scheduleOf(org, signal);
  const at = schedule && lastStartAt(schedule, clock.now());
  if (at === undefined) return undefined;
  const doneAt = await slots.lastSlotAt(org);
  if (doneAt === undefined) {
    // times before anybody looked at this org are nobody's
    await slots.endSlot(org, at, []);
    return undefined;
  }
  if (at <= doneAt) return undefined;
  const made = await parts.make(org, { at, timezone: schedule?.timezone ?? 'UTC' }, signal);
  if (made.kind === 'failed') return made.reason;
  if (await slots.endSlot(org, at, made.notices)) {
    log.info('the scheduled report was made', { org, slot: new Date(at).toISOString() });
    if (made.notices.length > 0) parts.onNotices();
  }
  return undefined;
}

/** Until the next time, if that is soon. */
async function waitMs(
  parts: ReportClockParts,
  org: OrgName,
  failures: number,
  signal: AbortSignal,
): Promise<number> {
  if (failures > 0) return backOffMs(failures, TROUBLE, parts.chance);
  const now = parts.clock.now();
  const schedule = await parts.scheduleOf(org, signal).catch(() => undefined);
  const nextAt = (schedule && nextStartAt(schedule, now)) ?? Infinity;
  return Math.min(LOOK_MS, nextAt - now);
}
