import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { renderDiagnostics } from '../../app/render-faults.ts';
import { systemClock } from '../../app/system-adapters.ts';
import { watchDesired, watchFolder } from '../../app/watch-desired.ts';
import type { WatchView } from '../../app/watch-desired.ts';
import { silentLog } from '../../app/silent.ts';
import type { ExitCode } from '../../domain/error-catalog.ts';
import { countOf } from '../../plan/plan-wording.ts';
import { PLAIN, renderPlanText } from '../../plan/render-plan-text.ts';
import { COLOURED } from '../colours.ts';
import { wantsColour, write } from '../io.ts';
import type { Io } from '../io.ts';
import { openApp } from '../open-app.ts';
import type { OpenedApp } from '../open-app.ts';

export interface WatchOptions {
  readonly config?: string;
  readonly org?: readonly string[];
  /** Seconds. */
  readonly refresh: number;
  readonly verbose?: boolean;
}

/** Used where it is there and none is named. */
const CONFIG = 'flowkeeper.yaml';

/** Checks and plans again at every save, until it is stopped. */
export async function runWatch(
  io: Io,
  path: string | undefined,
  options: WatchOptions,
): Promise<ExitCode> {
  const config = options.config ?? (existsSync(CONFIG) ? CONFIG : undefined);
  const opened =
    config === undefined ? undefined : await openApp(io, { ...options, config, output: 'text' });
  try {
    const screen = new Screen(io);
    await watchDesired(
      {
        path: path ?? folderOf(opened),
        clock: systemClock,
        watch: (folder, onHint) => watchFolder(folder, silentLog, onHint),
        ...(opened && { planning: planningOf(opened, options) }),
      },
      (view) => screen.show(view),
      io.signal,
    );
    return 0;
  } finally {
    opened?.progress.close();
    await opened?.app.close();
  }
}

function folderOf(opened: OpenedApp | undefined): string {
  const { source } = opened?.app.config ?? {};
  return source?.repositoryKind === 'local' ? join(source.repository, source.directory) : '.';
}

function planningOf({ app }: OpenedApp, { org, refresh }: WatchOptions) {
  return { app, orgs: app.orgNames(org), refreshMs: refresh * 1000 };
}

/** On a terminal one screen that is drawn anew; in a log what is new, once. */
class Screen {
  readonly #io: Io;
  #shown = '';

  constructor(io: Io) {
    this.#io = io;
  }

  async show(view: WatchView): Promise<void> {
    const { stdout } = this.#io;
    const body = bodyOf(view, wantsColour(this.#io, stdout));
    if (body === this.#shown) return;
    this.#shown = body;
    const text = `${headOf(view)}\n${body}`;
    await write(stdout, stdout.isTTY === true ? `${CLEAR}${this.#cut(text)}` : `${text}\n`);
  }

  /** What is beyond the last row would push the first ones away. */
  #cut(text: string): string {
    const { rows = Infinity } = this.#io.stdout;
    const lines = text.trimEnd().split('\n');
    if (lines.length < rows) return text;
    const kept = lines.slice(0, rows - 2);
    return `${kept.join('\n')}\n… ${countOf(lines.length - kept.length, 'line')} more\n`;
  }
}

const CLEAR = '\u001b[2J\u001b[3J\u001b[H';

function headOf({ checked, tookMs }: WatchView): string {
  const flows = checked.orgs.reduce((sum, org) => sum + org.flows, 0);
  const what = `${countOf(flows, 'flow file')} of ${countOf(checked.orgs.length, 'org')}`;
  return `${timeOf(Date.now())}  ${checked.directory}: ${what} checked in ${tookMs.toFixed(0)} ms`;
}

function bodyOf({ checked, planned, isCurrent, live }: WatchView, coloured: boolean): string {
  const { diagnostics } = checked;
  const found = diagnostics.length === 0 ? 'no faults' : countOf(diagnostics.length, 'fault');
  const plans = planned?.plans.map((plan) =>
    withoutDigest(renderPlanText(plan, coloured ? COLOURED : PLAIN)),
  );
  return [
    `${found}\n`,
    renderDiagnostics(diagnostics),
    ...(live?.error
      ? [
          `the org cannot be read: ${live.error.message} [${live.error.code}]\n  next: ${live.error.advice}\n`,
        ]
      : []),
    ...(planned && !isCurrent ? [`the plan of ${timeOf(planned.at)}, before these faults:\n`] : []),
    ...(plans ?? []).map((plan) => `\n${plan}`),
  ].join('');
}

/** What is approved is a commit's plan; these files are none. */
function withoutDigest(text: string): string {
  return text.replace(/^.*\bdigest [0-9a-f]{64}.*\n/m, '');
}

function timeOf(at: number): string {
  return new Date(at).toTimeString().slice(0, 8);
}
