import type { Destination } from '../../domain/destination.ts';
import type { Redactor } from '../../domain/redact.ts';
import type { Chance } from '../../ports/chance.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { ClaimedNotice, NoticeStore } from '../../ports/notice-store.ts';
import type { Delivery, Transports } from '../../ports/transports.ts';
import { backOffMs } from '../loop/backoff.ts';
import { makeBell } from '../loop/bell.ts';
import type { Bell } from '../loop/bell.ts';
import { pause } from '../loop/pause.ts';
import { reportedError } from '../reported-error.ts';
import { deliver } from './deliver.ts';

/** Between tries of one notice. */
const AGAIN = { firstMs: 5_000, maxMs: 15 * 60_000 };
/** A receiver may not put us off for longer. */
const MAX_RETRY_AFTER_MS = 60 * 60_000;
/** Longer than any delivery can take: then whoever claimed a notice has died. */
const CLAIM_MS = 3 * 60_000;
/** One try takes no longer, whatever the transport does. */
const TRY_MS = 2 * 60_000;
/** Notices of different orgs that one destination is brought at once. */
const AT_ONCE = 4;
/** How often is looked for what other processes left. */
const LOOK_MS = 30_000;

export type DeliveryResult = 'delivered' | 'failed' | 'dead';

export interface CourierParts {
  readonly notices: NoticeStore;
  readonly transports: Transports;
  readonly destinations: readonly Destination[];
  readonly clock: Clock;
  readonly chance: Chance;
  readonly log: Log;
  readonly redact: Redactor;
  readonly giveUpAfterMs: number;
  /** Counts; must not throw. */
  readonly onTried?: (destination: string, result: DeliveryResult) => void;
}

/** Brings what waits to where it is to go: at least once, in order for each destination and org. */
export interface Courier {
  /** Something waits now. */
  ring(): void;
  /** Works until `end` aborts, each destination for itself, so that none waits for another. Never rejects. */
  work(end: AbortSignal): Promise<void>;
  /** Brings what is due, and ends when nothing is, or after `ms`; what is left waits for the next process. Never rejects. */
  drain(ms: number, signal: AbortSignal): Promise<void>;
}

export function makeCourier(parts: CourierParts): Courier {
  const { destinations, clock } = parts;
  const bells = new Map(destinations.map(({ name }) => [name, makeBell(clock)]));
  return {
    ring() {
      for (const bell of bells.values()) bell.ring();
    },
    async work(end) {
      await abandonOthers(parts);
      await Promise.all(
        destinations.map((to) => workFor(parts, to, bells.get(to.name) ?? makeBell(clock), end)),
      );
    },
    async drain(ms, signal) {
      const over = new AbortController();
      void pause(clock, ms, AbortSignal.any([signal, over.signal])).then(() => {
        over.abort();
      });
      const end = AbortSignal.any([signal, over.signal]);
      await Promise.all(destinations.map((to) => drainFor(parts, to, end)));
      over.abort();
    },
  };
}

/** What a config no longer names nobody will ever bring anywhere; that is told, and no longer waited for. */
async function abandonOthers({ notices, destinations, clock, log }: CourierParts): Promise<void> {
  try {
    for (const { destination, waiting } of await notices.counts()) {
      if (waiting === 0 || destinations.some(({ name }) => name === destination)) continue;
      const trouble = 'the config has no such destination any more';
      const count = await notices.abandon(destination, { at: clock.now(), trouble });
      log.warn('notifications are given up', { destination, count, reason: trouble });
    }
  } catch (thrown) {
    const { code, message } = reportedError(thrown);
    log.error('notifications could not be read', { code, reason: message });
  }
}

async function workFor(
  parts: CourierParts,
  to: Destination,
  bell: Bell,
  end: AbortSignal,
): Promise<void> {
  while (!end.aborted) {
    const waitMs = await quietly(parts, to, async () => {
      if ((await bringDue(parts, to, end)) > 0) return 0;
      const dueAt = await parts.notices.nextDueAt(to.name);
      return dueAt === undefined ? LOOK_MS : Math.min(LOOK_MS, dueAt - parts.clock.now());
    });
    if (waitMs > 0) await bell.wait(waitMs, end);
  }
}

async function drainFor(parts: CourierParts, to: Destination, end: AbortSignal): Promise<void> {
  await quietly(parts, to, async () => {
    while (!end.aborted && (await bringDue(parts, to, end)) > 0);
    return 0;
  });
}

/** @returns what the work says, or how long to wait after trouble with what we keep ourselves */
async function quietly(
  { log }: CourierParts,
  to: Destination,
  work: () => Promise<number>,
): Promise<number> {
  try {
    return await work();
  } catch (thrown) {
    const { code, message } = reportedError(thrown);
    log.error('notifications could not be read or marked; it is tried again', {
      ...{ destination: to.name, code, reason: message },
    });
    return LOOK_MS;
  }
}

/** @returns how many were tried */
async function bringDue(
  parts: CourierParts,
  to: Destination,
  signal: AbortSignal,
): Promise<number> {
  if (signal.aborted) return 0;
  const limits = { now: parts.clock.now(), claimMs: CLAIM_MS, count: AT_ONCE };
  const claimed = await parts.notices.claim(to.name, limits);
  await Promise.all(claimed.map((notice) => bringOne(parts, to, notice, signal)));
  return claimed.length;
}

async function bringOne(
  parts: CourierParts,
  to: Destination,
  notice: ClaimedNotice,
  signal: AbortSignal,
): Promise<void> {
  const { notices, clock, log, onTried } = parts;
  const { noticeId } = notice;
  const about = { destination: to.name, noticeId, org: notice.org };
  const result = await tryOnce(parts, to, notice, signal);
  if (result.kind === 'delivered') {
    await notices.delivered(noticeId);
    onTried?.(to.name, 'delivered');
    log.info('notified', about);
    return;
  }
  const now = clock.now();
  const trouble = parts.redact(result.reason);
  if (signal.aborted) {
    // we are to end: that says nothing about the receiver
    await notices.postponed(noticeId, { dueAt: now, trouble });
    return;
  }
  const waitMs = Math.max(
    backOffMs(notice.attempts + 1, AGAIN, parts.chance),
    Math.min(result.retryAfterMs ?? 0, MAX_RETRY_AFTER_MS),
  );
  if (result.isFinal || now + waitMs > notice.createdAt + parts.giveUpAfterMs) {
    await notices.gaveUp(noticeId, { at: now, trouble });
    onTried?.(to.name, 'dead');
    log.error('a notification is given up', { ...about, reason: trouble });
    return;
  }
  await notices.postponed(noticeId, { dueAt: now + waitMs, trouble });
  onTried?.(to.name, 'failed');
  log.warn('a notification could not be delivered yet', { ...about, reason: trouble, waitMs });
}

async function tryOnce(
  { clock, ...parts }: CourierParts,
  to: Destination,
  notice: ClaimedNotice,
  signal: AbortSignal,
): Promise<Delivery> {
  const over = new AbortController();
  const dismiss = clock.alarm(TRY_MS, () => {
    over.abort();
  });
  try {
    return await deliver(parts, to, notice, AbortSignal.any([signal, over.signal]));
  } catch (thrown) {
    if (signal.aborted) return { kind: 'failed', reason: 'cut short by the end', isFinal: false };
    const reason = over.signal.aborted ? 'no answer in time' : reportedError(thrown).message;
    return { kind: 'failed', reason, isFinal: false };
  } finally {
    dismiss();
  }
}
