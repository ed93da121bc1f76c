import type { Deadlines } from '../../src/domain/deadlines.ts';
import { TimeLimits } from '../../src/engine/time-limits.ts';
import type { Clock } from '../../src/ports/clock.ts';

const MINUTE_MS = 60_000;

/** As a config has them that says nothing of it. */
export function someDeadlines(over: Partial<Deadlines> = {}): Deadlines {
  return {
    runMs: 30 * MINUTE_MS,
    sourceMs: 15 * MINUTE_MS,
    loadMs: 10 * MINUTE_MS,
    liveMs: 20 * MINUTE_MS,
    planMs: 5 * MINUTE_MS,
    lookUpMs: 5 * MINUTE_MS,
    reloadMs: 5 * MINUTE_MS,
    flowMs: 10 * MINUTE_MS,
    recordMs: 15 * MINUTE_MS,
    commandMs: 15 * MINUTE_MS,
    ...over,
  };
}

export function someLimits(clock: Clock, over: Partial<Deadlines> = {}): TimeLimits {
  return new TimeLimits(clock, 'acme-prod', someDeadlines(over));
}
