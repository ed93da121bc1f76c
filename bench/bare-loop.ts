import http from 'node:http';
import axios from 'axios';
import type { AxiosInstance } from 'axios';

/*
 * What somebody would write who wants no more than the job: list by pages, compare, PATCH. No validation, no checks
 * that the list is whole, no gates, no retry, no rate limit, no journal, no record. The floor that the
 * controller is measured against.
 */

export interface BareOptions {
  readonly url: string;
  readonly orgId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

interface Flow {
  readonly id: string;
  readonly version: number;
}

interface Page {
  readonly entities: readonly Flow[];
  readonly continuationToken?: string | null;
}

/** The routing that one flow is to have. */
export interface BareChange {
  readonly id: string;
  readonly routing: object;
}

export async function logIn(options: BareOptions): Promise<AxiosInstance> {
  const { data } = await axios.post<{ access_token: string }>(
    `${options.url}/api/v2/oauth/token`,
    {
      grant_type: 'client_credentials',
      client_id: options.clientId,
      client_secret: options.clientSecret,
    },
    { proxy: false },
  );
  return axios.create({
    baseURL: options.url,
    headers: { authorization: `Bearer ${data.access_token}` },
    httpAgent: new http.Agent({ keepAlive: true }),
    maxRedirects: 0,
    proxy: false,
    responseType: 'text',
    transformResponse: [],
  });
}

/** GET and JSON.parse of every page. @returns versions by flow, and the number of pages */
export async function listAll(
  client: AxiosInstance,
): Promise<{ readonly versions: Map<string, number>; readonly pages: number }> {
  const versions = new Map<string, number>();
  let pages = 0;
  let token: string | null | undefined;
  do {
    const params = {
      pageSize: 100,
      expand: 'routing,settings',
      ...(token && { continuationToken: token }),
    };
    const { data } = await client.get<string>('/api/v2/architect/flows', { params });
    const page = JSON.parse(data) as Page;
    for (const { id, version } of page.entities) versions.set(id, version);
    pages += 1;
    token = page.continuationToken;
  } while (token);
  return { versions, pages };
}

/** One PATCH a flow, one after the other. */
export async function patchAll(
  client: AxiosInstance,
  orgId: string,
  versions: ReadonlyMap<string, number>,
  changes: readonly BareChange[],
): Promise<void> {
  for (const change of changes) await patch(client, orgId, change, versions.get(change.id) ?? 0);
}

/** The requests that the controller makes for each flow, `atOnce` flows at once: read, PATCH, reload, read. */
export async function applyAll(
  client: AxiosInstance,
  orgId: string,
  changes: readonly BareChange[],
  atOnce: number,
): Promise<void> {
  const left = [...changes];
  const work = async (): Promise<void> => {
    for (let change = left.shift(); change; change = left.shift()) {
      const path = `/api/v2/architect/flows/${change.id}`;
      const { version } = JSON.parse((await client.get<string>(path)).data) as Flow;
      await patch(client, orgId, change, version);
      await client.post('/api/v2/architect/flows/reload', { orgId });
      await client.get(path);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

async function patch(
  client: AxiosInstance,
  orgId: string,
  { id, routing }: BareChange,
  version: number,
): Promise<void> {
  await client.patch(`/api/v2/architect/flows/${id}`, {
    orgId,
    flowId: id,
    version: version + 1,
    settings: { routing },
  });
}
