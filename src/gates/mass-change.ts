import { isWritable } from '../domain/plan.ts';
import type { Plan } from '../domain/plan.ts';
import type { MassChangeLimits } from '../domain/policy.ts';
import { ALLOW } from '../domain/verdict.ts';
import type { GateVerdict } from '../domain/verdict.ts';

/**
 * Denies a plan that would write an unusually large part of the org: the signature of a bad merge, seldom
 * of a real intention. A person who looked at the plan approves it by its digest, which any changed
 * input voids.
 *
 * Only flows that would be written count: those in mode `report` and suspended ones do not. Whether the org
 * as a whole is in mode `report` is for the caller to ask first. A count or share equal to its limit is allowed. Pure.
 *
 * @param approvedDigest of the plan that a person approved, if one did
 */
export function checkMassChange(
  plan: Plan,
  limits: MassChangeLimits,
  approvedDigest?: string,
): GateVerdict {
  const count = plan.changes.filter(isWritable).length;
  const excess = excessOf(count, plan.liveCount, limits);
  if (excess === undefined || approvedDigest === plan.digest) return ALLOW;
  const stale =
    approvedDigest === undefined
      ? ''
      : `; the plan changed since ${shortDigest(approvedDigest)} was approved: look at it again`;
  return {
    kind: 'deny',
    gate: 'mass-change',
    reason: `${excess}${stale}`,
    goOn: `flowkeeper reconcile --org ${plan.org} --approve ${plan.digest}`,
  };
}

/** Which limit is passed, with the numbers a person needs; undefined when none is. */
function excessOf(count: number, liveCount: number, limits: MassChangeLimits): string | undefined {
  const { maxFlows, maxShare, minFlows } = limits;
  if (count > maxFlows) {
    return `${String(count)} flows would be written; massChange.maxFlows allows ${String(maxFlows)}`;
  }
  // a quotient, not a product: 57 / 100 is the very number that 0.57 is, 0.57 * 100 is less than 57
  const share = count / Math.max(liveCount, 1);
  if (liveCount < minFlows || share <= maxShare) return undefined;
  return `${String(count)} of ${String(liveCount)} live flows would be written (${percent(share)}); massChange.maxShare allows ${percent(maxShare)}`;
}

function percent(share: number): string {
  return `${String(Number((share * 100).toFixed(2)))} %`;
}

function shortDigest(digest: string): string {
  return digest.slice(0, 12);
}
