import type { App } from '../../app/create-app.ts';
import { readStatus, readStatusSince } from '../../app/read-status.ts';
import type { OrgStatusView } from '../../app/read-status.ts';
import { systemClock } from '../../app/system-adapters.ts';
import type { ExitCode } from '../../domain/error-catalog.ts';
import { usageError } from '../../domain/usage-error.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { FlowStatus } from '../../domain/flow-status.ts';
import { pause } from '../../engine/loop/pause.ts';
import { renderJson, renderYaml } from '../../plan/render-document.ts';
import { showText } from '../../plan/show-value.ts';
import { changedLines, followStatus } from '../follow-status.ts';
import { write } from '../io.ts';
import type { Io } from '../io.ts';
import { openApp } from '../open-app.ts';
import type { CommonOptions } from '../options.ts';

export type StatusOptions = CommonOptions & {
  readonly watch?: boolean;
  /** Milliseconds. */
  readonly every: number;
};

const MAX_LISTED = 50;
/** Clears the screen, and what was scrolled out of it stays. */
const CLEAR = '\u001b[H\u001b[2J';

/** What the status branch knows; exit 2 when some flow is not in sync, or a file has faults. */
export async function runStatus(
  io: Io,
  flow: string | undefined,
  options: StatusOptions,
): Promise<ExitCode> {
  const { app, progress } = await openApp(io, options);
  try {
    if (options.watch === true) return await watch(io, app, { ...options, flow });
    const views = await readStatus(app, options.org, io.signal);
    progress.close();
    const chosen = flow === undefined ? views : [only(views, flow)];
    await write(io.stdout, render(chosen, options.output, flow !== undefined));
    return chosen.every(isSettled) ? 0 : 2;
  } finally {
    progress.close();
    await app.close();
  }
}

/** Until a signal ends it: on a terminal all of it, painted anew; elsewhere a line for each change. */
async function watch(
  io: Io,
  app: App,
  { flow, org, every, output }: StatusOptions & { readonly flow: string | undefined },
): Promise<ExitCode> {
  let known: string | undefined;
  let before: readonly OrgStatusView[] = [];
  const isScreen = io.stdout.isTTY === true;
  const show = (views: readonly OrgStatusView[]): string => {
    if (output !== 'text') return `${JSON.stringify(documentOf(views))}\n`;
    if (isScreen) return `${CLEAR}${views.map(renderOrg).join('\n')}`;
    return changedLines(before, views)
      .map((line) => `${line}\n`)
      .join('');
  };
  await followStatus({
    async read() {
      const found = await readStatusSince(app, { orgs: org, known }, io.signal);
      known = found?.revision ?? known;
      return found && (flow === undefined ? found.views : [only(found.views, flow)]);
    },
    pause: () => pause(systemClock, every, io.signal),
    async paint(views) {
      await write(io.stdout, show(views));
      before = views;
    },
    fail: (message) => write(io.stderr, `flowkeeper: ${showText(message)}\n`),
  }).catch((error: unknown) => {
    if (!io.signal.aborted) throw error;
  });
  return 0;
}

function isSettled({ org, flows }: OrgStatusView): boolean {
  const orgIsFine = org === undefined || org.state === 'Ready' || org.state === 'Reporting';
  return (
    orgIsFine && (org?.faults ?? []).length === 0 && flows.every(({ state }) => state === 'InSync')
  );
}

function only(views: readonly OrgStatusView[], flow: string): OrgStatusView {
  for (const view of views) {
    const flows = view.flows.filter(
      ({ flowId, name }) => flowId === flow.toLowerCase() || name === flow,
    );
    if (flows.length > 0) return { name: view.name, flows };
  }
  throw usageError(
    `the status branch knows no flow ${flow}`,
    'Name it by its id or exact name; `flowkeeper status --output json` lists those that were reconciled before.',
  );
}

function render(
  views: readonly OrgStatusView[],
  output: CommonOptions['output'],
  whole: boolean,
): string {
  if (output === 'json') return renderJson(documentOf(views));
  if (output === 'yaml') return renderYaml(documentOf(views));
  if (whole) return views.flatMap(({ flows }) => flows.map(asFile)).join('');
  return views.map(renderOrg).join('\n');
}

/** As schemas/status-list.schema.json has it. */
function documentOf(views: readonly OrgStatusView[]): JsonObject {
  const document = { apiVersion: 'flowkeeper/v1', kind: 'StatusList', orgs: views };
  return document as unknown as JsonObject;
}

/** As it lies on the status branch. */
function asFile(flow: FlowStatus): string {
  return renderYaml(flow as unknown as JsonObject);
}

function renderOrg({ name, org, flows }: OrgStatusView): string {
  const counts = new Map<string, number>();
  for (const { state } of flows) counts.set(state, (counts.get(state) ?? 0) + 1);
  const summary = [...counts].map(([state, count]) => `${String(count)} ${state}`).join(', ');
  const others = flows.filter((flow) => flow.state !== 'InSync' || fightOf(flow));
  const lines = [
    `${name}  ${org?.state ?? 'unknown'}  ${summary === '' ? 'no flow recorded yet' : summary}`,
    ...(org?.reason === undefined ? [] : [`  ${showText(org.reason)}`]),
    ...faultLines(org),
    ...others.slice(0, MAX_LISTED).map(renderFlow),
    ...(others.length > MAX_LISTED
      ? [`  … and ${String(others.length - MAX_LISTED)} more; --output json has them all`]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** Files of which nobody can tell what flow they mean; the others stand with their flows. */
function faultLines(org: OrgStatusView['org']): string[] {
  return (org?.faults ?? []).slice(0, MAX_LISTED).map(({ file, line, column, code, message }) => {
    const place = `${file}:${String(line)}:${String(column)}`;
    return showText(`  Invalid     ${place}: ${message} [${code}]`);
  });
}

function renderFlow(flow: FlowStatus): string {
  const ready = flow.conditions.find(({ type }) => type === 'Ready');
  const why = ready?.message ?? ready?.reason ?? '';
  const name = showText(flow.name ?? flow.file);
  const line = `  ${flow.state.padEnd(11)} ${name}  ${flow.flowId}  since ${flow.since}  ${showText(why)}`;
  const fight = fightOf(flow);
  return fight
    ? `${line}\n    Fighting since ${fight.since}: ${showText(fight.message ?? '')}`
    : line;
}

/** Others keep changing the flow; it is told also while the flow is in sync again and watched. */
function fightOf({ conditions }: FlowStatus): FlowStatus['conditions'][number] | undefined {
  return conditions.find(({ type }) => type === 'Fighting');
}
