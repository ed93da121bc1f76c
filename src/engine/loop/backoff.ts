import type { Chance } from '../../ports/chance.ts';

/** Share by which a wait is made shorter or longer, so that many do not come at once. */
const JITTER = 0.1;

/** `ms`, give or take a tenth. */
export function withJitter(ms: number, chance: Chance): number {
  return ms * (1 - JITTER + 2 * JITTER * chance());
}

/**
 * How long to wait after so many failures in a row: the first time `firstMs`, then twice as long each time, at
 * most `maxMs`, give or take a tenth.
 */
export function backOffMs(
  failures: number,
  limits: { readonly firstMs: number; readonly maxMs: number },
  chance: Chance,
): number {
  // beyond 2^30 it is the limit anyway
  const doublings = Math.min(Math.max(0, failures - 1), 30);
  return withJitter(Math.min(limits.maxMs, limits.firstMs * 2 ** doublings), chance);
}
