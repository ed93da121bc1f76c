import { FlowkeeperError } from '../../domain/errors.ts';
import type { FlowId, Settings } from '../../domain/flow.ts';
import { urlWithoutValues } from '../../domain/api-url.ts';
import type { FlowBackend } from '../../ports/flow-backend.ts';
import { bodyAs } from './answer-body.ts';
import { sentence } from './answer-errors.ts';
import type { Exchange } from './answer-errors.ts';
import type { ApiClient } from './api-client.ts';
import { findInexactNumber } from './inexact-number.ts';
import { liveFlowOf } from './live-flow.ts';
import { urlOf } from './options.ts';
import type { WireFlow } from './wire.generated.ts';

export interface SingleFlows extends Pick<FlowBackend, 'read' | 'write'> {
  /** Remembers how the service spells an id that is not in lower case. */
  noteSpelling(id: string): void;
}

/** @param spellings of ids that are not in lower case, by lower case; may be shared */
export function makeSingleFlows(
  api: ApiClient,
  spellings: Map<FlowId, string> = new Map<FlowId, string>(),
): SingleFlows {
  const spelled = (id: FlowId): string => spellings.get(id.toLowerCase()) ?? id;
  const pathOf = (id: FlowId, method: string): string => {
    // as a path segment these two would name another resource
    if (id === '.' || id === '..') throw notSent(api, method, `there is no flow "${id}"`);
    return api.options.paths.flow.replaceAll('{flowId}', encodeURIComponent(spelled(id)));
  };

  return {
    noteSpelling(id) {
      const lower = id.toLowerCase();
      if (lower !== id) spellings.set(lower, id);
    },

    async read(id, signal) {
      const exchange = await api.call({ method: 'GET', path: pathOf(id, 'GET') }, signal);
      const wire = sameFlow(bodyAs('flow', exchange), id, exchange);
      if (api.quotesUs(exchange.text)) throw exchange.badAnswer('it quotes a credential of ours');
      // null says "none"; silence might hide settings that a write would then lose
      if (wire.settings === undefined) throw exchange.badAnswer('/settings is absent');
      return liveFlowOf(wire, wire.settings ?? {});
    },

    async write(base, blocks, signal) {
      refuseInexact(api, blocks);
      const exchange = await api.call(
        {
          method: 'PATCH',
          path: pathOf(base.id, 'PATCH'),
          flowId: base.id,
          body: {
            orgId: api.options.orgId,
            flowId: spelled(base.id),
            settings: blocks,
            version: base.version + 1,
          },
        },
        signal,
      );
      if (exchange.answer.body.byteLength === 0) return undefined;
      const wire = sameFlow(bodyAs('flow', exchange), base.id, exchange);
      return liveFlowOf(wire, wire.settings === null ? {} : wire.settings);
    },
  };
}

/** Guards against a cache or proxy that answers with another flow. */
function sameFlow(wire: WireFlow, id: FlowId, exchange: Exchange): WireFlow {
  if (wire.id.toLowerCase() === id.toLowerCase()) return wire;
  throw exchange.badAnswer(`/id is ${wire.id}, another flow than the one that was asked for`);
}

/** What was read with lost digits must not be written back, though nobody asked to change it. */
function refuseInexact(api: ApiClient, blocks: Settings): void {
  const path = findInexactNumber(blocks);
  if (path === undefined) return;
  throw notSent(api, 'PATCH', `settings${path} is a number of more digits than can be kept`);
}

function notSent(api: ApiClient, method: string, reason: string): FlowkeeperError {
  const url = urlWithoutValues(urlOf(api.options.environment, api.options.paths.flow));
  const facts = { method, url };
  const message = sentence(facts, `not sent: ${reason}`);
  return new FlowkeeperError('api.refused', message, { ...facts, body: reason });
}
