import { isWritable } from '../domain/plan.ts';
import type { ChangeKind, Plan } from '../domain/plan.ts';
import type { Policy } from '../domain/policy.ts';

/** Flows, unless it says otherwise. */
export interface PlanCounts {
  /** In the org, managed or not. */
  readonly live: number;
  readonly inSync: number;
  readonly drifted: number;
  /** Of the drifted ones, by why they would be written. */
  readonly revert: number;
  readonly desired: number;
  readonly drift: number;
  /** Drifted ones that a run may write, as far as modes and suspensions decide. */
  readonly writable: number;
  /** Drifted ones that are only told of: their own mode or the org's is `report`. */
  readonly reportOnly: number;
  /** Drifted ones that are suspended. */
  readonly suspended: number;
  /** Fields that differ, in all drifted flows. */
  readonly fields: number;
  /** In git and in the org, and could not be read; absent where all could. */
  readonly unread?: number;
  readonly missing: number;
  readonly unmanaged: number;
  /** Files. */
  readonly invalid: number;
}

export function countPlan(plan: Plan, policy: Pick<Policy, 'mode'>): PlanCounts {
  const { changes } = plan;
  const ofKind = (kind: ChangeKind): number =>
    changes.filter((change) => change.kind === kind).length;
  const enforced = policy.mode === 'enforce';
  return {
    live: plan.liveCount,
    inSync: plan.settled.length,
    drifted: changes.length,
    revert: ofKind('revert'),
    desired: ofKind('desired'),
    drift: ofKind('drift'),
    writable: enforced ? changes.filter(isWritable).length : 0,
    reportOnly: changes.filter(({ mode }) => !enforced || mode === 'report').length,
    suspended: changes.filter(({ suspended }) => suspended !== undefined).length,
    fields: changes.reduce((sum, { fields }) => sum + fields.length, 0),
    ...(plan.unread && plan.unread.length > 0 && { unread: plan.unread.length }),
    missing: plan.missing.length,
    unmanaged: plan.unmanaged.length,
    invalid: plan.invalid.length,
  };
}
