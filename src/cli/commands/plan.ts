import type { ExitCode } from '../../domain/error-catalog.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { MergePlanReport } from '../../engine/plan-merge.ts';
import { worstExitCode } from '../../engine/run-report.ts';
import { makePlanReport } from '../../plan/plan-report.ts';
import type { PlanReport } from '../../plan/plan-report.ts';
import { renderJson, renderYaml } from '../../plan/render-document.ts';
import { planDocument } from '../../plan/render-plan-json.ts';
import { renderPlanMarkdown } from '../../plan/render-plan-markdown.ts';
import { PLAIN, renderPlanText } from '../../plan/render-plan-text.ts';
import { COLOURED } from '../colours.ts';
import { wantsColour, write } from '../io.ts';
import type { Io } from '../io.ts';
import { openApp } from '../open-app.ts';
import type { OpenedApp } from '../open-app.ts';
import { orgsOf } from '../options.ts';
import { failedOrg, planExitCode, planFailure } from '../plan-ends.ts';
import type { CommonOptions, OutputFormat } from '../options.ts';

export type PlanOptions = CommonOptions & { readonly revision?: string; readonly base?: string };

/** Desired against live, nothing written: exit 2 when something differs. */
export async function runPlan(io: Io, options: PlanOptions): Promise<ExitCode> {
  const opened = await openApp(io, options);
  const { app, progress } = opened;
  try {
    const reports = await app.plan({ ...orgsOf(options), ...revisionsOf(options) }, io.signal);
    progress.close();
    await write(io.stdout, render(reports, options.output, { io, opened }));
    const failures = reports.flatMap((report) => planFailure(report, opened));
    // text and markdown tell failures for people; data keeps stdout clean
    await write(io.stderr, failures.join(''));
    return worstExitCode(reports.map(planExitCode));
  } finally {
    progress.close();
    await app.close();
  }
}

function revisionsOf({ revision, base }: PlanOptions): Pick<PlanOptions, 'revision' | 'base'> {
  return {
    ...(revision !== undefined && { revision }),
    ...(base !== undefined && { base }),
  };
}

function render(
  reports: readonly MergePlanReport[],
  output: OutputFormat,
  { io }: { readonly io: Io; readonly opened: OpenedApp },
): string {
  const plans = reports.flatMap(planReportOf);
  if (output === 'text') {
    const palette = wantsColour(io, io.stdout) ? COLOURED : PLAIN;
    return plans.map((plan) => renderPlanText(plan, palette)).join('\n');
  }
  if (output === 'markdown') return plans.map((plan) => renderPlanMarkdown(plan)).join('\n');
  // schemas/plan-list.schema.json
  const document = {
    apiVersion: 'flowkeeper/v1',
    kind: 'PlanList',
    items: plans.map(planDocument),
    failed: reports.flatMap(failedOrg),
  };
  return (output === 'yaml' ? renderYaml : renderJson)(document as unknown as JsonObject);
}

function planReportOf({
  plan,
  policy,
  verdict,
  flowVerdicts,
  budget,
  freezes,
  scope,
}: MergePlanReport): PlanReport[] {
  if (!plan || !policy) return [];
  const verdicts = {
    ...(verdict && { plan: verdict }),
    ...(flowVerdicts && { flows: flowVerdicts }),
    ...(freezes && { freezes }),
    ...(budget && { budget }),
  };
  return [makePlanReport(plan, policy, verdicts, scope)];
}
