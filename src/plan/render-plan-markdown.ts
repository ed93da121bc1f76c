import type { FlowChange } from '../domain/plan.ts';
import {
  breakdown,
  CAUSE_WORDS,
  countOf,
  DIGEST_OF_MERGE,
  freezeLine,
  headline,
  heldBy,
  heldFlow,
  intention,
  KIND_WORDS,
  lastWrite,
  unmanagedTitle,
  UNREAD_TITLE,
  unreadLine,
} from './plan-wording.ts';
import type { PlanReport } from './plan-report.ts';
import { code, fold, listOf, row, value } from './markdown-text.ts';
import { showValue } from './show-value.ts';

/** GitHub takes comments of 65,536 characters. */
const MAX_LENGTH = 60_000;
/** Fields of one flow that are shown; more would fill the comment with one flow. */
const MAX_FIELDS = 100;

/**
 * The plan as a comment on a pull request: the numbers, what holds it, then each flow folded. Names and
 * values stand in code, every character that could mean something escaped: they can neither break the
 * table nor mention people. What does not fit a comment is counted, not shown.
 */
export function renderPlanMarkdown(report: PlanReport): string {
  const head = summaryOf(report);
  const sections = [
    ...report.plan.changes.map((change) => flowOf(change, report)),
    ...othersOf(report),
  ];
  const shown: string[] = [];
  let length = head.length;
  for (const section of sections) {
    length += section.length + 2;
    if (length > MAX_LENGTH) break;
    shown.push(section);
  }
  const left = sections.length - shown.length;
  const rest = left === 0 ? [] : [`_${countOf(left, 'more section')} did not fit here._`];
  return `${[head, ...shown, ...rest].join('\n\n')}\n`;
}

function summaryOf(report: PlanReport): string {
  const { plan, verdicts } = report;
  const held = heldBy(verdicts.plan);
  const lines = [...breakdown(report), ...intention(report)].map((line) => `- ${line}`);
  return [
    `### flowkeeper: ${headline(report)}`,
    '',
    report.scope
      ? `${code(plan.org)} at ${code(plan.revision.slice(0, 12))}, since ${code(report.scope.base.slice(0, 12))}`
      : `${code(plan.org)} at ${code(plan.revision.slice(0, 12))}`,
    ...(lines.length === 0 ? [] : ['', ...lines]),
    ...(verdicts.freezes ?? []).flatMap((freeze) => [
      '',
      `**Freeze:** ${code(freezeLine(freeze))}`,
    ]),
    ...(held ? ['', `**Held:** ${code(held.what)}`] : []),
    ...(held?.goOn === undefined ? [] : ['', `To go on: ${code(held.goOn)}`]),
    '',
    `Digest ${code(plan.digest)}${report.scope ? `, ${DIGEST_OF_MERGE}` : ''}`,
  ].join('\n');
}

function flowOf(change: FlowChange, report: PlanReport): string {
  const { name, flowId, file, kind, fields } = change;
  const held = heldFlow(change, report);
  const rows = fields
    .slice(0, MAX_FIELDS)
    .map(({ path, live, desired, cause }) =>
      row([code(path), value(live), value(desired), CAUSE_WORDS[cause]]),
    );
  const left = fields.length - rows.length;
  return fold(`${code(name)}: ${KIND_WORDS[kind]}, ${countOf(fields.length, 'field')}`, [
    `${code(flowId)} in ${code(file)}; ${code(lastWrite(change))}`,
    ...(held ? ['', `**Held:** ${code(held.what)}`] : []),
    ...(held?.goOn === undefined ? [] : ['', `To go on: ${code(held.goOn)}`]),
    '',
    '| field | live | desired | why |',
    '| --- | --- | --- | --- |',
    ...rows,
    ...(left > 0 ? ['', `_${countOf(left, 'more field')} not shown._`] : []),
  ]);
}

/** What is not a change, a fold each. */
function othersOf(report: PlanReport): readonly string[] {
  const { plan, scope } = report;
  const lists: readonly (readonly [string, readonly string[]])[] = [
    [UNREAD_TITLE, (plan.unread ?? []).map(unreadLine)],
    [
      'Missing: in git, not in the org',
      plan.missing.map(({ file, name, flowId }) => `${file}: ${name ?? flowId ?? ''}`),
    ],
    [
      'Invalid: these files change nothing until they are mended',
      plan.invalid.flatMap(({ diagnostics }) =>
        diagnostics.map(
          ({ file, line, column, message }) =>
            `${file}:${String(line)}:${String(column)} ${message}`,
        ),
      ),
    ],
    [unmanagedTitle(report), plan.unmanaged.map(({ flowId, name }) => `${flowId} ${name}`)],
    [
      'Policy',
      (scope?.policy ?? []).map(
        ({ path, before, after }) => `${path}: ${showValue(before)} → ${showValue(after)}`,
      ),
    ],
    ['To tidy up', plan.notices.map(({ file, message }) => `${file}: ${message}`)],
  ];
  return lists
    .filter(([, items]) => items.length > 0)
    .map(([title, items]) => fold(`${title} (${String(items.length)})`, listOf(items)));
}
