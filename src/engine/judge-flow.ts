import { asFlowkeeperError } from '../domain/errors.ts';
import type { DesiredFlow, FlowId } from '../domain/flow.ts';
import type { FlowChange } from '../domain/plan.ts';
import type { Policy } from '../domain/policy.ts';
import { ALLOW } from '../domain/verdict.ts';
import { untilAborted } from '../domain/until-aborted.ts';
import type { GateVerdict } from '../domain/verdict.ts';
import { checkApiBudget } from '../gates/api-budget.ts';
import { checkFlow } from '../gates/check-flow.ts';
import type { FlowGateInput } from '../gates/check-flow.ts';
import type { DependencyFacts } from '../gates/dependencies.ts';
import type { Ports } from '../ports/ports.ts';

export interface JudgeParts {
  readonly ports: Pick<Ports, 'clock' | 'state'>;
  readonly org: string;
  readonly policy: Policy;
  readonly desired: ReadonlyMap<FlowId, DesiredFlow>;
  readonly lookUp: (flow: DesiredFlow) => Promise<DependencyFacts>;
  /** Flows that the plan found in sync. */
  readonly settled: ReadonlySet<FlowId>;
  /** Flows that the run has no time for. */
  readonly beyond: ReadonlySet<FlowId>;
  /** Whether a flow that was not in sync when the plan was made is so by now. */
  readonly isSettledNow: (flowId: FlowId) => boolean;
}

/** Says whether one planned change may be written now. */
export type FlowJudge = (change: FlowChange, signal: AbortSignal) => Promise<GateVerdict>;

/**
 * The flow's own gates, what only people can change first: that a flow waits for another is told only of one
 * that could go on otherwise. Those that cost requests are asked only when all others allow.
 */
export function makeFlowJudge(parts: JudgeParts): FlowJudge {
  const { ports, org, policy } = parts;
  return async (change, signal) => {
    const desired = parts.desired.get(change.flowId);
    if (!desired) return ALLOW;
    const record = (await ports.state.flows.load(org, [change.flowId])).get(change.flowId);
    const now = ports.clock.now();
    const input = { change, desired, policy, record, facts: undefined, now };
    const own = checkFlow(input);
    if (own.kind !== 'allow') return own;
    const inTime = checkApiBudget(change.flowId, parts.beyond);
    if (inTime.kind !== 'allow') return inTime;
    const ready = checkDependsOn(desired, parts);
    return ready.kind === 'allow' ? checkLookups(parts, input, signal) : ready;
  };
}

/** Defers until all flows that this one depends on are in sync. */
function checkDependsOn(
  { dependsOn }: DesiredFlow,
  parts: Pick<JudgeParts, 'settled' | 'isSettledNow'>,
): GateVerdict {
  const open = dependsOn.filter((id) => !parts.settled.has(id) && !parts.isSettledNow(id));
  if (open.length === 0) return ALLOW;
  return {
    kind: 'defer',
    gate: 'depends-on',
    reason: `depends on flows that are not in sync: ${open.join(', ')}`,
  };
}

async function checkLookups(
  parts: JudgeParts,
  input: FlowGateInput,
  signal: AbortSignal,
): Promise<GateVerdict> {
  try {
    return checkFlow({ ...input, facts: await untilAborted(parts.lookUp(input.desired), signal) });
  } catch (error) {
    if (signal.aborted) throw error;
    // a look-up that fails is not "missing": the flow waits
    const { code } = asFlowkeeperError(error);
    return {
      kind: 'defer',
      gate: 'dependencies',
      reason: `its dependencies could not be looked up (${code})`,
    };
  }
}
