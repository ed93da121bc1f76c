import type { DesiredFlow, FlowId } from '../domain/flow.ts';
import { priorityOf } from '../domain/plan.ts';
import type { FlowChange } from '../domain/plan.ts';
import type { Policy } from '../domain/policy.ts';
import { flowsBeyond } from '../gates/api-budget.ts';
import { checkFlow } from '../gates/check-flow.ts';
import { forecastRun, NO_CALLS } from '../plan/forecast.ts';
import type { RunForecast } from '../plan/forecast.ts';
import type { Log } from '../ports/log.ts';
import type { Ports } from '../ports/ports.ts';
import type { TimeLimits } from './time-limits.ts';
import { countLookUps } from './dependency-facts.ts';

/** Of a run's time so much is kept for answers that are slow, and to record what was done. */
const KEPT_SHARE = 0.1;

/** What of a plan one run has time for. */
export interface RunBudget {
  /** Of all flows that would be written. */
  readonly whole: RunForecast;
  /** Of those that it has time for. */
  readonly forecast: RunForecast;
  /** Those that it has no time for: the next run goes on with them. */
  readonly beyond: ReadonlySet<FlowId>;
  /** Milliseconds that it has for writing. */
  readonly leftMs: number;
}

export interface BudgetParts {
  readonly org: string;
  readonly policy: Policy;
  /** In the order of the plan. */
  readonly changes: readonly FlowChange[];
  readonly desired: ReadonlyMap<FlowId, DesiredFlow>;
  readonly leftMs: number;
}

type BudgetPorts = Pick<Ports, 'clock' | 'rateGate' | 'state'>;

/** Milliseconds that a run has left for writing. */
export function leftMsOf({ leftMs, runMs }: Pick<TimeLimits, 'leftMs' | 'runMs'>): number {
  return leftMs - runMs * KEPT_SHARE;
}

/** Foresees how long the flows take that their own gates let pass, and which of them come too late. */
export async function makeRunBudget(ports: BudgetPorts, parts: BudgetParts): Promise<RunBudget> {
  const { leftMs, changes } = parts;
  if (changes.length === 0)
    return { whole: NO_CALLS, forecast: NO_CALLS, beyond: new Set(), leftMs };
  const whole = await forecastFlows(ports, parts, await allowedChanges(ports, parts));
  const beyond = flowsBeyond(whole.endMsOf, leftMs);
  if (beyond.size === 0) return { whole, forecast: whole, beyond, leftMs };
  const inTime = changes.filter(({ flowId }) => endsIn(whole, flowId, leftMs));
  return { whole, forecast: await forecastFlows(ports, parts, inTime), beyond, leftMs };
}

/** Says in the log why not all is written. */
export function logBudget(log: Log, { whole, beyond, leftMs }: RunBudget): void {
  if (beyond.size === 0) return;
  log.warn('the plan takes longer than a run may: the next run goes on with the rest', {
    flows: whole.writes,
    waiting: beyond.size,
    minutes: whole.minutes,
    leftMinutes: Math.floor(leftMs / 60_000),
  });
}

function endsIn({ endMsOf }: RunForecast, flowId: FlowId, leftMs: number): boolean {
  const endMs = endMsOf.get(flowId);
  return endMs !== undefined && endMs <= leftMs;
}

/** What costs no request is asked now, so that flows that wait for something else take up no time. */
async function allowedChanges(
  ports: BudgetPorts,
  { org, policy, changes, desired }: BudgetParts,
): Promise<readonly FlowChange[]> {
  const ids = changes.map(({ flowId }) => flowId);
  const records = await ports.state.flows.load(org, ids);
  const now = ports.clock.now();
  return changes.filter((change) => {
    const flow = desired.get(change.flowId);
    const record = records.get(change.flowId);
    const input = { change, policy, record, facts: undefined, now };
    return flow !== undefined && checkFlow({ ...input, desired: flow }).kind === 'allow';
  });
}

/** What writing these flows costs, from now on. */
export async function forecastFlows(
  { rateGate }: Pick<Ports, 'rateGate'>,
  { policy, desired }: Pick<BudgetParts, 'policy' | 'desired'>,
  changes: readonly FlowChange[],
): Promise<RunForecast> {
  const flows = changes.flatMap(({ flowId }) => desired.get(flowId) ?? []);
  return forecastRun({
    flows: changes.map(({ flowId, kind }) => ({
      flowId,
      priority: priorityOf(kind),
      after: desired.get(flowId)?.dependsOn ?? [],
    })),
    lookUps: countLookUps(flows),
    concurrency: policy.apply.concurrency,
    snapshotsFirst: policy.apply.pushSnapshotsFirst,
    limits: policy.rate,
    spent: await rateGate.spent(),
  });
}
