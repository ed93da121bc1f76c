import type { Fight } from '../domain/fight.ts';
import type { HeldBack } from '../domain/held-back.ts';
import type { DesiredFlow } from '../domain/flow.ts';
import type { FlowChange } from '../domain/plan.ts';
import type { Policy } from '../domain/policy.ts';
import { ALLOW } from '../domain/verdict.ts';
import type { GateVerdict } from '../domain/verdict.ts';
import type { DependencyFacts } from './dependencies.ts';
import { checkDependencies } from './dependencies.ts';
import { checkFighting } from './fighting.ts';
import { checkFreeze } from './freeze.ts';
import { checkHeldBack } from './held-back.ts';
import { checkMode } from './mode.ts';
import { checkPerFlowRate } from './per-flow-rate.ts';
import { checkSuspended } from './suspended.ts';

export interface FlowGateInput {
  readonly change: FlowChange;
  readonly desired: DesiredFlow;
  readonly policy: Policy;
  /** What is remembered of the flow; undefined: nothing. A `FlowRecord` is one. */
  readonly record:
    | {
        readonly lastUpdateAt?: number;
        readonly heldBack?: HeldBack;
        readonly fight?: Fight;
      }
    | undefined;
  /** Undefined: not looked up yet, and not judged. Ask again with them when all else allows. */
  readonly facts: DependencyFacts | undefined;
  /** Epoch ms. */
  readonly now: number;
}

type FlowGate = (input: FlowGateInput) => GateVerdict;

/** In the order in which a person would want to know: what only people can change comes first, what costs requests last. */
const FLOW_GATES: readonly FlowGate[] = [
  ({ change, policy }) => checkMode(change, policy),
  ({ change }) => checkSuspended(change),
  ({ change, record }) => checkHeldBack(change, record?.heldBack),
  ({ change, policy, record, now }) => checkFighting(change, record?.fight, policy.fight, now),
  ({ change, policy, now }) => checkFreeze(policy, { isRevert: change.kind === 'revert', now }),
  ({ change, policy, record, now }) =>
    checkPerFlowRate({
      lastUpdateAt: record?.lastUpdateAt,
      perFlowMs: policy.rate.perFlowMs,
      now,
      isRevert: change.kind === 'revert',
      revertsSkip: policy.apply.revertsSkipPerFlowRate,
    }),
  ({ desired, facts }) => (facts ? checkDependencies(desired, facts) : ALLOW),
];

/** The first of the flow's own gates that does not allow, else `allow`, with the override that it takes. Pure. */
export function checkFlow(input: FlowGateInput): GateVerdict {
  let allow: GateVerdict = ALLOW;
  for (const gate of FLOW_GATES) {
    const verdict = gate(input);
    if (verdict.kind !== 'allow') return verdict;
    if (verdict.freezeOverride !== undefined) allow = verdict;
  }
  return allow;
}
