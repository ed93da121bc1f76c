/**
 * The generic cell rate algorithm: one number, the theoretical arrival time (tat), holds the whole state
 * of a budget. Any time span W sees at most `burst + W / intervalMs` admissions.
 */
export interface GcraLimit {
  /** Milliseconds after which one more is admitted. */
  readonly intervalMs: number;
  /** Admitted at once after a rest; at least 1. */
  readonly burst: number;
}

/** `waitMs` 0: admitted; otherwise to be asked again then. `tat` is to be kept in both cases. */
export interface GcraVerdict {
  readonly waitMs: number;
  readonly tat: number;
}

/**
 * Judges one admission at `now` (epoch ms) against the kept `tat` (0: none yet).
 *
 * @param left so many of the burst are left for others; less than `burst`
 */
export function nextGcra(
  tat: number,
  now: number,
  { intervalMs, burst }: GcraLimit,
  left = 0,
): GcraVerdict {
  // a tat beyond this comes from a clock that was set back: nobody is to wait for the old time
  const believable = Math.min(tat, now + burst * intervalMs);
  const earliestAt = believable - (burst - left - 1) * intervalMs;
  if (now < earliestAt) return { waitMs: earliestAt - now, tat: believable };
  return { waitMs: 0, tat: Math.max(believable, now) + intervalMs };
}
