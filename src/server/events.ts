import type { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { MiddlewareHandler } from 'hono';
import { makeBell } from '../engine/loop/bell.ts';
import type { Bell } from '../engine/loop/bell.ts';
import type { Clock } from '../ports/clock.ts';

/** Pages that listen at once. */
const MAX_LISTENERS = 200;
/** A line now and then keeps proxies from hanging up. */
const HEARTBEAT_MS = 15_000;
/** A page hears of many changes at once at most this often. */
const QUIET_MS = 500;

/** Tells open pages that something changed. */
export interface Events {
  changed(): void;
}

/** `GET /events`: server-sent events `changed`, without data: a page then reads again what it shows. */
export function addEvents(
  app: Hono,
  { clock, read }: { readonly clock: Clock; readonly read: MiddlewareHandler },
): Events {
  const listeners = new Set<Bell>();
  let count = 0;
  app.get('/events', read, (c) => {
    if (listeners.size >= MAX_LISTENERS) return c.json({ error: 'too many listen' }, 503);
    return streamSSE(c, async (stream) => {
      const gone = new AbortController();
      stream.onAbort(() => {
        gone.abort();
      });
      const bell = makeBell(clock);
      listeners.add(bell);
      try {
        for (let seen = count; !gone.signal.aborted;) {
          await bell.wait(HEARTBEAT_MS, gone.signal);
          await stream.writeSSE({ event: seen === count ? 'alive' : 'changed', data: '' });
          seen = count;
          await clock.sleep(QUIET_MS, gone.signal).catch(() => undefined);
        }
      } finally {
        listeners.delete(bell);
      }
    });
  });
  return {
    changed() {
      count += 1;
      for (const bell of listeners) bell.ring();
    },
  };
}
