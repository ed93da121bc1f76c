import type { DesiredFlow } from '../domain/flow.ts';
import type { CalmPage } from './live-comparison.ts';

export interface PageMemoryLimits {
  /** Of so many reads in a row, at least one compares every page. */
  readonly reads: number;
  /** After so long every page is compared, in milliseconds. */
  readonly ageMs: number;
}

const DEFAULT_LIMITS: PageMemoryLimits = { reads: 10, ageMs: 3_600_000 };

/** On what ground pages are compared. */
export interface PageGround {
  /** The very same flows for as long as git says the same: they are compared by identity. */
  readonly desired: readonly DesiredFlow[];
  readonly orgId: string;
  /** Epoch ms. */
  readonly now: number;
}

/**
 * The pages of an org's last whole read that were calm (each flow on them in sync, or none of git's), by the
 * digest of their bytes. Such a page need not be parsed and compared while nothing that decides about it
 * changed:
 *
 * | what decides                           | how it is known to be the same            |
 * |----------------------------------------|-------------------------------------------|
 * | the flows on the page                  | equal digest                              |
 * | desired settings, names, ignore rules  | the very same desired flows, in order     |
 * | which ignore rules have not run out    | as many as before: they end in one order  |
 * | the org, which a scope may mean        | equal id                                  |
 *
 * Modes, suspensions and gates are judged anew in every run, on whatever the comparison says. Every tenth
 * read, at least one an hour, compares every page all the same, so that a fault in this reasoning cannot last.
 */
export interface PageMemory {
  /** @param full compare every page, whatever is known */
  open(ground: PageGround, full?: boolean): PageReading;
}

/** One read of the list. */
export interface PageReading {
  /** Undefined: the page must be compared. */
  recall(digest: string): CalmPage | undefined;
  /** Undefined: the page is not calm. */
  note(digest: string, page: CalmPage | undefined): void;
  /** To be called once the list was whole: from then on this read is the last. */
  keep(): void;
}

interface Kept extends Omit<PageGround, 'now'> {
  readonly rulesInForce: number;
  readonly pages: ReadonlyMap<string, CalmPage>;
}

/** Holds no more than the pages of one read; what is on them belongs to the plan and to `desired` anyway. */
export function makePageMemory(limits: PageMemoryLimits = DEFAULT_LIMITS): PageMemory {
  let kept: Kept | undefined;
  let readsSinceFull = 0;
  let fullReadAt = 0;

  return {
    open(ground, full = false) {
      const { now } = ground;
      const rulesInForce = countInForce(ground);
      const isOld = now < fullReadAt || now - fullReadAt >= limits.ageMs;
      const isDue = full || isOld || readsSinceFull >= limits.reads;
      const known = !isDue && kept && isSame(kept, ground, rulesInForce) ? kept.pages : undefined;
      const pages = new Map<string, CalmPage>();
      return {
        recall: (digest) => known?.get(digest),
        note(digest, page) {
          if (page) pages.set(digest, page);
        },
        keep() {
          kept = { desired: ground.desired, orgId: ground.orgId, rulesInForce, pages };
          if (!known) fullReadAt = now;
          readsSinceFull = known ? readsSinceFull + 1 : 1;
        },
      };
    },
  };
}

function isSame(kept: Kept, { desired, orgId }: PageGround, rulesInForce: number): boolean {
  return (
    kept.orgId === orgId &&
    kept.rulesInForce === rulesInForce &&
    kept.desired.length === desired.length &&
    desired.every((flow, i) => flow === kept.desired[i])
  );
}

/** Rules with an end that has not come. They run out in the order of their ends, so the number tells which. */
function countInForce({ desired, now }: PageGround): number {
  let count = 0;
  for (const { ignore } of desired)
    for (const { untilAt } of ignore) if (untilAt !== undefined && now < untilAt) count += 1;
  return count;
}
