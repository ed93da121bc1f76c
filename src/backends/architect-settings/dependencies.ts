import { FlowkeeperError, isError } from '../../domain/errors.ts';
import type { DependencyKind } from '../../domain/flow.ts';
import type { KindAccess } from '../../ports/flow-backend.ts';
import { bodyAs } from './answer-body.ts';
import { sentence } from './answer-errors.ts';
import type { Exchange } from './answer-errors.ts';
import type { ApiClient } from './api-client.ts';
import type { WireDependency, WireDependencyPage } from './wire.generated.ts';

/** Up to so many names are asked for one by one; above, all pages are read instead. */
const MAX_FILTERED_NAMES = 5;
/** Names that no service can read as a pattern. */
const PLAIN_NAME = /^[\p{L}\p{N} _-]+$/u;
const PAGE_SIZE = 100;
const MAX_PAGES = 2_000;

const KINDS = {
  queue: { path: 'queues', permission: 'routing:queue:view' },
  user: { path: 'users', permission: 'directory:user:view' },
  team: { path: 'teams', permission: 'groups:team:view' },
} as const;

/** Reads the smallest page there is, only for whether it may. */
export async function accessTo(
  api: ApiClient,
  kind: DependencyKind,
  signal: AbortSignal,
): Promise<KindAccess> {
  try {
    await readPage(api, kind, { pageSize: '1', pageNumber: '1' }, signal);
    return { kind: 'readable' };
  } catch (error) {
    if (!isError(error, 'api.forbidden')) throw error;
    const { permission } = KINDS[kind];
    return { kind: 'forbidden', permission: error.details.permission ?? permission };
  }
}

/** Those of `names` that no entity of the kind bears exactly, in their order. */
export async function missingOf(
  api: ApiClient,
  kind: DependencyKind,
  names: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const missing = new Set(names);
  for (const filter of filtersFor(missing)) {
    // an earlier filter, or a service that ignores it, may have shown this one already
    if (filter !== undefined && !missing.has(filter)) continue;
    for await (const { name } of entitiesOf(api, kind, filter, signal)) {
      if (typeof name === 'string') missing.delete(name);
      if (filter === undefined ? missing.size === 0 : !missing.has(filter)) break;
    }
  }
  return [...missing];
}

/** What to ask for: each name, or (`undefined`) everything at once. */
function filtersFor(names: ReadonlySet<string>): readonly (string | undefined)[] {
  if (names.size === 0) return [];
  const each = [...names];
  const few = each.length <= MAX_FILTERED_NAMES && each.every((name) => PLAIN_NAME.test(name));
  return few ? each : [undefined];
}

/** Every entity once, page by page, until the service says or shows that there are no more. */
async function* entitiesOf(
  api: ApiClient,
  kind: DependencyKind,
  name: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<WireDependency, void, undefined> {
  let seen = 0;
  let before = '';
  for (let pageNumber = 1; pageNumber <= MAX_PAGES; pageNumber += 1) {
    const query = { pageSize: String(PAGE_SIZE), pageNumber: String(pageNumber) };
    const { exchange, page } = await readPage(
      api,
      kind,
      { ...query, ...(name !== undefined && { name }) },
      signal,
    );
    const shown = JSON.stringify(page.entities);
    const repeated = page.entities.length > 0 && shown === before;
    if (repeated && saysMore(page, pageNumber, seen) === true) {
      throw unreliable(exchange, `page ${String(pageNumber)} is the same as the one before`);
    }
    if (repeated) return;
    yield* page.entities;
    seen += page.entities.length;
    before = shown;
    if (saysMore(page, pageNumber, seen) ?? page.entities.length > 0) continue;
    refuseShortList(exchange, page, seen);
    return;
  }
  const url = api.options.paths[KINDS[kind].path];
  const reason = `more than ${String(MAX_PAGES)} pages`;
  const facts = { method: 'GET', url };
  throw new FlowkeeperError('api.page-fault', sentence(facts, reason), { ...facts, reason });
}

/** A name that was not shown may be one of those that were kept back. */
function refuseShortList(exchange: Exchange, { total }: WireDependencyPage, seen: number): void {
  if (typeof total === 'number' && seen < total)
    throw unreliable(exchange, `${String(seen)} came, but the total is ${String(total)}`);
}

/** Undefined where the service tells neither the number of pages nor of entities. */
function saysMore(page: WireDependencyPage, pageNumber: number, seen: number): boolean | undefined {
  if (typeof page.pageCount === 'number') return pageNumber < page.pageCount;
  if (typeof page.total === 'number') return page.entities.length > 0 && seen < page.total;
  return undefined;
}

async function readPage(
  api: ApiClient,
  kind: DependencyKind,
  query: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<{ exchange: Exchange; page: WireDependencyPage }> {
  const { path, permission } = KINDS[kind];
  const call = { method: 'GET', path: api.options.paths[path], query, permission } as const;
  const exchange = await api.call(call, signal);
  return { exchange, page: bodyAs('dependency-page', exchange) };
}

function unreliable(exchange: Exchange, reason: string): FlowkeeperError {
  const facts = exchange.facts();
  return new FlowkeeperError('api.page-fault', sentence(facts, reason), { ...facts, reason });
}
