import pc from 'picocolors';
import type { FlowOutcome, OutcomeStatus } from '../domain/outcome.ts';
import type { FieldChange } from '../domain/plan.ts';
import { unverifiedWords } from '../domain/unverified-head.ts';
import { lastOutcomesOf } from '../engine/run-report.ts';
import type { OrgRunReport, Publishing } from '../engine/run-report.ts';
import { summarize } from '../engine/summarize.ts';
import { showText, showValue } from '../plan/show-value.ts';

const MAX_LISTED = 40;
const MAX_FIELDS = 8;
const MAX_SHOWN = 60;

type Colors = ReturnType<typeof pc.createColors>;

/** What a run did, for a person: a headline per org, a line per flow that was written or could not be. */
export function renderRunText(
  reports: readonly OrgRunReport[],
  style: { readonly colour: boolean; readonly renderFaults: RenderFaults },
): string {
  const colors = pc.createColors(style.colour);
  return reports.map((report) => renderOrg(report, colors, style.renderFaults)).join('\n');
}

type RenderFaults = (faults: OrgRunReport['policyFaults']) => string;

function renderOrg(report: OrgRunReport, colors: Colors, renderFaults: RenderFaults): string {
  const outcomes = lastOutcomesOf(report.outcomes);
  const lines = [
    `${colors.bold(report.org)}  ${summarize(outcomes, report.plan, failureOf(report))}  ${colors.dim(`(revision ${report.revision.slice(0, 10)}, ${seconds(report.durationMs)})`)}`,
  ];
  const faults = [...report.policyFaults, ...report.invalid.flatMap((file) => file.diagnostics)];
  if (faults.length > 0) lines.push(indent(renderFaults(faults)));
  lines.push(...outcomeLines(outcomes, colors), ...untouchedLines(report, outcomes));
  lines.push(...heldLines(report, colors));
  for (const missing of report.plan?.missing ?? [])
    lines.push(
      colors.yellow(
        `  missing       ${missing.file}: the org does not have ${missing.flowId ?? missing.name ?? 'it'}`,
      ),
    );
  lines.push(...reloadLines(report, colors), ...overrideLines(outcomes, colors));
  lines.push(...noticeLines(report, colors));
  lines.push(...errorLines(report.error, colors), ...publishingLines(report.publishing, colors));
  return `${lines.join('\n')}\n`;
}

function heldLines({ verdict, unverified }: OrgRunReport, colors: Colors): string[] {
  const lines: string[] = [];
  if (verdict?.kind === 'allow' && verdict.approved !== undefined)
    lines.push(colors.yellow(`  approved, which is audited: ${verdict.approved}`));
  if (verdict && verdict.kind !== 'allow') {
    lines.push(colors.yellow(`  held by ${verdict.gate}: ${verdict.reason}`));
    if (verdict.kind === 'deny') lines.push(`  to go on: ${verdict.goOn}`);
  }
  if (unverified) lines.push(colors.yellow(`  held: ${showText(unverifiedWords(unverified))}`));
  return lines;
}

function failureOf({ error, policyFaults }: OrgRunReport): string | undefined {
  return error?.code ?? (policyFaults.length > 0 ? 'policy.yaml has faults' : undefined);
}

function errorLines(error: OrgRunReport['error'], colors: Colors): string[] {
  if (!error) return [];
  return [colors.red(`  failed: ${error.message} [${error.code}]`), `  next: ${error.advice}`];
}

function reloadLines({ reloadPending }: OrgRunReport, colors: Colors): string[] {
  const count = reloadPending.length;
  if (count === 0) return [];
  const flows = `${String(count)} flow${count === 1 ? '' : 's'}`;
  const words = 'stored, and not in effect until a reload succeeds; the next run asks again';
  return [colors.yellow(`  reload pending ${flows} ${words}`)];
}

/** Writing in spite of a freeze is what an auditor asks for first. */
function overrideLines(outcomes: readonly FlowOutcome[], colors: Colors): string[] {
  const counts = new Map<string, number>();
  for (const { freezeOverride } of outcomes)
    if (freezeOverride !== undefined)
      counts.set(freezeOverride, (counts.get(freezeOverride) ?? 0) + 1);
  return [...counts].map(([name, count]) =>
    colors.yellow(
      `  ${String(count)} flow${count === 1 ? '' : 's'} written under freeze override ${showText(JSON.stringify(name))}`,
    ),
  );
}

function noticeLines({ plan }: OrgRunReport, colors: Colors): string[] {
  const notices = (plan?.notices ?? []).map(({ file, message }) =>
    colors.dim(`  to tidy up    ${showText(`${file}: ${message}`)}`),
  );
  const left = notices.length - MAX_LISTED;
  return left > 0 ? [...notices.slice(0, MAX_LISTED), `  … and ${String(left)} more`] : notices;
}

function outcomeLines(outcomes: readonly FlowOutcome[], colors: Colors): string[] {
  const told = outcomes.filter(({ status }) => status !== 'in-sync');
  const lines = told.slice(0, MAX_LISTED).map((outcome) => {
    const status = paint(outcome.status, colors)(outcome.status.padEnd(12));
    const why = outcome.reason === undefined ? [] : [`      ${showText(outcome.reason)}`];
    const facts = colors.dim(`${outcome.flowId}  ${String(outcome.latencyMs)} ms`);
    return [
      `  ${status}  ${showText(outcome.name)}  ${facts}`,
      ...fieldLines(outcome.fields),
      ...why,
    ].join('\n');
  });
  if (told.length > MAX_LISTED) lines.push(`  … and ${String(told.length - MAX_LISTED)} more`);
  return lines;
}

function untouchedLines(report: OrgRunReport, outcomes: readonly FlowOutcome[]): string[] {
  const ended = new Set(outcomes.map(({ flowId }) => flowId));
  const untouched = (report.plan?.changes ?? []).filter(({ flowId }) => !ended.has(flowId));
  const lines = untouched.slice(0, MAX_LISTED).map((change) => {
    const why = change.suspended ? 'suspended' : 'differs';
    const head = `  ${why.padEnd(12)}  ${showText(change.name)}  ${change.flowId}`;
    return [head, ...fieldLines(change.fields)].join('\n');
  });
  if (untouched.length > MAX_LISTED)
    lines.push(`  … and ${String(untouched.length - MAX_LISTED)} more`);
  return lines;
}

function fieldLines(fields: readonly FieldChange[]): string[] {
  const lines = fields
    .slice(0, MAX_FIELDS)
    .map(
      ({ path, live, desired }) =>
        `      ${showText(path)}: ${showValue(live, MAX_SHOWN)} -> ${showValue(desired, MAX_SHOWN)}`,
    );
  const rest = fields.length - MAX_FIELDS;
  return rest > 0 ? [...lines, `      … and ${String(rest)} more fields`] : lines;
}

function publishingLines(publishing: Publishing, colors: Colors): string[] {
  if (publishing.kind === 'pushed')
    return [
      colors.dim(
        `  recorded in ${publishing.revision.slice(0, 10)} (${String(publishing.files)} file${publishing.files === 1 ? '' : 's'})`,
      ),
    ];
  if (publishing.kind !== 'kept') return [];
  const { error } = publishing;
  return [
    colors.yellow(
      `  not recorded yet: ${error.message} [${error.code}]; it is kept for the next run`,
    ),
    `  next: ${error.advice}`,
  ];
}

function paint(status: OutcomeStatus, colors: Colors): (text: string) => string {
  if (status === 'applied') return colors.green;
  if (status === 'deferred' || status === 'blocked' || status === 'cancelled') return colors.yellow;
  return colors.red;
}

function indent(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
