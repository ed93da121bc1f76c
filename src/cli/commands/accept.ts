import { acceptLive, ignoreEntries } from '../../app/accept-live.ts';
import type { Accepted, IgnoreEntries } from '../../app/accept-live.ts';
import type { ExitCode } from '../../domain/error-catalog.ts';
import type { JsonObject } from '../../domain/json.ts';
import { countOf } from '../../plan/plan-wording.ts';
import { renderJson, renderYaml } from '../../plan/render-document.ts';
import { showText, showValue } from '../../plan/show-value.ts';
import { write } from '../io.ts';
import type { Io } from '../io.ts';
import { openApp } from '../open-app.ts';
import { orgsOf } from '../options.ts';
import type { CommonOptions } from '../options.ts';

export type AcceptOptions = CommonOptions & {
  readonly folder?: string;
  readonly field?: readonly string[];
};

export type IgnoreOptions = AcceptOptions & {
  readonly until?: string;
  readonly reason: string;
  readonly owner?: string;
};

const MAX_LISTED = 20;

/** How long a field is left to others where nobody says so. */
const IGNORED_MS = 14 * 24 * 60 * 60_000;

/** Writes the live values of a flow into its file; exit 2 when that cannot be done without losing a comment. */
export async function runAccept(io: Io, flow: string, options: AcceptOptions): Promise<ExitCode> {
  const { app, progress } = await openApp(io, options);
  try {
    const accepted = await acceptLive(app, requestOf(flow, options), io.signal);
    progress.close();
    await write(io.stdout, render(accepted, options.output));
    return accepted.untouched === undefined ? 0 : 2;
  } finally {
    progress.close();
    await app.close();
  }
}

/** Prints the `ignore` entries of what differs; nothing is written. */
export async function runIgnore(io: Io, flow: string, options: IgnoreOptions): Promise<ExitCode> {
  const { app, progress } = await openApp(io, options);
  try {
    const { reason, owner } = options;
    const until = options.until ?? new Date(Date.now() + IGNORED_MS).toISOString().slice(0, 10);
    const request = {
      ...requestOf(flow, options),
      reason,
      until,
      ...(owner !== undefined && { owner }),
    };
    const entries = await ignoreEntries(app, request, io.signal);
    progress.close();
    if (io.isQuiet !== true) await write(io.stderr, `${whereTo(entries)}\n`);
    const head = entries.hasIgnore || entries.lines.length === 0 ? [] : ['ignore:'];
    await write(io.stdout, [...head, ...entries.lines].map((line) => `${line}\n`).join(''));
    return 0;
  } finally {
    progress.close();
    await app.close();
  }
}

function requestOf(flow: string, options: AcceptOptions) {
  const { folder, field } = options;
  return {
    flow,
    now: Date.now(),
    ...orgsOf(options),
    ...(folder !== undefined && { folder }),
    ...(field !== undefined && { fields: field }),
  };
}

function whereTo({ file, hasIgnore, lines }: IgnoreEntries): string {
  if (lines.length === 0)
    return `${showText(file)}: nothing differs, so there is nothing to ignore`;
  return hasIgnore ? `${showText(file)}, below \`ignore:\`:` : `${showText(file)}, at its end:`;
}

function render(accepted: Accepted, output: CommonOptions['output']): string {
  if (output === 'json') return renderJson(accepted as unknown as JsonObject);
  if (output === 'yaml') return renderYaml(accepted as unknown as JsonObject);
  const { name, flowId, org, file, fields, formerName, untouched, folder } = accepted;
  const changes = [
    ...(formerName === undefined ? [] : [`  name: ${showValue(formerName)} -> ${showValue(name)}`]),
    ...fields.map(
      ({ path, desired, live }) => `  ${path}: ${showValue(desired)} -> ${showValue(live)}`,
    ),
  ];
  const same =
    untouched === undefined
      ? `  it is as ${file} says`
      : `  ${file} is left as it is: ${untouched}`;
  const lines = [
    `${name} (${flowId}) in ${org}`,
    ...changes,
    ...extendedLines(accepted),
    ...(changes.length === 0
      ? [same]
      : [`written to ${file}`, `next: git -C ${folder} diff, commit it, and open a pull request`]),
  ];
  return lines.map((line) => `${showText(line)}\n`).join('');
}

/** What else changes with the file. */
function extendedLines({ extendedBy = [], file }: Accepted): readonly string[] {
  if (extendedBy.length === 0) return [];
  const others = `${countOf(extendedBy.length, 'file')} ${extendedBy.length === 1 ? 'extends' : 'extend'}`;
  return [
    `  ! ${others} ${file}, and says something else now: look at \`flowkeeper plan\` before the merge`,
    ...extendedBy.slice(0, MAX_LISTED).map((path) => `    ${path}`),
    ...(extendedBy.length > MAX_LISTED
      ? [`    … and ${String(extendedBy.length - MAX_LISTED)} more`]
      : []),
  ];
}
