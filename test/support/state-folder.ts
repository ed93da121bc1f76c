import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new empty folder for a state file; whoever asks for it removes it. */
export function aStateFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'flowkeeper-state-'));
}
