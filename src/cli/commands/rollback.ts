import type { ExitCode } from '../../domain/error-catalog.ts';
import type { FlowOutcome } from '../../domain/outcome.ts';
import type { RollbackReport } from '../../engine/roll-back-flow.ts';
import type { JsonObject } from '../../domain/json.ts';
import { renderJson, renderYaml } from '../../plan/render-document.ts';
import { showText, showValue } from '../../plan/show-value.ts';
import { write } from '../io.ts';
import type { Io } from '../io.ts';
import { openApp } from '../open-app.ts';
import { orgsOf } from '../options.ts';
import type { CommonOptions } from '../options.ts';
import { outcomeDocument } from '../run-document.ts';
import { systemUser } from '../system-user.ts';

export interface RollbackOptions extends CommonOptions {
  readonly to?: number;
  readonly by?: string;
}

/** Exit 0 when the flow is as the snapshot has it, 2 when the service put it off, 4 when a gate denied it, else 1. */
export async function runRollback(
  io: Io,
  flow: string,
  options: RollbackOptions,
): Promise<ExitCode> {
  const { app, progress } = await openApp(io, options);
  try {
    const { to, by = systemUser() } = options;
    const asked = { flow, by, ...orgsOf(options), ...(to !== undefined && { toVersion: to }) };
    const report = await app.rollBack(asked, io.signal);
    progress.close();
    await write(io.stdout, render(report, options.output));
    return exitCodeOf(report);
  } finally {
    progress.close();
    await app.close();
  }
}

function exitCodeOf({ outcome, publishing }: RollbackReport): ExitCode {
  if (outcome.status === 'deferred') return 2;
  if (outcome.status === 'blocked') return 4;
  return isRestored(outcome) && publishing.kind !== 'kept' ? 0 : 1;
}

function isRestored({ status }: FlowOutcome): boolean {
  return status === 'applied' || status === 'in-sync';
}

function render(report: RollbackReport, output: CommonOptions['output']): string {
  // schemas/rollback.schema.json
  const outcome = outcomeDocument(report.outcome);
  const document = { apiVersion: 'flowkeeper/v1', kind: 'Rollback', ...report, outcome };
  if (output === 'json') return renderJson(document as unknown as JsonObject);
  if (output === 'yaml') return renderYaml(document as unknown as JsonObject);
  return renderText(report);
}

function renderText(report: RollbackReport): string {
  const { org, flowId, name, toVersion, takenAt, outcome, isHeldBack, publishing } = report;
  const lines = [
    `${name} (${flowId}) in ${org}: ${headline(outcome, toVersion)} (taken ${takenAt})`,
    ...outcome.fields.map(
      ({ path, live, desired }) => `  ${path}: ${showValue(live)} → ${showValue(desired)}`,
    ),
    ...(outcome.reason === undefined ? [] : [`  ${outcome.reason}${codeOf(outcome)}`]),
    ...(isHeldBack ? [`  ${HELD_BACK}`] : []),
    ...(publishing.kind === 'kept'
      ? [`  not recorded on the status branch yet: ${publishing.error.message}`]
      : []),
  ];
  return lines.map((line) => `${showText(line)}\n`).join('');
}

const HELD_BACK =
  'what git says of it is held back until git says something else; `flowkeeper retry` lets it go on';

function headline(outcome: FlowOutcome, version: number): string {
  const snapshot = `the snapshot of version ${String(version)}`;
  if (outcome.status === 'in-sync') return `is already as ${snapshot}`;
  return isRestored(outcome) ? `is as ${snapshot} again` : `${outcome.status}, not as ${snapshot}`;
}

function codeOf({ code }: FlowOutcome): string {
  return code === undefined ? '' : ` [${code}]`;
}
