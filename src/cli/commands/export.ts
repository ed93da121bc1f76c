import { exportExitCode, exportFiles } from '../../app/export-files.ts';
import type { ExportDocument } from '../../app/export-files.ts';
import type { ExitCode } from '../../domain/error-catalog.ts';
import type { JsonObject } from '../../domain/json.ts';
import { countOf } from '../../plan/plan-wording.ts';
import { renderJson, renderYaml } from '../../plan/render-document.ts';
import { showText } from '../../plan/show-value.ts';
import { write } from '../io.ts';
import type { Io } from '../io.ts';
import { openApp } from '../open-app.ts';
import type { OpenedApp } from '../open-app.ts';
import { orgsOf } from '../options.ts';
import type { CommonOptions } from '../options.ts';

export type ExportOptions = CommonOptions & {
  readonly allBlocks?: boolean;
  readonly dryRun?: boolean;
};

const MAX_LISTED = 20;

/** Writes desired-state files from the live orgs; exit 2 when the next plan would not be empty. */
export async function runExport(
  io: Io,
  folder: string | undefined,
  options: ExportOptions,
): Promise<ExitCode> {
  const opened = await openApp(io, options);
  const { app, progress } = opened;
  try {
    const request = {
      ...orgsOf(options),
      ...(folder !== undefined && { folder }),
      allBlocks: options.allBlocks === true,
      dryRun: options.dryRun === true,
      now: Date.now(),
    };
    const document = await exportFiles(app, request, io.signal);
    progress.close();
    await write(io.stdout, render(document, options.output, opened));
    return exportExitCode(document);
  } finally {
    progress.close();
    await app.close();
  }
}

function render(
  document: ExportDocument,
  output: CommonOptions['output'],
  opened: OpenedApp,
): string {
  if (output === 'json') return renderJson(document as unknown as JsonObject);
  if (output === 'yaml') return renderYaml(document as unknown as JsonObject);
  const blocks = document.orgs.map((org) => renderOrg(org, document.dryRun, opened));
  const wrote = document.orgs.some(({ added, updated }) => added.length + updated.length > 0);
  const next = [
    `  git -C ${document.folder} diff`,
    `  git -C ${document.folder} add -A && git -C ${document.folder} commit`,
    '  flowkeeper plan',
  ];
  const hint = wrote && !document.dryRun ? ['next:', ...next, ''].join('\n') : '';
  return `${blocks.join('\n')}${hint}`;
}

type OrgDocument = ExportDocument['orgs'][number];

function renderOrg(org: OrgDocument, dryRun: boolean, { renderFaults }: OpenedApp): string {
  if (org.faults.length > 0)
    return `${org.org}  nothing written: these files must be mended first\n${renderFaults(org.faults)}`;
  const verb = dryRun ? 'would be ' : '';
  const counts = [
    `${countOf(org.added.length, 'file')} ${verb}added`,
    `${String(org.updated.length)} ${verb}updated`,
    `${String(org.unchanged)} as ${org.unchanged === 1 ? 'it is' : 'they are'}`,
  ];
  const lines = [
    `${org.org}  ${countOf(org.liveCount, 'live flow')}: ${counts.join(', ')}`,
    ...listed(org.added.map((path) => `+ ${path}`)),
    ...listed(org.updated.map((path) => `~ ${path}`)),
    ...org.untouched.map(({ file, reason }) => `! ${file} is left as it is: ${reason}`),
    ...org.missing.map(({ file }) => `! ${file} describes a flow that the org has not`),
    ...leftOutLines(org.leftOut),
  ];
  return `${lines.map((line, i) => (i === 0 ? line : `  ${showText(line)}`)).join('\n')}\n`;
}

function listed(lines: readonly string[]): readonly string[] {
  if (lines.length <= MAX_LISTED) return lines;
  return [...lines.slice(0, MAX_LISTED), `… and ${String(lines.length - MAX_LISTED)} more`];
}

function leftOutLines(leftOut: OrgDocument['leftOut']): readonly string[] {
  if (leftOut.length === 0) return [];
  const isBlock = leftOut.some(({ path }) => !path.slice(1).includes('/'));
  return [
    'not described, and so left as the org has it:',
    ...listed(leftOut.map(({ path, flows }) => `  ${path} of ${countOf(flows, 'flow')}`)),
    ...(isBlock ? ['  (--all-blocks takes whole blocks in)'] : []),
  ];
}
