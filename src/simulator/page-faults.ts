import type { ByFault } from './fault.ts';

/** One page before it is written out. */
export interface Page {
  /** JSON of each. */
  readonly entities: readonly string[];
  readonly total: number;
  /** Undefined on the last page, and always where pages are numbered. */
  readonly token?: string | undefined;
}

/** What a fault may need to know of the list that the page is of. */
export interface PageSource {
  /** JSON of the list's first entity. */
  readonly first: () => string | undefined;
  /** A token for the page that begins at this one's nth entity. */
  readonly tokenAt: (index: number) => string | undefined;
  /** The token that asked for this page; for the first page one that leads to it again. */
  readonly ownToken: string | undefined;
}

/** What each page fault does to a page. */
export const PAGE_FAULTS: ByFault<[Page, PageSource], Page> = {
  'short-page': ({ drop = 1 }, page) => ({
    ...page,
    entities: page.entities.slice(0, Math.max(0, page.entities.length - drop)),
  }),
  'repeat-entity': (_fault, page, { first }) => {
    const again = first();
    return again === undefined ? page : { ...page, entities: [...page.entities, again] };
  },
  'wrong-total': ({ by = 1 }, page) => ({ ...page, total: page.total + by }),
  'partial-page': ({ keep }, page, source) => {
    const kept = keep ?? Math.floor(page.entities.length / 2);
    return kept < page.entities.length ? cutPage(page, kept, source) : page;
  },
  'empty-page': (_fault, page, source) => cutPage(page, 0, source),
  'repeat-token': (_fault, page, { ownToken }) => ({ ...page, token: ownToken }),
};

function cutPage(page: Page, kept: number, { tokenAt }: PageSource): Page {
  return { ...page, entities: page.entities.slice(0, kept), token: tokenAt(kept) };
}
