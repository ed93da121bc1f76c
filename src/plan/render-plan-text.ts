import type { Diagnostic } from '../domain/diagnostic.ts';
import type { FieldChange, FlowChange, MissingFlow } from '../domain/plan.ts';
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
  placeOf,
  unmanagedTitle,
  UNREAD_TITLE,
  unreadLine,
} from './plan-wording.ts';
import type { PolicyChange } from './narrow-plan.ts';
import type { PlanReport } from './plan-report.ts';
import { showText, showValue } from './show-value.ts';

/** How text is set off; each function wraps a text that is safe to print. */
export interface Palette {
  readonly strong: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly removed: (text: string) => string;
  readonly added: (text: string) => string;
  readonly warning: (text: string) => string;
}

const asIs = (text: string): string => text;

/** No colour: for files, pipes, NO_COLOR. */
export const PLAIN: Palette = {
  strong: asIs,
  dim: asIs,
  removed: asIs,
  added: asIs,
  warning: asIs,
};

/** Flows that nothing is done about are listed up to here; JSON has all of them. */
const MAX_UNMANAGED = 20;

/**
 * The plan for a person at a terminal: the numbers first, what holds it and how to go on, then each flow
 * field by field. Whatever came from files or the service is escaped, so that it can only be read.
 */
export function renderPlanText(report: PlanReport, palette: Palette = PLAIN): string {
  const { plan } = report;
  const blocks = [
    summaryOf(report, palette),
    ...plan.changes.map((change) => flowOf(change, report, palette)),
    section(
      UNREAD_TITLE,
      (plan.unread ?? []).map((flow) => showText(unreadLine(flow))),
      palette,
    ),
    section('Missing: in git, not in the org', plan.missing.map(missingOf), palette),
    section(
      'Invalid: these files change nothing until they are mended',
      plan.invalid.flatMap(({ diagnostics }) => diagnostics.flatMap(diagnosticOf)),
      palette,
    ),
    section(unmanagedTitle(report), unmanagedOf(report), palette),
    section('Policy', (report.scope?.policy ?? []).map(policyLine), palette),
    section(
      'To tidy up',
      plan.notices.map(({ file, message }) => showText(`${file}: ${message}`)),
      palette,
    ),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function summaryOf(report: PlanReport, palette: Palette): readonly string[] {
  const { plan, verdicts } = report;
  const place = showText(placeOf(report));
  const held = heldBy(verdicts.plan);
  const parts = breakdown(report).join(', ');
  return [
    `${palette.strong(place)}: ${headline(report)}`,
    ...(parts === '' ? [] : [`  ${parts}`]),
    ...intention(report).map((line) => `  ${line}`),
    ...(verdicts.freezes ?? []).map((freeze) =>
      palette.warning(`  ${showText(freezeLine(freeze))}`),
    ),
    palette.dim(`  digest ${plan.digest}`),
    ...(report.scope ? [palette.dim(`    ${DIGEST_OF_MERGE}`)] : []),
    ...(held ? [palette.warning(`  ${showText(held.what)}`)] : []),
    ...(held?.goOn === undefined ? [] : [`  to go on: ${showText(held.goOn)}`]),
  ];
}

function flowOf(change: FlowChange, report: PlanReport, palette: Palette): readonly string[] {
  const { name, flowId, file, kind, fields } = change;
  const held = heldFlow(change, report);
  return [
    `${palette.strong(showText(name))} ${palette.dim(flowId)}`,
    `  ${KIND_WORDS[kind]}, ${countOf(fields.length, 'field')}; ${showText(lastWrite(change))}`,
    palette.dim(`  ${showText(file)}`),
    ...(held ? [palette.warning(`  ${showText(held.what)}`)] : []),
    ...(held?.goOn === undefined ? [] : [`  to go on: ${showText(held.goOn)}`]),
    ...fields.flatMap((field) => fieldOf(field, palette)),
  ];
}

function fieldOf({ path, live, desired, cause }: FieldChange, palette: Palette): readonly string[] {
  return [
    `  ${showText(path)} ${palette.dim(`(${CAUSE_WORDS[cause]})`)}`,
    palette.removed(`    - ${showValue(live)}`),
    palette.added(`    + ${showValue(desired)}`),
  ];
}

function missingOf({ file, flowId, name }: MissingFlow): string {
  const what = [
    ...(name === undefined ? [] : [JSON.stringify(name)]),
    ...(flowId === undefined ? [] : [flowId]),
  ];
  return showText(`${file}: ${what.join(' ')}`);
}

function diagnosticOf({ file, line, column, code, message, hint }: Diagnostic): readonly string[] {
  const at = `${file}:${String(line)}:${String(column)}`;
  const fault = showText(`${at} ${message} [${code}]`);
  return hint === undefined ? [fault] : [fault, `  ${showText(hint)}`];
}

function unmanagedOf({ plan }: PlanReport): readonly string[] {
  const { unmanaged } = plan;
  const listed = unmanaged
    .slice(0, MAX_UNMANAGED)
    .map(({ flowId, name }) => showText(`${flowId} ${name}`));
  const left = unmanaged.length - listed.length;
  return left > 0
    ? [...listed, `and ${countOf(left, 'more flow')} (--output json lists all)`]
    : listed;
}

function policyLine({ path, before, after }: PolicyChange): string {
  return `${showText(path)}: ${showValue(before)} -> ${showValue(after)}`;
}

function section(title: string, lines: readonly string[], palette: Palette): readonly string[] {
  return lines.length === 0 ? [] : [palette.strong(title), ...lines.map((line) => `  ${line}`)];
}
