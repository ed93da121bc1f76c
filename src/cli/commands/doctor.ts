import { makeAppLog } from '../../app/app-log.ts';
import { runDoctor } from '../../app/doctor.ts';
import type { DoctorDocument } from '../../app/doctor.ts';
import type { ExitCode } from '../../domain/error-catalog.ts';
import type { JsonObject } from '../../domain/json.ts';
import { exitCodeOfChecks } from '../../engine/doctor/check.ts';
import { renderJson, renderYaml } from '../../plan/render-document.ts';
import { write } from '../io.ts';
import type { Io } from '../io.ts';
import { levelOf } from '../open-app.ts';
import { orgsOf } from '../options.ts';
import { checkLines } from '../render-checks.ts';
import type { CommonOptions } from '../options.ts';

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
    return [...(isNew && org !== undefined ? [org] : []), ...checkLines(check)];
  });
  return lines.map((line) => `${line}\n`).join('');
}
