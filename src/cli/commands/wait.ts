import type { JsonObject } from '../../domain/json.ts';
import type { RevisionOutcome } from '../../engine/await-revision.ts';
import { EXIT_OF_END } from '../../engine/judge-revision.ts';
import type { FlowVerdict, RevisionEnd } from '../../engine/judge-revision.ts';
import { countOf } from '../../plan/plan-wording.ts';
import { renderJson, renderYaml } from '../../plan/render-document.ts';
import { showText } from '../../plan/show-value.ts';
import { write } from '../io.ts';
import type { Io } from '../io.ts';
import { openApp } from '../open-app.ts';
import { orgsOf } from '../options.ts';
import type { CommandExit, CommonOptions } from '../options.ts';

export type WaitOptions = CommonOptions & {
  /** Milliseconds. */
  readonly timeout: number;
  readonly base?: string;
};

const MAX_LISTED = 50;

/** The exit code is that of what became of the commit; what is known so far is told on stderr as it changes. */
export async function runWait(
  io: Io,
  revision: string,
  options: WaitOptions,
): Promise<CommandExit> {
  const { app, progress } = await openApp(io, options);
  try {
    const asked = {
      revision,
      ...orgsOf(options),
      ...(options.base !== undefined && { base: options.base }),
      timeoutMs: options.timeout,
      tell: (view: RevisionOutcome) => write(io.stderr, io.isQuiet === true ? '' : soFar(view)),
    };
    const outcome = await app.awaitRevision(asked, io.signal);
    progress.close();
    await write(io.stdout, render(outcome, options.output));
    return EXIT_OF_END[outcome.end];
  } finally {
    progress.close();
    await app.close();
  }
}

const WORDS: Readonly<Record<RevisionEnd, string>> = {
  applied: 'applied',
  failed: 'failed',
  denied: 'denied',
  invalid: 'invalid',
  waiting: 'not yet',
  held: 'held',
};

function soFar({ revision, isMerged, flows }: RevisionOutcome): string {
  const head = `flowkeeper: ${revision.slice(0, 10)}`;
  if (!isMerged) return `${head} is not on the watched branch yet\n`;
  const counts = Map.groupBy(flows, ({ end }) => end);
  const told = [...counts].map(([end, some]) => `${String(some.length)} ${WORDS[end]}`);
  return told.length === 0 ? '' : `${head}: ${told.join(', ')}\n`;
}

function render(outcome: RevisionOutcome, output: CommonOptions['output']): string {
  // schemas/revision-outcome.schema.json
  const document = {
    apiVersion: 'flowkeeper/v1',
    kind: 'RevisionOutcome',
    exitCode: EXIT_OF_END[outcome.end],
    ...outcome,
  };
  if (output === 'json') return renderJson(document as unknown as JsonObject);
  if (output === 'yaml') return renderYaml(document as unknown as JsonObject);
  const { revision, end, isMerged, flows, orgs } = outcome;
  const shown = flows.slice(0, MAX_LISTED);
  const lines = [
    `${revision.slice(0, 10)} ${WORDS[end]}${summaryOf(outcome)}`,
    ...shown.map(flowLine),
    ...(flows.length > shown.length
      ? [`  … and ${String(flows.length - shown.length)} more; --output json has them all`]
      : []),
    ...orgs.map(({ org, state, reason }) => `  ${org} is ${state}: ${reason}`),
    ...(end === 'waiting' && isMerged
      ? [
          `next: \`flowkeeper explain ${revision.slice(0, 10)}\` on the controller's machine; does one run?`,
        ]
      : []),
  ];
  return lines.map((line) => `${showText(line)}\n`).join('');
}

function summaryOf({ isMerged, flows }: RevisionOutcome): string {
  if (!isMerged) return ': the watched branch does not have it';
  return flows.length === 0
    ? ': it changes the settings of no flow'
    : `: it changes ${countOf(flows.length, 'flow')}`;
}

function flowLine({ org, name, flowId, file, end, state, reason, overtaken }: FlowVerdict): string {
  const facts = [
    ...(state === undefined ? [] : [state]),
    ...(overtaken === true ? ['a later commit changes it again'] : []),
    ...(reason === undefined ? [] : [reason]),
  ];
  const told = facts.length === 0 ? '' : `  ${facts.join('; ')}`;
  return `  ${WORDS[end].padEnd(8)} ${name}  ${flowId ?? file} in ${org}${told}`;
}
