import { formatDuration } from '../../domain/duration.ts';
import type { ExitCode } from '../../domain/error-catalog.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { RunEntry, Trigger } from '../../domain/trigger.ts';
import { unverifiedWords } from '../../domain/unverified-head.ts';
import type { ExplainedRevision } from '../../app/resident.ts';
import { makeRunEntryDocument } from '../../engine/loop/run-document.ts';
import type { RevisionView } from '../../engine/explain-revision.ts';
import { renderJson, renderYaml } from '../../plan/render-document.ts';
import { showText } from '../../plan/show-value.ts';
import { write } from '../io.ts';
import type { Io } from '../io.ts';
import { openApp } from '../open-app.ts';
import { orgsOf } from '../options.ts';
import type { CommonOptions } from '../options.ts';

/** Which run covered a commit, or why none did yet; exit 2 while something still waits. */
export async function runExplainRevision(
  io: Io,
  revision: string,
  options: CommonOptions,
): Promise<ExitCode> {
  const { app, progress } = await openApp(io, options);
  try {
    const explained = await app.explain({ revision, ...orgsOf(options) }, io.signal);
    progress.close();
    await write(io.stdout, render(explained, options.output));
    return explained.orgs.every(isDone) ? 0 : 2;
  } finally {
    progress.close();
    await app.close();
  }
}

function isDone(view: RevisionView): boolean {
  if (view.kind === 'no-change') return true;
  return view.kind === 'covered' && (view.last?.exitCode ?? 0) === 0;
}

function render(explained: ExplainedRevision, output: CommonOptions['output']): string {
  if (output === 'json') return renderJson(documentOf(explained));
  if (output === 'yaml') return renderYaml(documentOf(explained));
  const lines = [explained.revision, ...explained.orgs.flatMap(linesOf)];
  return `${lines.map((line) => showText(line)).join('\n')}\n`;
}

function linesOf(view: RevisionView): string[] {
  const { org, last } = view;
  switch (view.kind) {
    case 'covered':
      return coveredLines(view);
    case 'not-merged':
      return [
        `${org}  not covered: the watched branch does not have it (its head is ${view.head})`,
      ];
    case 'unverified':
      return [
        `${org}  not covered: ${unverifiedWords(view.unverified)}`,
        ...(last ? ['  the last run was', ...runLines(last)] : []),
      ];
    case 'no-change':
      return [
        `${org}  no run is needed: the desired state is that of the last run`,
        ...(last ? runLines(last) : []),
      ];
    case 'waiting':
      return [`${org}  not covered yet`, ...view.pending.map(triggerLine), ...whyWaiting(view)];
  }
}

function coveredLines({
  org,
  last,
  run,
  isOldest,
}: Extract<RevisionView, { kind: 'covered' }>): string[] {
  const first = isOldest ? 'by this run, or an earlier one that is forgotten' : 'first by';
  const isLast = last === undefined || last.runId === run.runId;
  return [
    `${org}  covered, ${first}`,
    ...runLines(run),
    ...(isLast ? [] : ['  now, by the last run:', ...runLines(last)]),
  ];
}

function whyWaiting({ pending, last }: Extract<RevisionView, { kind: 'waiting' }>): string[] {
  const nobody =
    '  nothing has asked for a run: is a controller running? `flowkeeper reconcile` makes one';
  return [
    ...(pending.length === 0 ? [nobody] : []),
    ...(last ? ['  the last run was', ...runLines(last)] : ['  no run is remembered']),
  ];
}

function runLines(run: RunEntry): string[] {
  const { runId, revision, startedAt, durationMs, summary, held, error, waiting } = run;
  return [
    `  ${runId} on ${revision.slice(0, 10)} at ${instant(startedAt)}, ${formatDuration(durationMs)}: ${summary}`,
    ...(held === undefined ? [] : [`    held: ${held}`]),
    ...(error ? [`    ended early: ${error.message} [${error.code}]`] : []),
    ...waiting.map(({ name, flowId, status, reason, retryAt }) => {
      const until = retryAt === undefined ? '' : `, tried again at ${instant(retryAt)}`;
      return `    ${name} (${flowId}) ${status}: ${reason ?? 'no reason is known'}${until}`;
    }),
  ];
}

function triggerLine({ number, reason, at, by }: Trigger): string {
  const who = by === undefined ? '' : ` by ${by}`;
  return `  trigger ${String(number)} (${reason}${who}) of ${instant(at)} waits for a run`;
}

/** As schemas/revision-explanation.schema.json has it. */
function documentOf({ revision, orgs }: ExplainedRevision): JsonObject {
  const document = {
    apiVersion: 'flowkeeper/v1',
    kind: 'RevisionExplanation',
    revision,
    orgs: orgs.map((view) => {
      const { org, kind, last } = view;
      return {
        org,
        state: kind,
        ...(view.kind === 'covered' && {
          coveredBy: makeRunEntryDocument(view.run),
          isOldest: view.isOldest,
        }),
        ...(view.kind === 'not-merged' && { head: view.head }),
        ...(view.kind === 'unverified' && { unverified: view.unverified }),
        ...(view.kind === 'waiting' && { pending: view.pending.map(triggerDocument) }),
        ...(last && { lastRun: makeRunEntryDocument(last) }),
      };
    }),
  };
  return document as unknown as JsonObject;
}

function triggerDocument({ number, reason, at, by }: Trigger): object {
  return { number, reason, at: instant(at), ...(by !== undefined && { by }) };
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
