import type { FreezeWindow } from '../domain/policy.ts';
import { ALLOW } from '../domain/verdict.ts';
import type { GateVerdict } from '../domain/verdict.ts';
import { endOfHold, standingTime } from './freeze-calendar.ts';

/**
 * Defers everything while a freeze window stands, to the end of the last of those that overlap or touch.
 * A window holds from its first instant until right before its end. Reverts pass windows that allow them.
 */
export function checkFreeze(
  windows: readonly FreezeWindow[],
  { isRevert, now }: { readonly isRevert: boolean; readonly now: number },
): GateVerdict {
  const holding = windows.filter((window) => !isRevert || !window.allowReverts);
  const current = holding.filter((window) => standingTime(window, now));
  if (current.length === 0) return ALLOW;
  const untilAt = endOfHold(now, (at) => lastEnd(holding, at));
  const until =
    untilAt === undefined ? 'without an end in sight' : `until ${new Date(untilAt).toISOString()}`;
  return {
    kind: 'defer',
    gate: 'freeze',
    reason: `freeze window ${namesOf(current)} ${until}`,
    ...(untilAt !== undefined && { untilAt }),
  };
}

function lastEnd(windows: readonly FreezeWindow[], at: number): number | undefined {
  const ends = windows.flatMap((window) => standingTime(window, at)?.endsAt ?? []);
  return ends.length === 0 ? undefined : Math.max(...ends);
}

/** `"year end"`, `"year end" and "weekend"` */
function namesOf(windows: readonly FreezeWindow[]): string {
  return [...new Set(windows.map(({ name }) => `"${name}"`))].join(' and ');
}
