import type { PlanReport } from './plan-report.ts';
import { renderYaml } from './render-document.ts';
import { planDocument } from './render-plan-json.ts';

/** The document of `renderPlanJson` as YAML, ending in a newline. */
export function renderPlanYaml(report: PlanReport): string {
  return renderYaml(planDocument(report));
}
