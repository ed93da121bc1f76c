import type { HistoryEntry, HistoryField } from '../../app/flow-history.ts';
import { isAttempt, readHistory } from '../../app/read-history.ts';
import type { FlowHistory } from '../../app/read-history.ts';
import type { ExitCode } from '../../domain/error-catalog.ts';
import type { JsonObject } from '../../domain/json.ts';
import { renderJson, renderYaml } from '../../plan/render-document.ts';
import { showText, showValue } from '../../plan/show-value.ts';
import { write } from '../io.ts';
import type { Io } from '../io.ts';
import { openApp } from '../open-app.ts';
import { orgsOf } from '../options.ts';
import type { CommonOptions } from '../options.ts';

/** Prints what the audit files hold of a flow, newest last. */
export async function runHistory(io: Io, flow: string, options: CommonOptions): Promise<ExitCode> {
  const { app, progress } = await openApp(io, options);
  try {
    const history = await readHistory(app, { flow, ...orgsOf(options) }, io.signal);
    progress.close();
    await write(io.stdout, render(history, options.output));
    return 0;
  } finally {
    progress.close();
    await app.close();
  }
}

function render(history: FlowHistory, output: CommonOptions['output']): string {
  if (output === 'json') return renderJson(history as unknown as JsonObject);
  if (output === 'yaml') return renderYaml(history as unknown as JsonObject);
  const { org, flowId, name = flowId, entries, unreadable, approvals } = history;
  const lines = [`${showText(name)} (${showText(flowId)}) in ${org}`];
  if (entries.length === 0) lines.push('  flowkeeper has never written to it');
  lines.push(...entries.flatMap(renderEntry));
  if (unreadable > 0)
    lines.push(
      `lines of the audit files that are no record: ${String(unreadable)}; see \`flowkeeper audit verify\``,
    );
  if (approvals)
    lines.push(`who approved could not be asked of the repository [${approvals.code}]`);
  return `${lines.join('\n')}\n`;
}

function renderEntry(entry: HistoryEntry): string[] {
  const took = isAttempt(entry) ? ` in ${String(entry.latencyMs)} ms` : '';
  const lines = [
    `${entry.at}  ${entry.status} (${entry.event})${took}, ${entry.runId}`,
    ...whoLines(entry),
    ...entry.fields.map(renderField),
    ...(isAttempt(entry) ? [`  ${versionsOf(entry)}; ${stepsOf(entry)}`] : []),
    ...(entry.reason === undefined ? [] : [`  ${entry.reason}${codeOf(entry)}`]),
    ...specialsOf(entry),
    ...(entry.reloadPending === true ? ['  its reload failed'] : []),
    ...(entry.recovered === true ? ['  found out by a later process'] : []),
  ];
  return lines.map((line) => showText(line));
}

function whoLines({ by, revision, author, approvedBy, liveChangedBy }: HistoryEntry): string[] {
  const approved = approvedBy ? `, approved by ${approvedBy.join(', ')}` : '';
  const wrote = author === null ? '' : ` of ${author}`;
  return [
    ...(by === undefined ? [] : [`  by hand: ${by}`]),
    `  revision ${revision.slice(0, 10)}${wrote}${approved}`,
    ...(liveChangedBy === undefined ? [] : [`  changed before by ${liveChangedBy}`]),
  ];
}

/** What let it be written, and what was met on the way. */
function specialsOf({ planApprovedBy, freezeOverride, ...entry }: HistoryEntry): string[] {
  const { conflicts, conflictWith = 'others' } = entry;
  const times = conflicts === 1 ? 'once' : `${String(conflicts)} times`;
  return [
    ...(planApprovedBy ? [`  the plan was approved by ${planApprovedBy.join(', ')}`] : []),
    ...(freezeOverride === undefined ? [] : [`  under freeze override ${freezeOverride}`]),
    ...(conflicts === undefined
      ? []
      : [`  conflict, planned again ${times}: ${conflictWith} wrote meanwhile`]),
  ];
}

function renderField({ path, before, after }: HistoryField): string {
  return `  ${path}: ${showValue(before)} → ${showValue(after)}`;
}

function versionsOf({ versionBefore, versionAfter }: HistoryEntry): string {
  return `version ${String(versionBefore ?? '?')} → ${String(versionAfter ?? '?')}`;
}

function stepsOf({ steps }: HistoryEntry): string {
  return Object.entries(steps)
    .map(([step, ms]) => `${step} ${String(ms)} ms`)
    .join(', ');
}

function codeOf({ code }: HistoryEntry): string {
  return code === undefined ? '' : ` [${code}]`;
}
