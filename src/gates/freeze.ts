import type { FreezeWindow } from '../domain/policy.ts';
import { ALLOW } from '../domain/verdict.ts';
import type { GateVerdict } from '../domain/verdict.ts';

type SpanWindow = Extract<FreezeWindow, { kind: 'span' }>;

/**
 * Defers everything while a freeze window stands, to the end of the last of those that overlap or touch.
 * A window holds from `fromAt` until right before `untilAt`. Reverts pass windows that allow them.
 *
 * Windows written as cron are not judged yet; not knowing whether one stands, nothing passes it.
 */
export function checkFreeze(
  windows: readonly FreezeWindow[],
  { isRevert, now }: { readonly isRevert: boolean; readonly now: number },
): GateVerdict {
  const holding = windows.filter((window) => !isRevert || !window.allowReverts);
  const unknown = holding.find((window) => window.kind === 'cron');
  if (unknown) return denyUnknown(unknown.name);
  const spans = holding.filter((window) => window.kind === 'span');
  const current = spans.find((window) => stands(window, now));
  if (!current) return ALLOW;
  const untilAt = endOf(spans, now);
  const reason = `freeze window "${current.name}" until ${new Date(untilAt).toISOString()}`;
  return { kind: 'defer', gate: 'freeze', reason, untilAt };
}

function stands({ fromAt, untilAt }: SpanWindow, at: number): boolean {
  return fromAt <= at && at < untilAt;
}

/** The first instant from `at` on at which no window stands. */
function endOf(windows: readonly SpanWindow[], at: number): number {
  const ends = windows.filter((window) => stands(window, at)).map(({ untilAt }) => untilAt);
  return ends.length === 0 ? at : endOf(windows, Math.max(...ends));
}

function denyUnknown(name: string): GateVerdict {
  return {
    kind: 'deny',
    gate: 'freeze',
    reason: `freeze window "${name}" is written as cron, which cannot be judged yet: nothing passes it`,
    goOn: `write the window "${name}" with \`from\` and \`until\` in policy.yaml`,
  };
}
