import { FlowkeeperError } from '../domain/errors.ts';
import type { Revision } from '../domain/flow.ts';
import type { CommitFault, UnverifiedHead } from '../domain/unverified-head.ts';
import type { Clock } from '../ports/clock.ts';
import type { CommitVerifier } from '../ports/commit-verifier.ts';
import type { DesiredSource, PinnedRevision } from '../ports/desired-source.ts';
import type { Log } from '../ports/log.ts';
import type { VerifiedHeads } from '../ports/verified-heads.ts';
import { pinIfThere } from './pin-if-there.ts';

/** A key can expire while nobody changes a file: after so long the same head is judged again. */
const GOOD_FOR_MS = 3_600_000;

export interface VerifiedSourceParts {
  readonly source: DesiredSource;
  readonly verifier: CommitVerifier;
  readonly heads: VerifiedHeads;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly log: Log;
  /** `head`: the head alone; `strict`: every commit since the head that was verified last. */
  readonly mode: 'head' | 'strict';
}

/**
 * The same source, of which only a verified head is pinned. When the branch's head is not, the last one that was and
 * still is stands in for it, and carries what is wrong with the other. A revision that is asked for by name is not
 * judged: it is only looked at.
 */
export function verifiedSource(parts: VerifiedSourceParts): DesiredSource {
  const { source } = parts;
  const judge = makeJudge(parts);
  return {
    pinHead: (signal) => pinVerified(parts, judge, signal),
    pin: (ref, signal) => source.pin(ref, signal),
    files: (pinned, signal) => source.files(pinned, signal),
    blobs: (blobIds, signal) => source.blobs(blobIds, signal),
    mergeBase: (a, b, signal) => source.mergeBase(a, b, signal),
    firstParent: (pinned, signal) => source.firstParent(pinned, signal),
    mergeOf: (pinned, revision, signal) => source.mergeOf(pinned, revision, signal),
    lastChange: (pinned, path, signal) => source.lastChange(pinned, path, signal),
  };
}

async function pinVerified(
  { source, heads, mode, log }: VerifiedSourceParts,
  judge: Judge,
  signal: AbortSignal,
): Promise<PinnedRevision> {
  const head = await source.pinHead(signal);
  const { revision } = head;
  const last = await heads.last();
  // of the last one itself there is nothing since, and it has to be good all the same
  const since = mode === 'strict' && last !== revision ? last : undefined;
  const { fault, isNews } = await judge(revision, since, signal);
  if (fault === undefined) {
    if (last !== revision) await heads.save(revision);
    return head;
  }
  const unverified = { revision, ...fault };
  if (isNews) log.warn('the head of the branch is not verified', { ...unverified });
  const standIn = last === revision ? undefined : last;
  const good = standIn && (await pinIfThere(source, standIn, signal));
  // who may sign can have changed since
  if (good && (await judge(good.revision, undefined, signal)).fault === undefined)
    return { ...good, unverified };
  throw unverifiedError(unverified);
}

type Judge = (
  tip: Revision,
  since: Revision | undefined,
  signal: AbortSignal,
) => Promise<{ readonly fault: CommitFault | undefined; readonly isNews: boolean }>;

/** Asks the verifier once for each head and ground, and again when that was long ago. */
function makeJudge({ verifier, clock }: VerifiedSourceParts): Judge {
  let known = new Map<string, { readonly fault: CommitFault | undefined; readonly atMs: number }>();
  return async (tip, since, signal) => {
    const key = JSON.stringify([await verifier.ground(), tip, since ?? null]);
    const before = known.get(key);
    const now = clock.monotonicMs();
    if (before && now - before.atMs < GOOD_FOR_MS) return { fault: before.fault, isNews: false };
    const asked = { tip, ...(since !== undefined && { since }) };
    const fault = await verifier.findFault(asked, signal);
    // a head and its stand-in; what was before them is not asked for again
    known = new Map([...[...known].slice(-1), [key, { fault, atMs: now }]]);
    return { fault, isNews: before === undefined };
  };
}

/** What is thrown where nothing stands in for it. */
export function unverifiedError({
  revision,
  commit,
  fault,
  reason,
}: UnverifiedHead): FlowkeeperError {
  const message = `the head ${revision.slice(0, 10)} of the watched branch is not verified: ${reason}`;
  return new FlowkeeperError('git.unverified', message, { revision, commit, fault });
}
