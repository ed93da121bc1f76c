import type { RunObserver, RunPhase } from '../ports/run-observer.ts';
import type { Io } from './io.ts';

type ProgressEvent = Parameters<RunObserver['progress']>[0];

/** Nothing is shown of what is over within this time. */
const QUIET_MS = 1000;
/** A log gets a line this often, a terminal a new bar. */
const LINE_EVERY_MS = 5000;
const BAR_EVERY_MS = 100;
const BAR_WIDTH = 24;

const WORDS: Readonly<Record<RunPhase, string>> = {
  source: 'reading git',
  load: 'checking files',
  live: 'reading the org',
  plan: 'planning',
  apply: 'writing flows',
  record: 'recording',
};

/**
 * Shows what takes longer than a second on stderr: one bar that is redrawn on a terminal, a line now and then
 * in a log. `close` removes the bar.
 */
export function makeProgress(io: Io, now: () => number): RunObserver & { close(): void } {
  const startedAt = now();
  const isTerminal = io.stderr.isTTY === true;
  const ended = new Map<string, number>();
  let shownAt = 0;
  let barShown = false;

  const clear = (): void => {
    if (barShown) io.stderr.write('\r\x1b[2K');
    barShown = false;
  };
  const show = (event: ProgressEvent): void => {
    const at = now();
    if (io.isQuiet === true || at - startedAt < QUIET_MS) return;
    if (at - shownAt < (isTerminal ? BAR_EVERY_MS : LINE_EVERY_MS)) return;
    shownAt = at;
    clear();
    const seconds = ((at - startedAt) / 1000).toFixed(0);
    io.stderr.write(`${lineOf(event)} (${seconds} s)${isTerminal ? '' : '\n'}`);
    barShown = isTerminal;
  };
  return {
    progress: show,
    flowEnded(org) {
      const done = (ended.get(org) ?? 0) + 1;
      ended.set(org, done);
      show({ org, phase: 'apply', done });
    },
    close: clear,
  };
}

function lineOf({ org, phase, done, total }: ProgressEvent): string {
  const what = `${org}: ${WORDS[phase]}`;
  if (total === undefined || total === 0) return done > 0 ? `${what} ${String(done)}` : what;
  const filled = Math.round((Math.min(done, total) / total) * BAR_WIDTH);
  const bar = `${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}`;
  return `${what} [${bar}] ${String(done)}/${String(total)}`;
}
