import { readFile } from 'node:fs/promises';
import { watchFile } from '../adapters/files/watch-file.ts';
import { makeBell } from '../engine/loop/bell.ts';
import { pause } from '../engine/loop/pause.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';

/** A config is small, and read again this often: that needs no help of the file system, whatever is mounted there. */
const LOOK_MS = 5_000;
/** Whoever saves a file may write it in parts. */
const SETTLE_MS = 50;

/** What is watched, and by what. */
export interface WatchedConfig {
  readonly file: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Tells that the file may have changed; replaced in tests. */
  readonly hints?: typeof watchFile;
  /** Undefined: it cannot be read now. Replaced in tests. */
  readonly read?: (file: string) => Promise<string | undefined>;
}

/**
 * Tells whenever the file reads differently than before, and can be read: at once where the file system says so, else
 * within some seconds. Never rejects.
 */
export async function watchConfig(
  { file, clock, log, hints = watchFile, read = textOf }: WatchedConfig,
  onChanged: () => Promise<unknown>,
  signal: AbortSignal,
): Promise<void> {
  const bell = makeBell(clock);
  const seen = { hint: false };
  const stopHints = hints({ file, log }, () => {
    seen.hint = true;
    bell.ring();
  });
  let known = await read(file);
  while (!signal.aborted) {
    await bell.wait(LOOK_MS, signal);
    if (seen.hint) await pause(clock, SETTLE_MS, signal);
    seen.hint = false;
    const text = await read(file);
    if (text === undefined || text === known || isOver(signal)) continue;
    known = text;
    await onChanged();
  }
  await stopHints();
}

function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}

async function textOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}
