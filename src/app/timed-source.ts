import type { Deadlines } from '../domain/deadlines.ts';
import { withinTime } from '../engine/time-limits.ts';
import type { Clock } from '../ports/clock.ts';
import type { DesiredSource, PinnedRevision } from '../ports/desired-source.ts';

/** The same source, of which finding out what git says ends in time. What reads a pinned commit is part of a run. */
export function timedSource(
  source: DesiredSource,
  clock: Clock,
  deadlines: Deadlines,
): DesiredSource {
  const inTime = (
    signal: AbortSignal,
    pin: (signal: AbortSignal) => Promise<PinnedRevision>,
  ): Promise<PinnedRevision> => withinTime(clock, { what: 'source', deadlines }, signal, pin);
  return {
    pinHead: (signal) => inTime(signal, (alive) => source.pinHead(alive)),
    pin: (ref, signal) => inTime(signal, (alive) => source.pin(ref, alive)),
    files: (pinned, signal) => source.files(pinned, signal),
    blobs: (blobIds, signal) => source.blobs(blobIds, signal),
    mergeBase: (a, b, signal) => source.mergeBase(a, b, signal),
    firstParent: (pinned, signal) => source.firstParent(pinned, signal),
    mergeOf: (pinned, revision, signal) => source.mergeOf(pinned, revision, signal),
    lastChange: (pinned, path, signal) => source.lastChange(pinned, path, signal),
  };
}
