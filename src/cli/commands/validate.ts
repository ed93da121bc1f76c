import { relative } from 'node:path';
import { packageVersion } from '../../app/package-folder.ts';
import { inOrder, renderDiagnostics } from '../../app/render-faults.ts';
import { explainConfigFile, explainFolder } from '../../app/explain-values.ts';
import { checkFolder } from '../../app/validate-files.ts';
import type { CheckedFolder, ValidationResult } from '../../app/validate-files.ts';
import type { ExitCode } from '../../domain/error-catalog.ts';
import type { JsonObject } from '../../domain/json.ts';
import { countOf } from '../../plan/plan-wording.ts';
import { renderJson, renderYaml } from '../../plan/render-document.ts';
import { renderGithub } from '../fault-reports/github.ts';
import { renderGitlab } from '../fault-reports/gitlab.ts';
import { renderJunit } from '../fault-reports/junit.ts';
import { renderSarif } from '../fault-reports/sarif.ts';
import { write } from '../io.ts';
import { renderEffective } from '../render-effective.ts';
import type { Io } from '../io.ts';

export type FaultFormat = 'text' | 'json' | 'yaml' | 'github' | 'gitlab' | 'junit' | 'sarif';

export interface ValidateOptions {
  readonly output: FaultFormat;
  /** True: of everything; a text: of this flow. */
  readonly explain?: true | string;
  /** A config to check too. */
  readonly config?: string;
}

/** Checks files offline; exit 3 when one has a fault. */
export async function runValidate(
  io: Io,
  path: string,
  { output, explain, config: file }: ValidateOptions,
): Promise<ExitCode> {
  const config = file === undefined ? undefined : await explainConfigFile(file, io.env);
  const checked = await checkFolder(path);
  const { diagnostics } = checked.result;
  if (explain === undefined) await write(io.stdout, RENDERERS[output](checked));
  else {
    const named = explain === true ? undefined : explain;
    const orgs = explainFolder(checked.loaded, named);
    await write(io.stdout, renderEffective({ ...(config && { config }), orgs }, output));
    await write(io.stderr, renderDiagnostics(diagnostics));
  }
  return diagnostics.length > 0 ? 3 : 0;
}

type Renderer = (checked: CheckedFolder) => string;

const RENDERERS: Readonly<Record<FaultFormat, Renderer>> = {
  text: ({ result }) => renderDiagnostics(result.diagnostics) + summary(result),
  json: ({ result }) => renderJson(documentOf(result)),
  yaml: ({ result }) => renderYaml(documentOf(result)),
  github: (checked) => renderGithub(fromHere(checked).diagnostics) + summary(checked.result),
  gitlab: (checked) => renderGitlab(fromHere(checked).diagnostics),
  junit: (checked) => {
    const { orgs, diagnostics } = fromHere(checked);
    return renderJunit(orgs, diagnostics);
  },
  sarif: (checked) => renderSarif(fromHere(checked).diagnostics, packageVersion()),
};

/** As schemas/validation.schema.json has it. */
function documentOf(result: ValidationResult): JsonObject {
  const document = { apiVersion: 'flowkeeper/v1', kind: 'Validation', ...result };
  return document as unknown as JsonObject;
}

function summary({ orgs, diagnostics, directory }: ValidationResult): string {
  const flows = orgs.reduce((sum, org) => sum + org.flows, 0);
  const checked = `${countOf(flows, 'flow file')} of ${countOf(orgs.length, 'org')} checked in ${directory}`;
  const found = diagnostics.length === 0 ? 'no faults' : countOf(diagnostics.length, 'fault');
  return `${checked}: ${found}\n`;
}

/** What reads these reports knows files by their paths from the folder in which the command ran: the checkout. */
function fromHere({ root, files, result }: CheckedFolder) {
  const prefix = relative(process.cwd(), root).replaceAll('\\', '/');
  const path = (file: string): string => (prefix === '' ? file : `${prefix}/${file}`);
  return {
    diagnostics: inOrder(result.diagnostics).map((fault) => ({ ...fault, file: path(fault.file) })),
    orgs: files.map(({ name, files: own }) => ({ name, files: own.map(path) })),
  };
}
