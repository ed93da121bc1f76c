import type { LoadedOrg } from '../config/load-desired.ts';
import type { DesiredFlow, FlowId } from '../domain/flow.ts';
import type { Plan } from '../domain/plan.ts';
import type { LiveComparisonResult } from '../plan/live-comparison.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { Ports } from '../ports/ports.ts';
import { withGivenBack } from './give-back.ts';
import { idsByFile } from './ids-by-file.ts';
import { observeLive } from './observe-live.ts';
import type { OrgRun } from './org-run.ts';

export interface PlannedOrg {
  readonly plan: Plan;
  /** The desired flows that have a live one, by its id. */
  readonly desired: ReadonlyMap<FlowId, DesiredFlow>;
}

/**
 * Reads live and computes the one plan that dry run, report and apply are callers of. Writes nothing.
 *
 * @throws as `observeLive`; deadline.plan
 */
export async function planOrg(
  ports: Pick<Ports, 'backend' | 'clock' | 'observer' | 'state'>,
  run: OrgRun,
  loaded: LoadedOrg,
  signal: AbortSignal,
): Promise<PlannedOrg> {
  const flows = await withGivenBack(ports, run, loaded.flows);
  const comparison = await observeLive(ports, run, flows, signal);
  return run.limits.phase('plan', signal, () => compute(ports, run, loaded, comparison));
}

async function compute(
  ports: Pick<Ports, 'clock' | 'state'>,
  run: OrgRun,
  loaded: LoadedOrg,
  comparison: LiveComparisonResult,
): Promise<PlannedOrg> {
  const drifted = comparison.observed.filter(({ differences }) => differences.length > 0);
  const known = await ports.state.flows.load(
    run.org,
    drifted.map(({ flowId }) => flowId),
  );
  const plan = makePlan({
    org: run.org,
    revision: run.pinned.revision,
    now: ports.clock.now(),
    policy: loaded.policy,
    ...(loaded.policyFile !== undefined && { policyFile: loaded.policyFile }),
    comparison,
    invalid: loaded.invalid,
    known,
  });
  const desired = new Map(comparison.observed.map(({ flowId, flow }) => [flowId, flow]));
  return { plan: await withoutRemembered(ports, plan), desired };
}

/** A flow whose file is broken beyond telling which one it means is in git all the same. */
async function withoutRemembered(ports: Pick<Ports, 'state'>, plan: Plan): Promise<Plan> {
  const nameless = plan.invalid.filter(({ flowId }) => flowId === undefined);
  if (nameless.length === 0) return plan;
  const idOf = idsByFile(await ports.state.flows.index(plan.org), plan);
  const remembered = new Set(nameless.map(({ file }) => idOf(file)));
  const unmanaged = plan.unmanaged.filter(({ flowId }) => !remembered.has(flowId));
  return { ...plan, unmanaged };
}
