import { makeAppLog } from '../../app/app-log.ts';
import { runDoctor } from '../../app/doctor.ts';
import type { DoctorDocument } from '../../app/doctor.ts';
import { renderDiagnostics } from '../../app/render-faults.ts';
import type { ExitCode } from '../../domain/error-catalog.ts';
import type { JsonObject } from '../../domain/json.ts';
import { exitCodeOfChecks } from '../../engine/doctor/check.ts';
import type { Check } from '../../engine/doctor/check.ts';
import { renderJson, renderYaml } from '../../plan/render-document.ts';
import { showText } from '../../plan/show-value.ts';
import { write } from '../io.ts';
import type { Io } from '../io.ts';
import { levelOf } from '../open-app.ts';
import { orgsOf } from '../options.ts';
import type { CommonOptions } from '../options.ts';

const MAX_FAULTS = 10;

/** Exit 0 when nothing failed, whatever there is to look at; else that of what failed. */
export async function runDoctorCommand(io: Io, options: CommonOptions): Promise<ExitCode> {
  const logOf: Parameters<typeof runDoctor>[1]['logOf'] = (config) =>
    makeAppLog(config, { level: levelOf(io, options), stream: io.stderr });
  const given = { logOf, env: io.env, ...orgsOf(options) };
  const document = await runDoctor(options.config, given, io.signal);
  await write(io.stdout, render(document, options.output));
  return exitCodeOfChecks(document.checks);
}

function render(document: DoctorDocument, output: CommonOptions['output']): string {
  if (output === 'json') return renderJson(document as unknown as JsonObject);
  if (output === 'yaml') return renderYaml(document as unknown as JsonObject);
  let org: string | undefined;
  const lines = document.checks.flatMap((check) => {
    const isNew = check.org !== org;
    org = check.org;
    return [...(isNew && org !== undefined ? [org] : []), ...linesOf(check)];
  });
  return lines.map((line) => `${line}\n`).join('');
}

function linesOf({ check, result, message, next, code, faults = [] }: Check): readonly string[] {
  const named = code === undefined ? '' : ` [${code}]`;
  const shown = renderDiagnostics(faults).trimEnd().split('\n').filter(Boolean);
  const left = shown.length - MAX_FAULTS;
  return [
    showText(`  ${WORDS[result]}  ${check.padEnd(13)}  ${message}${named}`),
    ...shown.slice(0, MAX_FAULTS).map((line) => `          ${line}`),
    ...(left > 0 ? [`          … and ${String(left)} lines more`] : []),
    ...(next === undefined ? [] : [showText(`          next: ${next}`)]),
  ];
}

const WORDS: Readonly<Record<Check['result'], string>> = {
  ok: 'ok  ',
  warn: 'warn',
  fail: 'FAIL',
  unchecked: '?   ',
};
