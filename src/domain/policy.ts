import type { Mode } from './flow.ts';

/** `policy.yaml` of one org with every default filled in; durations in milliseconds. */
export interface Policy {
  readonly mode: Mode;
  readonly intervalMs: number;
  readonly rate: RatePolicy;
  readonly massChange: MassChangeLimits;
  readonly freeze: readonly FreezeWindow[];
  readonly freezeOverrides: readonly FreezeOverride[];
  readonly apply: ApplyPolicy;
  readonly fight: FightPolicy;
  readonly report?: { readonly schedule: string; readonly timezone: string };
}

export interface RatePolicy {
  /** Shortest time between two updates of one flow. */
  readonly perFlowMs: number;
  readonly updatesPerMinute: number;
  readonly requestsPerMinute: number;
}

export interface MassChangeLimits {
  /** Flows that one run may write. */
  readonly maxFlows: number;
  /** Share of the live flows that one run may write, 0..1. */
  readonly maxShare: number;
  /** Below this many live flows the share says nothing. */
  readonly minFlows: number;
}

/** A time in which nothing is written: from/until, or a cron start with a duration. */
export type FreezeWindow = {
  readonly name: string;
  readonly allowReverts: boolean;
} & (
  | { readonly kind: 'span'; readonly fromAt: number; readonly untilAt: number }
  | {
      readonly kind: 'cron';
      readonly cron: string;
      readonly durationMs: number;
      readonly timezone: string;
    }
);

/** For a while some freeze windows, or all, do not hold. Its name is in the audit record of every flow written under it. */
export interface FreezeOverride {
  readonly name: string;
  /** Names of freeze windows; undefined: all of them. */
  readonly windows?: readonly string[];
  /** Epoch ms from which it no longer holds. */
  readonly untilAt: number;
  readonly reason: string;
  readonly by: string;
}

/** A freeze window that stands at some instant, whether it holds anything or not. */
export interface StandingFreeze {
  readonly name: string;
  /** Epoch ms. */
  readonly startedAt: number;
  /** Epoch ms; its own end, whatever begins until then. */
  readonly endsAt: number;
  readonly allowReverts: boolean;
  /** While it is overridden it holds nothing. */
  readonly override?: FreezeOverride;
}

export interface ApplyPolicy {
  /** Flows written at once. */
  readonly concurrency: number;
  readonly conflictRetries: number;
  readonly verifyTimeoutMs: number;
  readonly onReloadFailure: 'keep' | 'rollback';
  /** A revert to settings that were applied before need not wait for `rate.perFlow`. */
  readonly revertsSkipPerFlowRate: boolean;
  /** No flow is written before its snapshot is on the status branch. */
  readonly pushSnapshotsFirst: boolean;
}

/** When drift counts as a fight with somebody else. */
export interface FightPolicy {
  /** So often drift of one flow is corrected within `withinMs`; at least 1. */
  readonly corrections: number;
  /** A correction counts so long; and so long a flow has to stay in sync for the fight to be over. */
  readonly withinMs: number;
  /** The first pause until drift is corrected once, to see. Each further pause is twice as long, up to a limit. */
  readonly probeAfterMs: number;
}
