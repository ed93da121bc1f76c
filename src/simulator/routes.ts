import { Refusal, notFound } from './answer.ts';
import type { Answer } from './answer.ts';
import type { Call } from './call.ts';
import { getDirectoryEntry, listDirectory } from './directory-pages.ts';
import type { DirectoryKind } from './directory.ts';
import { listFlows } from './flow-pages.ts';
import type { StoreClock } from './flow-store.ts';
import { findFlow, patchFlow, reloadFlows } from './flow-writes.ts';
import { flowJson } from './flow.ts';
import type { Behaviour, Permission } from './options.ts';
import type { Client } from './org.ts';
import { PageTokens } from './page-token.ts';
import type { RateLimit } from './rate-limit.ts';
import type { RouteName } from './router.ts';
import type { Waits } from './timing.ts';
import { grantToken } from './token-request.ts';
import type { Tokens } from './tokens.ts';

/** What the routes work on. */
export interface ServiceParts {
  readonly behaviour: Behaviour;
  readonly clients: ReadonlyMap<string, Client>;
  readonly tokens: Tokens;
  readonly rateLimit: RateLimit | undefined;
  readonly waits: Waits;
  readonly clock: StoreClock;
}

interface Guarded {
  readonly permission: Permission;
  readonly handle: (call: Call, client: Client) => Answer | Promise<Answer>;
}
type GuardedRoute = Exclude<RouteName, 'token'>;
type RouteTable = Readonly<Record<GuardedRoute, Readonly<Record<string, Guarded>>>>;
/** Answers one request of the contract. @throws Refusal */
export type Respond = (call: Call) => Answer | Promise<Answer>;

/** The service: each request in the order authentication, rate, permission, handling. */
export function makeService(parts: ServiceParts): Respond {
  const table = routeTable(parts);
  return (call) => {
    const { route, method } = call;
    if (route === undefined) throw notFound(`resource ${call.path}`);
    if (route.name === 'token') {
      if (method !== 'POST') throw wrongMethod(method, ['POST']);
      return grantToken(call, parts);
    }
    const methods = table[route.name];
    const guarded = Object.hasOwn(methods, method) ? methods[method] : undefined;
    if (guarded === undefined) throw wrongMethod(method, Object.keys(methods));
    const client = authenticate(call, parts);
    parts.rateLimit?.admit(client.id);
    requirePermission(client, guarded.permission);
    return guarded.handle(call, client);
  };
}

function routeTable(parts: ServiceParts): RouteTable {
  const { behaviour } = parts;
  const tokens = new PageTokens();
  const list = (permission: Permission, kind: DirectoryKind) => ({
    GET: {
      permission,
      handle: (call: Call, { org }: Client) =>
        listDirectory(call, org, { kind, maxPageSize: behaviour.maxPageSize }),
    },
  });
  const entry = (permission: Permission, kind: DirectoryKind) => ({
    GET: {
      permission,
      handle: (call: Call, { org }: Client) => getDirectoryEntry(call, org, kind),
    },
  });
  return {
    flows: {
      GET: {
        permission: 'architect:flow:view',
        handle: (call, { org }) => listFlows(call, org, { behaviour, tokens }),
      },
    },
    flow: {
      GET: {
        permission: 'architect:flow:view',
        handle: (call, { org }) => ({
          status: 200,
          body: flowJson(findFlow(org, call.route?.id ?? ''), true),
        }),
      },
      PATCH: { permission: 'architect:flow:edit', handle: patchFlow },
    },
    reload: {
      POST: {
        permission: 'architect:flow:edit',
        handle: (call, client) => reloadFlows(call, client, parts),
      },
    },
    queues: list('routing:queue:view', 'queues'),
    queue: entry('routing:queue:view', 'queues'),
    users: list('directory:user:view', 'users'),
    user: entry('directory:user:view', 'users'),
    teams: list('groups:team:view', 'teams'),
    team: entry('groups:team:view', 'teams'),
  };
}

function authenticate(call: Call, { tokens, clients }: ServiceParts): Client {
  const id = tokens.clientOf(call.headers.authorization);
  const client = id === undefined ? undefined : clients.get(id);
  if (client !== undefined) return client;
  const headers = { 'WWW-Authenticate': 'Bearer' };
  throw call.headers.authorization === undefined
    ? new Refusal(401, 'authentication.required', 'No authentication bearer token specified', {
        headers,
      })
    : new Refusal(401, 'bad.credentials', 'The token is unknown, revoked or expired', { headers });
}

function requirePermission(client: Client, permission: Permission): void {
  if (client.permissions.has(permission)) return;
  const message = `Unable to perform the requested action. You are missing the following permission(s): [${permission}]`;
  throw new Refusal(403, 'missing.permissions', message, {
    details: [{ errorCode: 'missing.permissions', fieldName: permission }],
  });
}

function wrongMethod(method: string, allowed: readonly string[]): Refusal {
  return new Refusal(405, 'method.not.allowed', `${method} is not possible here`, {
    headers: { Allow: allowed.join(', ') },
  });
}
