import { basename, dirname, resolve } from 'node:path';
import { FlowkeeperError } from '../domain/errors.ts';
import type { DesiredFlow, Settings } from '../domain/flow.ts';
import { hashOf } from '../domain/hash.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import { isJsonObject } from '../domain/json.ts';
import { usageError } from '../domain/usage-error.ts';
import { withoutNulls } from '../domain/without-nulls.ts';
import type { FlowInput } from '../simulator/flow.ts';
import { seedFlows, seedOrg } from '../simulator/seed.ts';
import type { OrgOptions } from '../simulator/options.ts';
import { loadFolder } from './validate-files.ts';

export { startSimulator } from '../simulator/simulator.ts';
export type { Simulator } from '../simulator/simulator.ts';
export type { OrgOptions } from '../simulator/options.ts';
export type { Fault } from '../simulator/fault.ts';

export interface SimulatedOrgOptions {
  readonly orgId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Made-up flows. */
  readonly flows: number;
  /** A folder `desired-state/<org>` whose flows, queues, users and teams the org is to have too. */
  readonly from?: string;
}

/**
 * An org for the simulator: made-up flows, and those that a desired-state folder describes, as it describes them.
 *
 * @throws cli.usage when `from` is no folder of an org; desired.invalid when files in it have faults
 */
export async function makeSimulatedOrg(options: SimulatedOrgOptions): Promise<OrgOptions> {
  const { orgId, flows, from } = options;
  const seeded = seedOrg({ ...options, flows: 0 });
  if (from === undefined) return { ...seeded, flows: seedOrg(options).flows ?? [] };
  const described = await flowsOfFolder(from);
  const named = (kind: 'queue' | 'user' | 'team'): string[] =>
    described.flatMap((flow) => flow.requires[kind]);
  return {
    ...seeded,
    flows: [...described.map((flow) => asLive(flow, orgId)), ...seedFlows({ count: flows, orgId })],
    queues: union(seeded.queues, named('queue')),
    users: union(seeded.users, named('user')),
    teams: union(seeded.teams, named('team')),
  };
}

async function flowsOfFolder(folder: string): Promise<readonly DesiredFlow[]> {
  const path = resolve(folder);
  const org = basename(path);
  const loaded = await loadFolder(dirname(path));
  const found = loaded.orgs.find(({ org: name }) => name === org);
  if (!found) {
    throw usageError(
      `${folder} is no folder of an org: it has neither flows/ nor policy.yaml`,
      'Name a folder such as desired-state/acme-prod, or leave --from out for made-up flows.',
    );
  }
  const diagnostics = found.invalid.flatMap((file) => file.diagnostics);
  if (diagnostics.length === 0) return found.flows;
  const message = `${folder} has files with faults`;
  throw new FlowkeeperError('desired.invalid', message, { org, diagnostics });
}

function asLive(flow: DesiredFlow, orgId: string): FlowInput {
  const id = flow.flowId ?? idOfName(flow.name ?? '');
  return { id, name: flow.name ?? id, version: 1, settings: asStored(flow.settings, orgId) };
}

/** A flow that git knows by its name alone has some id in the org; here the same at each start. */
function idOfName(name: string): string {
  const hex = hashOf(name);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join('-');
}

/** What a service would hold if the file had been applied: nothing where null is declared, the org's id in its scope. */
function asStored(settings: Settings, orgId: string): JsonObject {
  const plain = withoutNulls(settings) as Record<string, Json>;
  const { routing } = plain;
  if (!isJsonObject(routing) || !isJsonObject(routing['scope'])) return plain;
  const scope = routing['scope'];
  if (scope['type'] !== 'org' || scope['id'] !== undefined) return plain;
  return { ...plain, routing: { ...routing, scope: { ...scope, id: orgId } } };
}

function union<T>(
  known: readonly (T | string)[] = [],
  names: readonly string[],
): readonly (T | string)[] {
  return [...new Set([...known, ...names])];
}
