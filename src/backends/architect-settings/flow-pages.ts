import { FlowkeeperError } from '../../domain/errors.ts';
import type { LiveFlow } from '../../domain/flow.ts';
import { sha256 } from '../../domain/hash.ts';
import type { LivePage } from '../../ports/flow-backend.ts';
import { bodyAs } from './answer-body.ts';
import { sentence } from './answer-errors.ts';
import type { Exchange } from './answer-errors.ts';
import type { ApiClient } from './api-client.ts';
import { ListCheck } from './list-check.ts';
import type { PageFacts } from './list-check.ts';
import { liveFlowOf } from './live-flow.ts';
import type { WireFlowPage } from './wire.generated.ts';

type Facts = ReadonlyMap<string, PageFacts>;

export interface FlowPagesParts {
  readonly api: ApiClient;
  /** Told of every id as the service spells it. */
  readonly noteSpelling: (id: string) => void;
}

interface Fetched {
  readonly page: LivePage;
  readonly facts: PageFacts;
  readonly exchange: Exchange;
}

/**
 * The org's flows by pages. The next page is on its way while the consumer works on this one. Of the last whole
 * read it keeps, by digest, what each page said, so that a page that did not change is not parsed.
 */
export class FlowPages {
  readonly #parts: FlowPagesParts;
  #known: Facts = new Map();

  constructor(parts: FlowPagesParts) {
    this.#parts = parts;
  }

  async *read(signal: AbortSignal): AsyncGenerator<LivePage, void, undefined> {
    const ahead = new AbortController();
    const stop = AbortSignal.any([signal, ahead.signal]);
    const check = new ListCheck();
    const seen = new Map<string, PageFacts>();
    try {
      let coming: Promise<Fetched> | undefined = this.#fetch(undefined, stop);
      while (coming !== undefined) {
        const { page, facts, exchange } = await coming;
        const fault = check.faultOf(facts, this.#known.get(page.digest) === facts);
        if (fault !== undefined) throw pageFault(exchange, fault);
        seen.set(page.digest, facts);
        coming = this.#ahead(facts.next, stop);
        yield page;
        signal.throwIfAborted();
      }
      this.#known = seen;
    } finally {
      ahead.abort();
    }
  }

  #ahead(next: string | undefined, stop: AbortSignal): Promise<Fetched> | undefined {
    if (next === undefined) return undefined;
    const coming = this.#fetch(next, stop);
    // awaited only when the consumer comes back, which it need not
    coming.catch(() => undefined);
    return coming;
  }

  async #fetch(continuationToken: string | undefined, signal: AbortSignal): Promise<Fetched> {
    const { api } = this.#parts;
    const { paths, pageSize, expand } = api.options;
    const query = {
      pageSize: String(pageSize),
      ...(expand !== '' && { expand }),
      ...(continuationToken !== undefined && { continuationToken }),
    };
    const exchange = await api.call({ method: 'GET', path: paths.flows, query }, signal);
    const digest = sha256(exchange.answer.body);
    const known = this.#known.get(digest);
    const wire = known === undefined ? bodyAs('flow-page', exchange) : undefined;
    const facts = known ?? this.#factsOf(wire ?? bodyAs('flow-page', exchange));
    let flows: readonly LiveFlow[] | undefined;
    const page: LivePage = {
      digest,
      count: facts.ids.length,
      flows: () =>
        (flows ??= flowsOf(wire ?? bodyAs('flow-page', exchange), exchange, api.quotesUs)),
    };
    return { page, facts, exchange };
  }

  #factsOf({ entities, continuationToken, total }: WireFlowPage): PageFacts {
    for (const { id } of entities) this.#parts.noteSpelling(id);
    return {
      next: continuationToken || undefined,
      ids: entities.map(({ id }) => id.toLowerCase()),
      total: total ?? undefined,
    };
  }
}

/**
 * In a list, settings that are absent or null were not told. Nor were those of a flow that quotes a credential of ours:
 * read alone it is refused, and the others go on.
 */
function flowsOf(
  { entities }: WireFlowPage,
  { text, tidy }: Exchange,
  quotesUs: (text: string) => boolean,
): readonly LiveFlow[] {
  const isClean = !quotesUs(text);
  return entities.map((flow) => {
    if (isClean || !quotesUs(JSON.stringify(flow)))
      return liveFlowOf(flow, flow.settings ?? undefined);
    const { id, name, version } = flow;
    const hidden = (part: string): string => (quotesUs(part) ? tidy(part) : part);
    return liveFlowOf({ id: hidden(id), name: hidden(name), version }, undefined);
  });
}

function pageFault(exchange: Exchange, reason: string): FlowkeeperError {
  const facts = exchange.facts();
  const tidied = exchange.tidy(reason);
  const message = sentence(facts, `not a whole list: ${tidied}`);
  return new FlowkeeperError('api.page-fault', message, { ...facts, reason: tidied });
}
