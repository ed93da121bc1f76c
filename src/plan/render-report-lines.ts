import type { DriftReport, DriftedFlow } from './drift-report.ts';
import { CAUSE_WORDS, countOf } from './plan-wording.ts';
import { showValue } from './show-value.ts';

const MAX_FLOWS = 50;
const MAX_FIELDS = 3;
const MAX_VALUE_LENGTH = 60;

/** A report in a few plain lines, for a chat. What comes from others is not escaped here. */
export function renderReportLines({ counts, drifted }: DriftReport): readonly string[] {
  const left = drifted.length - MAX_FLOWS;
  return [
    `${String(counts.drifted)} of ${countOf(counts.live, 'live flow')} ${counts.drifted === 1 ? 'differs' : 'differ'}, in ${countOf(counts.fields, 'field')}; ${String(counts.missing)} missing, ${String(counts.unmanaged)} unmanaged, ${String(counts.invalid)} invalid`,
    ...drifted.slice(0, MAX_FLOWS).flatMap(linesOf),
    ...(left > 0 ? [`and ${countOf(left, 'more flow')}`] : []),
  ];
}

function linesOf({ name, fields, since, by, held }: DriftedFlow): string[] {
  const left = fields.length - MAX_FIELDS;
  const facts = [
    countOf(fields.length, 'field'),
    ...(since === undefined ? [] : [`since ${since.slice(0, 16)}Z`]),
    ...(by === undefined ? [] : [`last written by ${by}`]),
    ...(held === undefined ? [] : [`held: ${held}`]),
  ];
  return [
    `- ${name}: ${facts.join(', ')}`,
    ...fields
      .slice(0, MAX_FIELDS)
      .map(
        ({ path, live, desired, cause }) =>
          `    ${path}: live ${showValue(live, MAX_VALUE_LENGTH)}, git says ${showValue(desired, MAX_VALUE_LENGTH)} (${CAUSE_WORDS[cause]})`,
      ),
    ...(left > 0 ? [`    and ${countOf(left, 'more field')}`] : []),
  ];
}
