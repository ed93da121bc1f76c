import type { FlowChange } from '../domain/plan.ts';
import type { HeldBack } from '../domain/held-back.ts';
import { ALLOW } from '../domain/verdict.ts';
import type { GateVerdict } from '../domain/verdict.ts';

/** True for settings that were tried and came to nothing, as long as nothing has changed since. */
export function isHeldBack(
  flow: { readonly desiredHash: string; readonly liveVersion: number | undefined },
  heldBack: HeldBack | undefined,
): boolean {
  if (heldBack?.hash !== flow.desiredHash) return false;
  return heldBack.version === undefined || heldBack.version === flow.liveVersion;
}

/**
 * Denies settings that were tried and taken back, or refused, until git says something else or a person says
 * `retry`; refused ones also until somebody changes the flow.
 */
export function checkHeldBack(
  change: Pick<FlowChange, 'flowId' | 'desiredHash' | 'liveVersion'>,
  heldBack: HeldBack | undefined,
): GateVerdict {
  if (!heldBack || !isHeldBack(change, heldBack)) return ALLOW;
  return {
    kind: 'deny',
    gate: 'held-back',
    reason: `these settings were tried and are held back: ${heldBack.reason}`,
    goOn: `flowkeeper retry ${change.flowId}`,
  };
}
