/** What one page says about the list it belongs to. */
export interface PageFacts {
  /** Names the next page; undefined: this is the last. */
  readonly next: string | undefined;
  /** In lower case. */
  readonly ids: readonly string[];
  /** Flows over all pages, where the service tells. */
  readonly total: number | undefined;
}

/** A service that sends ever new pages is stopped here; 2,000,000 flows by 100. */
const MAX_PAGES = 20_000;

/**
 * Judges whether the pages of one read are a whole list. The `total` may grow while it is read (a flow
 * was made meanwhile) but not shrink, and in the end it must be the number of flows that came.
 */
export class ListCheck {
  readonly #ids = new Set<string>();
  /** Pages of the last whole list whose ids are not in `#ids` yet: they have none in common. */
  readonly #waiting = new Set<PageFacts>();
  #count = 0;
  readonly #tokens = new Set<string>();
  #pages = 0;
  #total: number | undefined;

  /**
   * Takes the next page; returns what is wrong with the list by now, or undefined.
   *
   * @param isOfLastList the very object that stood for this page in the last whole list. While only such pages
   *   come, their ids need not be looked at one by one.
   */
  faultOf(page: PageFacts, isOfLastList = false): string | undefined {
    this.#pages += 1;
    this.#count += page.ids.length;
    return (
      (isOfLastList && this.#ids.size === 0 ? this.#repeatedPage(page) : this.#repeatedId(page)) ??
      this.#wrongTotal(page) ??
      (page.next === undefined ? this.#wrongEnd() : this.#wrongNext(page.next))
    );
  }

  #repeatedPage(page: PageFacts): string | undefined {
    const [id] = page.ids;
    if (id !== undefined && this.#waiting.has(page)) return `flow ${id} came twice`;
    this.#waiting.add(page);
    return undefined;
  }

  #repeatedId({ ids }: PageFacts): string | undefined {
    for (const page of this.#waiting) for (const id of page.ids) this.#ids.add(id);
    this.#waiting.clear();
    for (const id of ids) {
      if (this.#ids.has(id)) return `flow ${id} came twice`;
      this.#ids.add(id);
    }
    return undefined;
  }

  #wrongTotal({ total }: PageFacts): string | undefined {
    if (total === undefined) return undefined;
    const before = this.#total ?? 0;
    this.#total = total;
    if (total >= before) return undefined;
    return `the total fell from ${String(before)} to ${String(total)} while reading`;
  }

  #wrongEnd(): string | undefined {
    if (this.#total === undefined || this.#total === this.#count) return undefined;
    return `the list ended after ${String(this.#count)} flows, but its total is ${String(this.#total)}`;
  }

  #wrongNext(next: string): string | undefined {
    if (this.#tokens.has(next)) return 'a page token came twice';
    this.#tokens.add(next);
    return this.#pages < MAX_PAGES
      ? undefined
      : `the list did not end within ${String(MAX_PAGES)} pages`;
  }
}
