import type { PinnedRevision } from '../ports/desired-source.ts';
import type { Ports } from '../ports/ports.ts';
import { narrowPlan } from '../plan/narrow-plan.ts';
import type { MergeScope } from '../plan/narrow-plan.ts';
import { loadDesiredOrg } from './load-desired.ts';
import type { DesiredLoader } from './load-desired.ts';
import type { OrgRun } from './org-run.ts';
import { planOnly } from './plan-only.ts';
import type { OrgPlanReport } from './plan-only.ts';
import { endOf, reportedError } from './reported-error.ts';

export interface MergePlanReport extends OrgPlanReport {
  /** Undefined where there is no plan. */
  readonly scope?: MergeScope;
}

/**
 * What merging the run's revision would change live, planned against the org as it is now; writes nothing.
 *
 * @param base where the revision parted from the branch that it is to be merged into
 */
export async function planMerge(
  ports: Ports,
  loader: DesiredLoader,
  run: OrgRun & { readonly base: PinnedRevision },
  signal: AbortSignal,
): Promise<MergePlanReport> {
  const { org, orgId, base } = run;
  try {
    const tree = await run.limits.phase('load', signal, (alive) => loader.tree(base, alive));
    const before = tree.org(org);
    const report = await planOnly(ports, loader, run, signal);
    if (!report.plan) return report;
    const after = await loadDesiredOrg(loader, run, signal);
    const narrowed = narrowPlan(report.plan, {
      base: { ...before, revision: base.revision },
      after,
      orgId,
    });
    return { ...report, ...narrowed };
  } catch (error) {
    const told = reportedError(endOf(error, org, signal));
    return { org, revision: run.pinned.revision, policyFaults: [], error: told };
  }
}
