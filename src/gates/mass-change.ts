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
  if (excess === undefined) return ALLOW;
  if (approvedDigest === plan.digest) return { kind: 'allow', approved: excess.reason };
  const stale =
    approvedDigest === undefined
      ? ''
      : `; the plan changed since ${shortDigest(approvedDigest)} was approved: look at it again`;
  return {
    kind: 'deny',
    gate: 'mass-change',
    reason: `${excess.reason}${stale}`,
    goOn: `flowkeeper reconcile --org ${plan.org} --approve ${plan.digest}, or set \`massChange: { ${excess.limits} }\` in policy.yaml of the org, for every plan from then on`,
  };
}

/** Why a plan is held. */
interface Excess {
  /** Which limit is passed, with the numbers that a person needs. */
  readonly reason: string;
  /** The least limits that would allow it, as policy.yaml writes them. */
  readonly limits: string;
}

/** Undefined when no limit is passed. */
function excessOf(count: number, liveCount: number, limits: MassChangeLimits): Excess | undefined {
  const { maxFlows, maxShare, minFlows } = limits;
  // a quotient, not a product: 57 / 100 is the very number that 0.57 is, 0.57 * 100 is less than 57
  const share = count / Math.max(liveCount, 1);
  const isMany = count > maxFlows;
  const isLarge = liveCount >= minFlows && share > maxShare;
  if (!isMany && !isLarge) return undefined;
  const needed = [
    ...(isMany ? [`maxFlows: ${String(count)}`] : []),
    ...(isLarge ? [`maxShare: ${String(shareAllowing(share))}`] : []),
  ];
  const reason = isMany
    ? `${String(count)} flows would be written; massChange.maxFlows allows ${String(maxFlows)}`
    : `${String(count)} of ${String(liveCount)} live flows would be written (${percent(share)}); massChange.maxShare allows ${percent(maxShare)}`;
  return { reason, limits: needed.join(', ') };
}

/** The least share of whole per cent, written as a person would, that allows this one; at most 1. */
function shareAllowing(share: number): number {
  const hundredths = Math.floor(share * 100);
  return hundredths / 100 >= share ? hundredths / 100 : Math.min(1, (hundredths + 1) / 100);
}

function percent(share: number): string {
  return `${String(Number((share * 100).toFixed(2)))} %`;
}

function shortDigest(digest: string): string {
  return digest.slice(0, 12);
}
