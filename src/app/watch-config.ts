import { readFile } from 'node:fs/promises';
import { pause } from '../engine/loop/pause.ts';
import type { Clock } from '../ports/clock.ts';

/** A config is small, and read again this often: that needs no help of the file system, whatever is mounted there. */
const LOOK_MS = 5_000;

/** Tells whenever the file reads differently than before, and can be read. Never rejects. */
export async function watchConfig(
  { file, clock }: { readonly file: string; readonly clock: Clock },
  onChanged: () => Promise<unknown>,
  signal: AbortSignal,
): Promise<void> {
  let known = await textOf(file);
  while (await pause(clock, LOOK_MS, signal)) {
    const text = await textOf(file);
    if (text === undefined || text === known) continue;
    known = text;
    await onChanged();
  }
}

async function textOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}
