import type { Clock } from '../../ports/clock.ts';

export interface SourceRateLimits {
  /** Points a source may spend at once, and gets back each second. */
  readonly burst: number;
  readonly perSecond: number;
}

/** Sources remembered at most; the one that was quiet for longest is forgotten. */
const MAX_SOURCES = 1_000;

/** A budget of points for each address, so that nobody can make us check signatures all day. */
export interface SourceRate {
  /** @returns false when the source has spent too much already; nothing is spent then */
  spend(source: string, points: number): boolean;
}

export function makeSourceRate(
  clock: Pick<Clock, 'monotonicMs'>,
  { burst, perSecond }: SourceRateLimits,
): SourceRate {
  const left = new Map<string, { readonly points: number; readonly atMs: number }>();
  return {
    spend(source, points) {
      const atMs = clock.monotonicMs();
      const before = left.get(source);
      const regained = before ? ((atMs - before.atMs) / 1000) * perSecond : 0;
      const has = before ? Math.min(burst, before.points + regained) : burst;
      // what is spent may go below nothing once, and has to be earned back
      const isAllowed = has > 0;
      left.delete(source);
      left.set(source, { points: isAllowed ? has - points : has, atMs });
      const [oldest] = left.keys();
      if (left.size > MAX_SOURCES && oldest !== undefined) left.delete(oldest);
      return isAllowed;
    },
  };
}
