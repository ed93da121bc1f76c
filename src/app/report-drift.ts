import { readAuditFiles } from '../engine/audit-files.ts';
import type { OrgPlanReport } from '../engine/plan-only.ts';
import { makeDriftReport } from '../plan/drift-report.ts';
import type { DriftReport, StatusVersion } from '../plan/drift-report.ts';
import { makePlanReport } from '../plan/plan-report.ts';
import type { BranchTip } from '../ports/status-branch.ts';
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
  const recorded = await app.inTime(signal, async (alive) => {
    const tip = await app.statusTip(alive);
    return Promise.all(
      plans.map(async ({ org }) => ({
        ...readAuditFiles(org, await tip.readAll(`audit/${org}`)),
        versions: await readVersions(tip, org),
      })),
    );
  });
  const reports = plans.flatMap((planned): DriftReport[] => {
    const { org, plan, policy, verdict, flowVerdicts } = planned;
    if (!plan || !policy) return [];
    const report = makePlanReport(plan, policy, {
      ...(verdict && { plan: verdict }),
      ...(flowVerdicts && { flows: flowVerdicts }),
    });
    const { records: audit = [], versions = [] } = recorded.find((one) => one.org === org) ?? {};
    return [makeDriftReport({ report, statuses: known.get(org) ?? [], audit, versions })];
  });
  return { reports, plans };
}

/** Commits that changed a status, back from the tip: what a month of a busy org has. */
const COMMITS_READ = 3_000;

/** Of each version three lines are needed, and to parse the rest of thousands takes seconds. */
async function readVersions(tip: BranchTip, org: string): Promise<readonly StatusVersion[]> {
  const versions: StatusVersion[] = [];
  for await (const { text } of tip.history(`status/${org}`, COMMITS_READ)) {
    const [flowId, state, since] = ['flowId', 'state', 'since'].map(
      (key) => new RegExp(`^${key}: "?([^"\\n]+)"?$`, 'm').exec(text)?.[1],
    );
    if (flowId !== undefined && state !== undefined && since !== undefined)
      versions.push({ flowId, state: state as StatusVersion['state'], since });
  }
  return versions;
}
