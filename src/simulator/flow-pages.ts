import { badRequest } from './answer.ts';
import type { Answer } from './answer.ts';
import { readCount } from './call.ts';
import type { Call } from './call.ts';
import { reactionTo } from './fault.ts';
import { flowJson } from './flow.ts';
import { namePattern } from './name-pattern.ts';
import type { Behaviour } from './options.ts';
import type { Org } from './org.ts';
import { PAGE_FAULTS } from './page-faults.ts';
import type { Page, PageSource } from './page-faults.ts';
import type { FlowSlice } from './flow-store.ts';
import type { NameMatch } from './name-pattern.ts';
import type { PagePosition, PageTokens } from './page-token.ts';

const START: PagePosition = { ordinal: 0, hop: 0 };
const DEFAULT_PAGE_SIZE = 25;
const END_MARKERS = {
  absent: '',
  null: ',"continuationToken":null',
  empty: ',"continuationToken":""',
};

interface ListParts {
  readonly behaviour: Behaviour;
  readonly tokens: PageTokens;
}

/** What a list request asks for. */
interface ListRequest {
  readonly limit: number;
  readonly filter: string | undefined;
  readonly match: NameMatch | undefined;
  /** Names the list that a token belongs to. */
  readonly list: string;
  readonly sentToken: string | undefined;
  readonly here: PagePosition;
  readonly withSettings: boolean;
}

/**
 * One page of the org's flows. Nothing is frozen between pages: a token is a place in the list, and
 * the page shows the flows as they are when it is asked for.
 */
export function listFlows(call: Call, org: Org, parts: ListParts): Answer {
  const request = readListRequest(call.query, org, parts);
  const { filter, match, withSettings, list } = request;
  const slice = org.flows.slice(request.here.ordinal, request.limit, match);
  const page: Page = {
    entities: slice.flows.map((flow) => flowJson(flow, withSettings)),
    total: org.flows.count(filter, match),
    token:
      slice.next === undefined
        ? undefined
        : parts.tokens.make({ ordinal: slice.next, hop: 0 }, list),
  };
  const spoil = call.fault && reactionTo(PAGE_FAULTS, call.fault);
  const shown = spoil?.(page, pageSource(request, slice, { org, tokens: parts.tokens })) ?? page;
  return { status: 200, body: pageJson(shown, parts.behaviour) };
}

/** @throws Refusal (400) */
function readListRequest(query: URLSearchParams, org: Org, parts: ListParts): ListRequest {
  const { maxPageSize, listSettings } = parts.behaviour;
  const bounds = { otherwise: Math.min(DEFAULT_PAGE_SIZE, maxPageSize), max: maxPageSize };
  const limit = readCount(query, 'pageSize', bounds);
  const filter = query.get('name') ?? undefined;
  const list = `${org.orgId}|${filter ?? ''}`;
  const sentToken = query.get('continuationToken') ?? undefined;
  const here = sentToken === undefined ? START : parts.tokens.read(sentToken, list);
  if (here === undefined) throw badRequest(['continuationToken is not one of this list']);
  return {
    limit,
    filter,
    match: filter === undefined ? undefined : namePattern(filter),
    list,
    sentToken,
    here,
    withSettings: showsSettings(listSettings, query),
  };
}

function pageSource(
  { here, list, match, sentToken, withSettings }: ListRequest,
  { flows }: FlowSlice,
  { org, tokens }: { readonly org: Org; readonly tokens: PageTokens },
): PageSource {
  return {
    first: () => {
      const [first] = org.flows.slice(0, 1, match).flows;
      return first && flowJson(first, withSettings);
    },
    tokenAt: (index) => {
      const ordinal = index === 0 ? here.ordinal : flows[index]?.ordinal;
      return ordinal === undefined
        ? undefined
        : tokens.make({ ordinal, hop: index === 0 ? here.hop + 1 : 0 }, list);
    },
    ownToken: sentToken ?? tokens.make(START, list),
  };
}

function showsSettings(rule: Behaviour['listSettings'], query: URLSearchParams): boolean {
  if (rule !== 'expand') return rule === 'always';
  const expanded = query.getAll('expand').flatMap((names) => names.split(','));
  return expanded.some((name) => name.trim() === 'settings');
}

function pageJson({ entities, token, total }: Page, { endMarker, total: told }: Behaviour): string {
  const end =
    token === undefined ? END_MARKERS[endMarker] : `,"continuationToken":${JSON.stringify(token)}`;
  return `{"entities":[${entities.join(',')}]${end}${told ? `,"total":${String(total)}` : ''}}`;
}
