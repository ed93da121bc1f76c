import type { FlowId } from '../domain/flow.ts';
import { ALLOW } from '../domain/verdict.ts';
import type { GateVerdict } from '../domain/verdict.ts';

/**
 * The flows of a plan that cannot end in the time that a run has left, by the pace at which requests are let through. They
 * are the last in its order, so what is most urgent is written, and what depends on one of them is among them. A
 * flow that ends exactly in time does. Pure.
 *
 * @param endMsOf milliseconds from now until each flow will have ended
 */
export function flowsBeyond(
  endMsOf: ReadonlyMap<FlowId, number>,
  leftMs: number,
): ReadonlySet<FlowId> {
  const late = [...endMsOf].filter(([, endMs]) => endMs > leftMs);
  return new Set(late.map(([flowId]) => flowId));
}

/** Puts a flow off for which the run has no time: it is not begun, rather than cut off in the middle. */
export function checkApiBudget(flowId: FlowId, beyond: ReadonlySet<FlowId>): GateVerdict {
  if (!beyond.has(flowId)) return ALLOW;
  return {
    kind: 'defer',
    gate: 'api-budget',
    reason: 'more than one run has time for at the rates of the policy; the next run goes on',
  };
}
