import { isError } from '../domain/errors.ts';
import type { OrgName, Revision } from '../domain/flow.ts';
import type { RunEntry, Trigger } from '../domain/trigger.ts';
import type { UnverifiedHead } from '../domain/unverified-head.ts';
import type { DesiredSource, PinnedRevision } from '../ports/desired-source.ts';
import type { TriggerLog } from '../ports/trigger-log.ts';
import { pinIfThere } from './pin-if-there.ts';

/** What became of a commit in one org. */
export type RevisionView = {
  readonly org: OrgName;
  /** The last run that is remembered; undefined: there was none. */
  readonly last?: RunEntry;
} & (
  | {
      /** A run read and planned the whole org with it. */
      readonly kind: 'covered';
      /** The first that is remembered. */
      readonly run: RunEntry;
      /** An earlier one may have covered it: those are forgotten. */
      readonly isOldest: boolean;
    }
  /** The watched branch does not have it. */
  | { readonly kind: 'not-merged'; readonly head: Revision }
  /** It came with a head that was not signed by anybody who may. */
  | { readonly kind: 'unverified'; readonly unverified: UnverifiedHead }
  /** It leaves the desired state as it is: nothing calls for a run. */
  | { readonly kind: 'no-change' }
  | {
      readonly kind: 'waiting';
      /** What asked for a run and has none yet. */
      readonly pending: readonly Trigger[];
    }
);

/** As many runs as are remembered of an org. */
const ALL_RUNS = 1_000;

/**
 * Tells which run covered a commit, or why none did yet.
 *
 * @throws git.*, state.*
 */
export async function explainRevision(
  ports: { readonly source: DesiredSource; readonly triggers: TriggerLog },
  asked: { readonly pinned: PinnedRevision; readonly orgs: readonly OrgName[] },
  signal: AbortSignal,
): Promise<readonly RevisionView[]> {
  const { source, triggers } = ports;
  const { pinned } = asked;
  const { head, unverified } = await lookAtHead(source, signal);
  const contains = makeContains(source, pinned, signal);
  const tip = unverified?.revision ?? head?.revision ?? '';
  const isMerged = await contains(tip);
  const isVerified = !unverified || (head !== undefined && (await contains(head.revision)));
  return Promise.all(
    asked.orgs.map(async (org): Promise<RevisionView> => {
      const runs = await triggers.runs(org, ALL_RUNS);
      const last = runs[0];
      const known = { org, ...(last && { last }) };
      const good = runs.filter(({ error }) => error === undefined);
      const run = await firstWith(good, contains);
      if (run) return { ...known, kind: 'covered', run, isOldest: run === good.at(-1) };
      if (!isMerged) return { ...known, kind: 'not-merged', head: tip };
      if (!isVerified) return { ...known, kind: 'unverified', unverified };
      const planned = good[0] && (await pinIfThere(source, good[0].revision, signal));
      if (planned && planned.treeId === head?.treeId) return { ...known, kind: 'no-change' };
      return { ...known, kind: 'waiting', pending: await triggers.pending(org) };
    }),
  );
}

/** What runs go by, and the branch's head where that is not it. */
async function lookAtHead(
  source: DesiredSource,
  signal: AbortSignal,
): Promise<{ readonly head?: PinnedRevision; readonly unverified?: UnverifiedHead }> {
  try {
    const head = await source.pinHead(signal);
    return { head, ...(head.unverified && { unverified: head.unverified }) };
  } catch (error) {
    if (!isError(error, 'git.unverified')) throw error;
    return { unverified: { ...error.details, reason: error.message } };
  }
}

type Contains = (revision: Revision) => Promise<boolean>;

/** Whether the history of a revision has the commit; git is asked once for each. */
function makeContains(
  source: DesiredSource,
  commit: PinnedRevision,
  signal: AbortSignal,
): Contains {
  const ask = async (revision: Revision): Promise<boolean> => {
    const pinned = await pinIfThere(source, revision, signal);
    const base = pinned && (await source.mergeBase(pinned, commit, signal));
    return base?.revision === commit.revision;
  };
  const known = new Map([[commit.revision, Promise.resolve(true)]]);
  return (revision) => {
    const asked = known.get(revision) ?? ask(revision);
    known.set(revision, asked);
    return asked;
  };
}

/** Of runs, newest first, the earliest of those that have the commit without a break. */
async function firstWith(
  runs: readonly RunEntry[],
  contains: Contains,
): Promise<RunEntry | undefined> {
  let found: RunEntry | undefined;
  for (const run of runs) {
    if (!(await contains(run.revision))) break;
    found = run;
  }
  return found;
}
