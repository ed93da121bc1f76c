import type { FlowId } from '../domain/flow.ts';
import { ALLOW } from '../domain/verdict.ts';
import type { GateVerdict } from '../domain/verdict.ts';

/** Denies settings that were tried and taken back, until git says something else or a person says `retry`. */
export function checkHeldBack(
  flowId: FlowId,
  desiredHash: string,
  heldBack: { readonly hash: string; readonly reason: string } | undefined,
): GateVerdict {
  if (heldBack?.hash !== desiredHash) return ALLOW;
  return {
    kind: 'deny',
    gate: 'held-back',
    reason: `these settings were tried and are held back: ${heldBack.reason}`,
    goOn: `flowkeeper retry ${flowId}`,
  };
}
