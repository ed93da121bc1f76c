import { makeAppLog } from '../../app/app-log.ts';
import { loadConfigFile } from '../../app/load-config-file.ts';
import { rebuildState } from '../../app/rebuild-state.ts';
import type { RebuildDocument } from '../../app/rebuild-state.ts';
import type { ExitCode } from '../../domain/error-catalog.ts';
import { usageError } from '../../domain/usage-error.ts';
import type { JsonObject } from '../../domain/json.ts';
import { countOf } from '../../plan/plan-wording.ts';
import { renderJson, renderYaml } from '../../plan/render-document.ts';
import { showText } from '../../plan/show-value.ts';
import { write } from '../io.ts';
import type { Io } from '../io.ts';
import { levelOf } from '../open-app.ts';
import type { CommonOptions } from '../options.ts';

/** Exit 0 when there is a new state file; the old one is kept. */
export async function runRebuildState(io: Io, options: CommonOptions): Promise<ExitCode> {
  if (options.org !== undefined) {
    throw usageError('the state is rebuilt as a whole, not for one org', 'Leave --org out.');
  }
  const config = await loadConfigFile(options.config, io.env);
  const log = makeAppLog(config, { level: levelOf(io, options), stream: io.stderr });
  const document = await rebuildState(config, { log }, io.signal);
  await write(io.stdout, render(document, options.output));
  return 0;
}

function render(document: RebuildDocument, output: CommonOptions['output']): string {
  if (output === 'json') return renderJson(document as unknown as JsonObject);
  if (output === 'yaml') return renderYaml(document as unknown as JsonObject);
  const { file, found, keptAside, orgs } = document;
  const lines = [
    `${file} is rebuilt from the status branch, the history of the desired state and the orgs.`,
    ...(found ? [`It was rebuilt because: ${found.message} [${found.code}]`] : []),
    ...(keptAside === undefined ? [] : [`The old file is kept as ${keptAside}.`]),
    ...orgs.flatMap(orgLines),
    ...lostLines(document),
  ];
  return lines.map((line) => `${showText(line)}\n`).join('');
}

function orgLines(org: RebuildDocument['orgs'][number]): readonly string[] {
  const { heldBack, reloadPending, withoutApplied, unreadable, changes } = org;
  const told = (flows: readonly string[], what: string): readonly string[] =>
    flows.length === 0 ? [] : [`  ${what}: ${flows.join(', ')}`];
  const differ = changes === 1 ? '1 differs' : `${String(changes)} differ`;
  return [
    `${org.org}: ${countOf(org.flows, 'flow')} known again, of which ${differ} from git now`,
    ...told(heldBack, 'held back still'),
    ...told(reloadPending, 'written since, perhaps by flowkeeper: the next run asks for a reload'),
    ...told(withoutApplied, 'what was last applied is not in git any more'),
    ...told(unreadable, 'status files that cannot be read'),
  ];
}

/** What nobody else knew is gone, and a person has to be told so. */
function lostLines({ lost, keptAside }: RebuildDocument): readonly string[] {
  const nowhere =
    'Not known any more: what was never pushed (audit records, snapshots, statuses), attempts without an end, releases by `retry` since the last run, and spent request budgets.';
  if (!lost || keptAside === undefined) return [nowhere];
  const parts = [
    counted(lost.audits, 'audit record'),
    counted(lost.snapshots, 'snapshot'),
    counted(lost.attempts, 'attempt without an end'),
  ];
  return [nowhere, `Of these the old file still shows ${parts.join(', ')}.`];
}

function counted(count: number | undefined, noun: string): string {
  return count === undefined ? `an unknown number of ${noun}s` : countOf(count, noun);
}
