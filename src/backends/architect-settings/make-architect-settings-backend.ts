import type { Clock } from '../../ports/clock.ts';
import type { FlowBackend } from '../../ports/flow-backend.ts';
import type { HttpClient } from '../../ports/http-client.ts';
import type { Log } from '../../ports/log.ts';
import type { FlowId } from '../../domain/flow.ts';
import type { RateGate, RequestPriority } from '../../ports/rate-gate.ts';
import { refuseWebPage } from './answer-body.ts';
import { makeApiClient, withPriority } from './api-client.ts';
import type { ApiClient } from './api-client.ts';
import { accessTo, missingOf } from './dependencies.ts';
import { FlowPages } from './flow-pages.ts';
import { probe } from './probe.ts';
import type { ArchitectSettingsOptions } from './options.ts';
import { makeSingleFlows } from './single-flows.ts';

export interface BackendPorts {
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  readonly rateGate: RateGate;
  readonly http: HttpClient;
}

/**
 * The commissioned contract: pages by continuation token, PATCH with version + 1, one reload per org.
 * Keep one per org for the life of the process: it holds the token and what it knows of unchanged pages.
 */
export function makeArchitectSettingsBackend(
  options: ArchitectSettingsOptions,
  ports: BackendPorts,
): FlowBackend {
  const spellings = new Map<FlowId, string>();
  const api = makeApiClient(options, ports);
  const people = viewOf(withPriority(api, 'people'), spellings, () => views);
  const routine = viewOf(withPriority(api, 'routine'), spellings, () => views);
  const views = { people, routine };
  return routine;
}

function viewOf(
  api: ApiClient,
  spellings: Map<FlowId, string>,
  views: () => Readonly<Record<RequestPriority, FlowBackend>>,
): FlowBackend {
  const { orgId, paths } = api.options;
  const single = makeSingleFlows(api, spellings);
  const pages = new FlowPages({
    api,
    noteSpelling: (id) => {
      single.noteSpelling(id);
    },
  });
  return {
    probe: (signal) => probe(api, signal),
    pages: (signal) => pages.read(signal),
    read: (id, signal) => single.read(id, signal),
    write: (base, blocks, signal) => single.write(base, blocks, signal),
    reload: async (signal) => {
      const call = { method: 'POST', path: paths.reload, body: { orgId } } as const;
      refuseWebPage(await api.call(call, signal));
    },
    accessTo: (kind, signal) => accessTo(api, kind, signal),
    missingOf: (kind, names, signal) => missingOf(api, kind, names, signal),
    withPriority: (priority) => views()[priority],
  };
}
