import type { LoopObserver } from '../ports/loop-observer.ts';
import type { Log } from '../ports/log.ts';
import type { RunObserver } from '../ports/run-observer.ts';

/** A log for those who tell everything themselves. */
export const silentLog: Log = {
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
  with: () => silentLog,
};

export const silentLoopObserver: LoopObserver = {
  runEnded: ignore,
  accepted: ignore,
  moved: ignore,
};

export const silentObserver: RunObserver = { progress: ignore, flowEnded: ignore };

function ignore(): void {
  // nobody listens
}
