import { explainFreeze, parseTime } from '../../app/explain-freeze.ts';
import type { OrgFreezeView } from '../../app/explain-freeze.ts';
import { renderDiagnostics } from '../../app/render-faults.ts';
import type { ExitCode } from '../../domain/error-catalog.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { GateVerdict } from '../../domain/verdict.ts';
import { freezeLine } from '../../plan/plan-wording.ts';
import { renderJson, renderYaml } from '../../plan/render-document.ts';
import { freezeDocument, verdictDocument } from '../../plan/render-plan-json.ts';
import { showText } from '../../plan/show-value.ts';
import { write } from '../io.ts';
import type { Io } from '../io.ts';
import type { OutputFormat } from '../options.ts';

export interface ExplainOptions {
  readonly at: string;
  readonly path: string;
  readonly org?: readonly string[];
  readonly output: OutputFormat;
}

/** Which freeze windows stand at an instant, and what passes them, offline; exit 3 when a policy has a fault. */
export async function runExplain(io: Io, options: ExplainOptions): Promise<ExitCode> {
  const at = parseTime(options.at, Date.now());
  const views = await explainFreeze(options.path, at, options.org);
  await write(io.stdout, render(views, at, options.output));
  const faults = views.flatMap(({ policyFaults }) => policyFaults);
  if (faults.length === 0) return 0;
  await write(io.stderr, renderDiagnostics(faults));
  return 3;
}

function render(views: readonly OrgFreezeView[], at: number, output: OutputFormat): string {
  if (output === 'json') return renderJson(makeDocument(views, at));
  if (output === 'yaml') return renderYaml(makeDocument(views, at));
  return views.map((view) => renderOrg(view, at)).join('\n');
}

function renderOrg(view: OrgFreezeView, at: number): string {
  const { freezes, next } = view;
  const head = `${view.org} at ${instant(at)}`;
  if (view.policyFaults.length > 0) return showText(`${head}: policy.yaml has faults`) + '\n';
  const lines = [
    head,
    ...(freezes.length === 0 ? ['  no freeze window stands'] : freezes.map(indentedLine)),
    ...(view.mode === 'report' ? ['  mode report: nothing is written at any time'] : []),
    `  changes ${passes(view.changes)}`,
    `  reverts ${passes(view.reverts)}`,
    ...(next ? [`  next: ${JSON.stringify(next.name)} from ${instant(next.startsAt)}`] : []),
  ];
  return `${lines.map((line) => showText(line)).join('\n')}\n`;
}

function indentedLine(freeze: OrgFreezeView['freezes'][number]): string {
  return `  ${freezeLine(freeze)}`;
}

function passes(verdict: GateVerdict): string {
  if (verdict.kind !== 'allow') return `wait: ${verdict.reason}`;
  return verdict.freezeOverride === undefined
    ? 'pass'
    : `pass, under freeze override ${JSON.stringify(verdict.freezeOverride)}`;
}

/** As schemas/freeze-explanation.schema.json has it. */
function makeDocument(views: readonly OrgFreezeView[], at: number): JsonObject {
  const document = {
    apiVersion: 'flowkeeper/v1',
    kind: 'FreezeExplanation',
    at: instant(at),
    orgs: views.map(({ org, mode, policyFaults, ...view }) =>
      policyFaults.length > 0
        ? { org, policyFaults }
        : {
            org,
            policyFaults,
            mode,
            freezes: view.freezes.map(freezeDocument),
            changes: verdictDocument(view.changes),
            reverts: verdictDocument(view.reverts),
            ...(view.next && {
              next: { name: view.next.name, startsAt: instant(view.next.startsAt) },
            }),
          },
    ),
  };
  return document as unknown as JsonObject;
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
