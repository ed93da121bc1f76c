import type { FreezeOverride, FreezeWindow, Policy, StandingFreeze } from '../domain/policy.ts';
import { ALLOW } from '../domain/verdict.ts';
import type { GateVerdict } from '../domain/verdict.ts';
import { endOfHold, nextStart, standingTime } from './freeze-calendar.ts';

type FreezePolicy = Pick<Policy, 'freeze' | 'freezeOverrides'>;

/**
 * Defers everything while a freeze window stands, to the end of the last of those that overlap or touch.
 * A window holds from its first instant until right before its end, unless an override stands. Reverts pass
 * windows that allow them. What passes thanks to an override is told so.
 */
export function checkFreeze(
  policy: FreezePolicy,
  { isRevert, now }: { readonly isRevert: boolean; readonly now: number },
): GateVerdict {
  const standingAt = (at: number): readonly StandingFreeze[] =>
    standingFreezes(policy, at).filter(({ allowReverts }) => !isRevert || !allowReverts);
  const standing = standingAt(now);
  const holding = standing.filter(({ override }) => !override);
  if (holding.length === 0) return allowed(standing);

  const untilAt = endOfHold(now, (at) => lastEnd(standingAt(at)));
  const until =
    untilAt === undefined ? 'without an end in sight' : `until ${new Date(untilAt).toISOString()}`;
  return {
    kind: 'defer',
    gate: 'freeze',
    reason: `freeze window ${namesOf(holding)} ${until}`,
    ...(untilAt !== undefined && { untilAt }),
  };
}

/** The freeze windows that stand at an instant, in the order of the policy, those that hold nothing included. */
export function standingFreezes(policy: FreezePolicy, at: number): readonly StandingFreeze[] {
  return policy.freeze.flatMap((window): StandingFreeze[] => {
    const time = standingTime(window, at);
    if (!time) return [];
    const { name, allowReverts } = window;
    const override = overrideOf(window, policy.freezeOverrides, at);
    return [{ name, ...time, allowReverts, ...(override && { override }) }];
  });
}

/** A freeze window that has not begun. */
export interface ComingFreeze {
  readonly name: string;
  /** Epoch ms. */
  readonly startsAt: number;
}

/** The window that begins next after `at`; undefined when none ever does. */
export function nextFreeze(
  { freeze }: Pick<Policy, 'freeze'>,
  at: number,
): ComingFreeze | undefined {
  const coming = freeze.flatMap((window): ComingFreeze[] => {
    const startsAt = nextStart(window, at);
    return startsAt === undefined ? [] : [{ name: window.name, startsAt }];
  });
  return coming.toSorted((a, b) => a.startsAt - b.startsAt)[0];
}

/** Of several the one that holds longest. */
function overrideOf(
  { name }: FreezeWindow,
  overrides: readonly FreezeOverride[],
  at: number,
): FreezeOverride | undefined {
  return overrides
    .filter(({ windows, untilAt }) => at < untilAt && (windows?.includes(name) ?? true))
    .reduce<FreezeOverride | undefined>(
      (longest, next) => (longest && longest.untilAt >= next.untilAt ? longest : next),
      undefined,
    );
}

function allowed(overridden: readonly StandingFreeze[]): GateVerdict {
  const names = new Set(overridden.flatMap(({ override }) => override?.name ?? []));
  return names.size === 0 ? ALLOW : { kind: 'allow', freezeOverride: [...names].join(', ') };
}

function lastEnd(standing: readonly StandingFreeze[]): number | undefined {
  const ends = standing.flatMap(({ override, endsAt }) => (override ? [] : [endsAt]));
  return ends.length === 0 ? undefined : Math.max(...ends);
}

/** `"year end"`, `"year end" and "weekend"` */
function namesOf(standing: readonly StandingFreeze[]): string {
  return [...new Set(standing.map(({ name }) => `"${name}"`))].join(' and ');
}
