import type { LoadedOrg } from '../config/load-desired.ts';
import type { LiveFlow } from '../domain/flow.ts';
import { judgePlan } from '../engine/plan-only.ts';
import { standingFreezes } from '../gates/freeze.ts';
import { makePlan } from '../plan/make-plan.ts';
import { makePlanReport } from '../plan/plan-report.ts';
import type { PlanReport } from '../plan/plan-report.ts';
import { compareOrg } from './bring-to-live.ts';
import type { App } from './create-app.ts';

/** What a plan of files that nobody committed bears for a revision. */
const REVISION = 'work tree';

/**
 * What the files of a folder would change in an org, by the very plan that a run makes. Asks nothing of the org: the
 * gates of single flows, which look things up there, are left to `plan`.
 *
 * @param live every flow of the org, with settings
 * @param now epoch ms
 */
export async function planFolderOrg(
  app: Pick<App, 'config' | 'knownFlows'>,
  loaded: LoadedOrg,
  { live, now }: { readonly live: readonly LiveFlow[]; readonly now: number },
): Promise<PlanReport> {
  const { org, policy, policyFile, invalid } = loaded;
  const { orgId = '' } = app.config.orgs.find(({ name }) => name === org) ?? {};
  const comparison = compareOrg(loaded.flows, { org, orgId, live, now });
  const drifted = comparison.observed.filter(({ differences }) => differences.length > 0);
  const known = await app.knownFlows(
    org,
    drifted.map(({ flowId }) => flowId),
  );
  const plan = makePlan({
    ...{ org, revision: REVISION, now, policy, comparison, invalid, known },
    ...(policyFile !== undefined && { policyFile }),
  });
  return makePlanReport(plan, policy, {
    plan: judgePlan(plan, policy, undefined),
    freezes: standingFreezes(policy, now),
  });
}
