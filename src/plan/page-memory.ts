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
  /** In order; each the very same value for as long as git says the same of it: they are compared by identity. */
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
 * | what decides                           | how it is known to be the same                         |
 * |----------------------------------------|--------------------------------------------------------|
 * | the flows on the page                  | equal digest                                           |
 * | which flows the files mean             | the same ids and names, in order                       |
 * | what git says of the flows on the page | the very same desired flows                            |
 * | which of their ignore rules are over   | as many as at the read before, flow by flow            |
 * | the org, which a scope may mean        | equal id                                               |
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

interface Kept extends PageGround {
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
      const isOld = now < fullReadAt || now - fullReadAt >= limits.ageMs;
      const isDue = full || isOld || readsSinceFull >= limits.reads;
      const changed = isDue || !kept ? undefined : changedSince(kept, ground);
      const known = changed && kept ? kept.pages : undefined;
      const pages = new Map<string, CalmPage>();
      return {
        recall(digest) {
          const page = known?.get(digest);
          const isTouched =
            changed?.size !== 0 && page?.observed.some(({ flow }) => changed?.has(flow));
          return isTouched === true ? undefined : page;
        },
        note(digest, page) {
          if (page) pages.set(digest, page);
        },
        keep() {
          kept = { ...ground, pages };
          if (!known) fullReadAt = now;
          readsSinceFull = known ? readsSinceFull + 1 : 1;
        },
      };
    },
  };
}

/**
 * The flows of before of which git says something else now, or of whose ignore rules one has run out.
 *
 * @returns undefined when nothing of before holds: other flows are meant, or another org
 */
function changedSince(kept: Kept, ground: PageGround): ReadonlySet<DesiredFlow> | undefined {
  const { desired, orgId } = ground;
  if (kept.orgId !== orgId || kept.desired.length !== desired.length) return undefined;
  const changed = new Set<DesiredFlow>();
  for (const [i, before] of kept.desired.entries()) {
    const flow = desired[i];
    if (flow?.flowId !== before.flowId || flow?.name !== before.name) return undefined;
    if (flow !== before || rulesOver(flow, kept.now) !== rulesOver(flow, ground.now))
      changed.add(before);
  }
  return changed;
}

/** How many have run out; they do so in the order of their ends, so the number tells which. */
function rulesOver({ ignore }: DesiredFlow, now: number): number {
  let count = 0;
  for (const { untilAt } of ignore) if (untilAt !== undefined && now >= untilAt) count += 1;
  return count;
}
