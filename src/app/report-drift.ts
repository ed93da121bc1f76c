import { readAuditFiles } from '../engine/audit-files.ts';
import type { OrgPlanReport } from '../engine/plan-only.ts';
import { makeDriftReport } from '../plan/drift-report.ts';
import type { DriftReport } from '../plan/drift-report.ts';
import { makePlanReport } from '../plan/plan-report.ts';
import type { App } from './create-app.ts';
import { readStatus } from './read-status.ts';

/** The drift of the orgs as they are now; of an org that could not be planned, why. */
export interface DriftReports {
  readonly reports: readonly DriftReport[];
  readonly plans: readonly OrgPlanReport[];
}

/**
 * Plans each org and adds what the status branch knows. Writes nothing.
 *
 * @throws git.*, cli.usage
 */
export async function reportDrift(
  app: App,
  orgs: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<DriftReports> {
  const plans = await app.plan({ ...(orgs && { orgs }) }, signal);
  const known = new Map(
    (await readStatus(app, orgs, signal)).map((view) => [view.name, view.flows]),
  );
  const audits = await app.inTime(signal, async (alive) => {
    const tip = await app.statusTip(alive);
    return Promise.all(
      plans.map(async ({ org }) => readAuditFiles(org, await tip.readAll(`audit/${org}`))),
    );
  });
  const reports = plans.flatMap((planned): DriftReport[] => {
    const { org, plan, policy, verdict, flowVerdicts } = planned;
    if (!plan || !policy) return [];
    const report = makePlanReport(plan, policy, {
      ...(verdict && { plan: verdict }),
      ...(flowVerdicts && { flows: flowVerdicts }),
    });
    const audit = audits.find((files) => files.org === org)?.records ?? [];
    return [makeDriftReport({ report, statuses: known.get(org) ?? [], audit })];
  });
  return { reports, plans };
}
