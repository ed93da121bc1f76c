import type { DriftReport, DriftedFlow } from './drift-report.ts';
import { code, fold, listOf, row, value } from './markdown-text.ts';
import { CAUSE_WORDS, countOf } from './plan-wording.ts';
import { reportLists } from './report-lists.ts';

const MAX_FLOWS = 200;
const MAX_FIELDS = 100;

/** A report for people to read in git, a mail or a chat. */
export function renderReportMarkdown(report: DriftReport): string {
  const { counts, drifted } = report;
  const shown = drifted.slice(0, MAX_FLOWS);
  const left = drifted.length - shown.length;
  return [
    `# Drift of ${code(report.org)}`,
    `${code(report.madeAt)}, against ${code(report.revision.slice(0, 12))}, mode ${report.mode}`,
    [
      `- **${String(counts.drifted)} of ${countOf(counts.live, 'live flow')} ${counts.drifted === 1 ? 'differs' : 'differ'}**, in ${countOf(counts.fields, 'field')}`,
      `- ${String(counts.inSync)} in sync, ${String(counts.missing)} missing, ${String(counts.unmanaged)} unmanaged, ${String(counts.invalid)} invalid`,
      `- ${String(report.heldBack.length)} held back, ${String(report.suspended.length)} suspended`,
    ].join('\n'),
    ...(drifted.length === 0 ? [] : [agesOf(report)]),
    ...shown.map(flowOf),
    ...(left > 0 ? [`_${countOf(left, 'more flow')} not shown; --output json has all._`] : []),
    ...reportLists(report).map(({ title, items }) =>
      fold(`${title} (${String(items.length)})`, listOf(items)),
    ),
    ...trendOf(report),
    writesOf(report),
    '',
  ].join('\n\n');
}

function agesOf({ ages }: DriftReport): string {
  const told = ages.filter(({ flows }) => flows > 0);
  return `Since: ${told.map(({ name, flows }) => `${name} ${String(flows)}`).join(', ')}`;
}

function flowOf({ name, flowId, file, fields, since, by, held, answers }: DriftedFlow): string {
  const left = fields.length - MAX_FIELDS;
  const rows = fields
    .slice(0, MAX_FIELDS)
    .map(({ path, live, desired, cause }) =>
      row([code(path), value(live), value(desired), CAUSE_WORDS[cause]]),
    );
  const facts = [
    ...(since === undefined ? [] : [`since ${code(since)}`]),
    ...(by === undefined ? [] : [`last written by ${code(by)}`]),
  ];
  const told = facts.length === 0 ? '' : `; ${facts.join(', ')}`;
  return [
    `## ${code(name)}`,
    '',
    `${code(flowId)} in ${code(file)}${told}`,
    ...(held === undefined ? [] : ['', `**Held:** ${code(held)}`]),
    '',
    '| field | live | desired | why |',
    '| --- | --- | --- | --- |',
    ...rows,
    ...(left > 0 ? ['', `_${countOf(left, 'more field')} not shown._`] : []),
    '',
    `- correct it: ${code(answers.correct)}`,
    `- accept it: ${code(answers.accept)}`,
    `- leave it to others for a while: ${code(answers.ignore)}`,
  ].join('\n');
}

/** The days on which the number changed. */
function trendOf({ trend }: DriftReport): readonly string[] {
  if (trend.length === 0) return [];
  const changed = trend.filter(({ flows }, i) => i === 0 || trend[i - 1]?.flows !== flows);
  const told = changed.map(({ day, flows }) => `${day} ${String(flows)}`).join(', ');
  return [`Flows that differed at the end of a day, where the number changed: ${told}`];
}

function writesOf({ writes }: DriftReport): string {
  const sum = (of: (day: DriftReport['writes'][number]) => number): string =>
    String(writes.reduce((total, day) => total + of(day), 0));
  return `In the last ${String(writes.length)} days: ${sum((d) => d.drift)} times drift was corrected, ${sum((d) => d.commits)} changes of commits were applied, ${sum((d) => d.failed)} attempts failed.`;
}
