import { stringify } from 'yaml';
import type { PlanReport } from './plan-report.ts';
import { planDocument } from './render-plan-json.ts';
import { escapeJsonText, hasUnseen } from './show-value.ts';

/** The document of `renderPlanJson` as YAML, ending in a newline. */
export function renderPlanYaml(report: PlanReport): string {
  const document = planDocument(report);
  const text = stringify(document, { lineWidth: 0, aliasDuplicateObjects: false });
  if (!hasUnseen(text)) return text;
  // only double-quoted text can escape what must not reach a terminal
  const quoted = stringify(document, {
    lineWidth: 0,
    aliasDuplicateObjects: false,
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'QUOTE_DOUBLE',
  });
  return escapeJsonText(quoted);
}
