import { lastStartAt, nextStartAt } from '../domain/cron.ts';
import type { FreezeWindow } from '../domain/policy.ts';

/** One time of a freeze window: from its first instant until right before its end. Epoch ms. */
export interface FreezeTime {
  readonly startedAt: number;
  readonly endsAt: number;
}

/** Nobody waits for an end that is further away, in time or in windows that follow each other. */
const MAX_HOLD_MS = 366 * 86_400_000;
const MAX_LINKS = 400;

/** The time of a window that stands at `at`, of several the last; undefined when it does not stand. */
export function standingTime(window: FreezeWindow, at: number): FreezeTime | undefined {
  const time = lastTime(window, at);
  return time && time.startedAt <= at && at < time.endsAt ? time : undefined;
}

/** Times of one cron window are equally long, so the last to begin is the last to end. */
function lastTime(window: FreezeWindow, at: number): FreezeTime | undefined {
  if (window.kind === 'span') return { startedAt: window.fromAt, endsAt: window.untilAt };
  const startedAt = lastStartAt(window, at);
  return startedAt === undefined ? undefined : { startedAt, endsAt: startedAt + window.durationMs };
}

/** The first instant after `at` at which the window begins; undefined when it never does. */
export function nextStart(window: FreezeWindow, at: number): number | undefined {
  if (window.kind === 'cron') return nextStartAt(window, at);
  return window.fromAt > at ? window.fromAt : undefined;
}

/**
 * The first instant from `at` on at which nothing holds; `at` itself where nothing does. Undefined where windows
 * follow each other without a gap for longer than anybody would wait.
 *
 * @param holds the end of what holds at an instant, of several the last; undefined when nothing does
 */
export function endOfHold(
  at: number,
  holds: (at: number) => number | undefined,
): number | undefined {
  let end = at;
  for (let link = 0; link <= MAX_LINKS; link += 1) {
    const next = holds(end);
    if (next === undefined) return end;
    if (end > at + MAX_HOLD_MS) return undefined;
    end = next;
  }
  return undefined;
}
