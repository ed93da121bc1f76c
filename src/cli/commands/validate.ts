import { renderDiagnostics } from '../../app/render-faults.ts';
import { validateFiles } from '../../app/validate-files.ts';
import type { ValidationResult } from '../../app/validate-files.ts';
import type { ExitCode } from '../../domain/error-catalog.ts';
import type { JsonObject } from '../../domain/json.ts';
import { renderJson, renderYaml } from '../../plan/render-document.ts';
import { write } from '../io.ts';
import type { Io } from '../io.ts';
import type { OutputFormat } from '../options.ts';

/** Checks files offline; exit 3 when one has a fault. */
export async function runValidate(
  io: Io,
  path: string,
  options: { readonly output: OutputFormat },
): Promise<ExitCode> {
  const result = await validateFiles(path);
  await write(io.stdout, render(result, options.output));
  return result.diagnostics.length > 0 ? 3 : 0;
}

function render(result: ValidationResult, output: OutputFormat): string {
  // schemas/validation.schema.json
  const document = { apiVersion: 'flowkeeper/v1', kind: 'Validation', ...result };
  if (output === 'json') return renderJson(document as unknown as JsonObject);
  if (output === 'yaml') return renderYaml(document as unknown as JsonObject);
  const { orgs, diagnostics } = result;
  const flows = orgs.reduce((sum, org) => sum + org.flows, 0);
  const checked = `${count(flows, 'flow file')} of ${count(orgs.length, 'org')} checked in ${result.directory}`;
  if (diagnostics.length === 0) return `${checked}: no faults\n`;
  return `${renderDiagnostics(diagnostics)}${checked}: ${count(diagnostics.length, 'fault')}\n`;
}

function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
}
