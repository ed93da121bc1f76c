import { diffFlow } from '../../app/diff-flow.ts';
import type { FlowDiff } from '../../app/diff-flow.ts';
import { parseTime } from '../../app/explain-freeze.ts';
import type { HistoryEntry } from '../../app/flow-history.ts';
import type { ExitCode } from '../../domain/error-catalog.ts';
import type { FlowStatus } from '../../domain/flow-status.ts';
import type { JsonObject } from '../../domain/json.ts';
import { renderJson, renderYaml } from '../../plan/render-document.ts';
import { showText, showValue } from '../../plan/show-value.ts';
import { write } from '../io.ts';
import type { Io } from '../io.ts';
import { openApp } from '../open-app.ts';
import { orgsOf } from '../options.ts';
import type { CommonOptions } from '../options.ts';

export type DiffOptions = CommonOptions & { readonly at: string };

/** Exit 2 when git and the org differed then, as far as it was recorded. */
export async function runDiff(io: Io, flow: string, options: DiffOptions): Promise<ExitCode> {
  const at = parseTime(options.at, Date.now());
  const { app, progress } = await openApp(io, options);
  try {
    const diff = await diffFlow(app, { flow, at, ...orgsOf(options) }, io.signal);
    progress.close();
    await write(io.stdout, render(diff, options.output));
    return diff.status && diff.status.differences.length > 0 ? 2 : 0;
  } finally {
    progress.close();
    await app.close();
  }
}

function render(diff: FlowDiff, output: CommonOptions['output']): string {
  if (output === 'json') return renderJson(diff as unknown as JsonObject);
  if (output === 'yaml') return renderYaml(diff as unknown as JsonObject);
  const { org, flowId, at, status, lastWrite, nextWrite } = diff;
  const lines = [
    `${status?.name ?? flowId} (${flowId}) in ${org}, as recorded at ${at}`,
    ...(status ? statusLines(status) : ['  nothing was recorded of it by then']),
    ...(lastWrite ? writeLines('last written before', lastWrite) : ['  not written before']),
    ...(nextWrite ? writeLines('next written', nextWrite) : []),
  ];
  return lines.map((line) => `${showText(line)}\n`).join('');
}

function statusLines(status: FlowStatus): readonly string[] {
  const { state, since, desiredRevision, liveVersion, differences, conditions } = status;
  const version = liveVersion === undefined ? '' : `, live version ${String(liveVersion)}`;
  const why = conditions.find(({ type, status: holds }) => type === 'Ready' && !holds);
  return [
    `  ${state} since ${since}, desired as of ${desiredRevision.slice(0, 10)}${version}`,
    ...(why?.message === undefined ? [] : [`  ${why.message}`]),
    ...differences.flatMap(({ path, live, desired }) => [
      `  ${path}`,
      `    - ${showValue(live)}`,
      `    + ${showValue(desired)}`,
    ]),
  ];
}

function writeLines(when: string, entry: HistoryEntry): readonly string[] {
  const { at, status, event, runId, fields, liveChangedBy } = entry;
  const by =
    liveChangedBy === undefined ? '' : `; the live flow was last changed by ${liveChangedBy}`;
  return [
    `  ${when}: ${at}, ${status} (${event}) by ${runId}${by}`,
    ...fields.map(
      ({ path, before, after }) => `    ${path}: ${showValue(before)} -> ${showValue(after)}`,
    ),
  ];
}
