import { notFound } from './answer.ts';
import type { Answer } from './answer.ts';
import { readCount } from './call.ts';
import type { Call } from './call.ts';
import type { DirectoryKind } from './directory.ts';
import { reactionTo } from './fault.ts';
import { namePattern } from './name-pattern.ts';
import type { Org } from './org.ts';
import { PAGE_FAULTS } from './page-faults.ts';
import type { Page, PageSource } from './page-faults.ts';

const DEFAULT_PAGE_SIZE = 25;
const FAR_PAGE = 1_000_000;

/** One numbered page of queues, users or teams; past the last page it is empty. */
export function listDirectory(
  call: Call,
  org: Org,
  parts: { readonly kind: DirectoryKind; readonly maxPageSize: number },
): Answer {
  const { query, fault } = call;
  const pageSize = readCount(query, 'pageSize', {
    otherwise: Math.min(DEFAULT_PAGE_SIZE, parts.maxPageSize),
    max: parts.maxPageSize,
  });
  const pageNumber = readCount(query, 'pageNumber', { otherwise: 1, max: FAR_PAGE });
  const filter = query.get('name');
  const all = org.directories[parts.kind].matching(
    filter === null ? undefined : namePattern(filter),
  );
  const from = (pageNumber - 1) * pageSize;
  const page: Page = {
    entities: all.slice(from, from + pageSize).map(({ json }) => json),
    total: all.length,
  };
  const source: PageSource = {
    first: () => all[0]?.json,
    tokenAt: () => undefined,
    ownToken: undefined,
  };
  const shown = (fault && reactionTo(PAGE_FAULTS, fault)?.(page, source)) ?? page;
  const facts = {
    pageSize,
    pageNumber,
    pageCount: Math.ceil(all.length / pageSize),
    total: shown.total,
  };
  const body = `{"entities":[${shown.entities.join(',')}],${JSON.stringify(facts).slice(1)}`;
  return { status: 200, body };
}

/** One queue, user or team. @throws Refusal (404) */
export function getDirectoryEntry(call: Call, org: Org, kind: DirectoryKind): Answer {
  const id = call.route?.id ?? '';
  const entry = org.directories[kind].find(id);
  if (entry === undefined) throw notFound(`${kind.slice(0, -1)} ${id}`);
  return { status: 200, body: entry.json };
}
