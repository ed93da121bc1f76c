import type { BackendProbe } from '../../ports/flow-backend.ts';
import { bodyAs } from './answer-body.ts';
import type { ApiClient } from './api-client.ts';

/** Reads the smallest page of flows there is, and looks at the service's clock. */
export async function probe(api: ApiClient, signal: AbortSignal): Promise<BackendProbe> {
  const { paths } = api.options;
  const query = { pageSize: '1' };
  const exchange = await api.call({ method: 'GET', path: paths.flows, query }, signal);
  const [flow] = bodyAs('flow-page', exchange).entities;
  const serviceTimeAt = Date.parse(exchange.answer.headers['date'] ?? '');
  return {
    ...(!Number.isNaN(serviceTimeAt) && { serviceTimeAt }),
    ...(flow && { someFlow: flow.id.toLowerCase() }),
  };
}
