import type { FlowInput } from './flow.ts';
import type { JsonObject } from './json.ts';
import type { OrgOptions } from './options.ts';
import { pick, randomUuid, seedOf, seededRandom } from './random.ts';
import type { Random } from './random.ts';

export const SAMPLE_ORG_ID = '0b1e5f0c-3c1c-4a52-9a0e-0f6b3e1f2a11';
export const SAMPLE_CLIENT_ID = 'flowkeeper';
/** Of a service that exists only on this machine: no secret. */
export const SAMPLE_CLIENT_SECRET = 'simulated-secret';
export const SAMPLE_FLOW_ID = 'a1b2c3d4-e5f6-7890-abcd-ef1234567890';

const SAMPLE_QUEUES = ['Support', 'Sales', 'Billing', 'Retention', 'Claims'];
const SAMPLE_USERS = ['Ada Okafor', 'Bruno Keller', 'Chen Wei', 'Dana Schmidt', 'Eve Novak'];
const SAMPLE_TEAMS = ['Front Line', 'Second Level', 'Night Shift'];

const TOPICS = ['Sales', 'Support', 'Billing', 'Claims', 'Orders', 'Returns', 'Booking'] as const;
const CHANNELS = ['Inbound', 'Callback', 'Chat', 'Email', 'After Hours', 'Overflow'] as const;
const REGIONS = ['North', 'South', 'East', 'West', 'Central'] as const;
const ROUTING_TYPES = ['longestAvailable', 'skillBased', 'roundRobin'] as const;
const FALLBACKS = ['overflow', 'voicemail', 'callback'] as const;
const LANGUAGES = ['en-us', 'de-de', 'fr-fr', 'es-es'] as const;
const APPLY_TO = [['queue'], ['queue', 'user'], ['queue', 'user', 'team']] as const;
const EPOCH = Date.UTC(2025, 0, 1);
const YEAR_MS = 365 * 24 * 60 * 60 * 1_000;

export interface FlowSeeds {
  /** From 0. */
  readonly count: number;
  /** Equal seeds and orgs make equal flows; 1 when not given. */
  readonly seed?: number;
  /** In `routing.scope.id`, and in the seed: two orgs have no id in common. */
  readonly orgId: string;
  /** So many of the last flows bear the name of the first; 0 when not given. */
  readonly duplicates?: number;
}

/**
 * Lifelike flows, always the same for the same seed, and the first n of a longer row are those of a
 * shorter one. Each has the three blocks of the contract, fields beside the described ones in
 * `routing`, and two blocks more.
 * @returns made anew at every iteration and one at a time: 100,000 need no room beside the store
 */
export function seedFlows({
  count,
  seed = 1,
  orgId,
  duplicates = 0,
}: FlowSeeds): Iterable<FlowInput> {
  return {
    *[Symbol.iterator]() {
      const base = seedOf(`${String(seed)}/${orgId}`);
      for (let index = 0; index < count; index += 1) {
        // an odd factor keeps the states of 2^32 flows apart, where hashing would make twins of some
        const random = seededRandom(base + Math.imul(index, 0x9e3779b1));
        const flow = seededFlow(random, index, orgId);
        const isDuplicate = index > 0 && index >= count - duplicates;
        yield isDuplicate ? { ...flow, name: flowName(0) } : flow;
      }
    },
  };
}

export interface OrgSeeds {
  readonly orgId?: string;
  readonly name?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** How many, the sample flow of the documentation first; 25 when not given. */
  readonly flows?: number;
  readonly seed?: number;
}

/** An org with flows, queues, users and teams, and one client that may do everything. */
export function seedOrg(seeds: OrgSeeds = {}): OrgOptions {
  const { orgId = SAMPLE_ORG_ID, flows = 25, seed = 1 } = seeds;
  return {
    orgId,
    name: seeds.name ?? 'Sample org',
    clients: [
      {
        id: seeds.clientId ?? SAMPLE_CLIENT_ID,
        secret: seeds.clientSecret ?? SAMPLE_CLIENT_SECRET,
        name: 'flowkeeper',
      },
    ],
    flows: sampleFlows(orgId, flows, seed),
    queues: SAMPLE_QUEUES,
    users: SAMPLE_USERS,
    teams: SAMPLE_TEAMS,
  };
}

function sampleFlows(orgId: string, count: number, seed: number): Iterable<FlowInput> {
  return {
    *[Symbol.iterator]() {
      if (count > 0) yield sampleFlow(orgId);
      yield* seedFlows({ count: count - 1, seed, orgId });
    },
  };
}

/** The flow that the documentation shows. */
function sampleFlow(orgId: string): FlowInput {
  return {
    id: SAMPLE_FLOW_ID,
    name: 'Primary Architecture Flow',
    version: 7,
    createdDate: new Date(EPOCH).toISOString(),
    modifiedDate: new Date(EPOCH + YEAR_MS).toISOString(),
    modifiedBy: { name: 'Ada Okafor' },
    settings: {
      routing: { type: 'longestAvailable', maxWaitTime: 300, scope: { type: 'org', id: orgId } },
      configurationMatrix: matrix(true, 50, 'overflow'),
      scopeDirectives: { applyTo: ['queue', 'user', 'team'], enforceHierarchy: true },
      prompts: { language: 'en-us', bargeIn: true },
    },
  };
}

function seededFlow(random: Random, index: number, orgId: string): FlowInput {
  const id = randomUuid(random);
  const created = EPOCH + Math.floor(random() * YEAR_MS);
  return {
    id,
    name: flowName(index),
    description: `Handles ${pick(random, TOPICS).toLowerCase()} requests`,
    version: 1 + Math.floor(random() * 40),
    createdDate: new Date(created).toISOString(),
    modifiedDate: new Date(created + Math.floor(random() * YEAR_MS)).toISOString(),
    modifiedBy: { name: pick(random, ['Ada Okafor', 'Bruno Keller', 'Chen Wei', 'Dana Schmidt']) },
    settings: seededSettings(random, orgId),
  };
}

function seededSettings(random: Random, orgId: string): JsonObject {
  return {
    routing: {
      type: pick(random, ROUTING_TYPES),
      maxWaitTime: 60 * (1 + Math.floor(random() * 15)),
      scope: { type: 'org', id: orgId },
      priority: Math.floor(random() * 10),
    },
    configurationMatrix: matrix(
      random() < 0.5,
      10 * (1 + Math.floor(random() * 10)),
      pick(random, FALLBACKS),
    ),
    scopeDirectives: {
      applyTo: pick<readonly string[]>(random, APPLY_TO),
      enforceHierarchy: random() < 0.5,
    },
    prompts: { language: pick(random, LANGUAGES), bargeIn: random() < 0.5 },
    recording: { enabled: random() < 0.7, retentionDays: 30 * (1 + Math.floor(random() * 12)) },
  };
}

function matrix(affinity: boolean, sessions: number, fallback: string): JsonObject {
  return {
    parameter_01: { key: 'queue_affinity', value: affinity },
    parameter_02: { key: 'max_concurrent_sessions', value: sessions },
    parameter_03: { key: 'fallback_routing', value: fallback },
  };
}

/** Unique by its number, whatever words come before it. */
function flowName(index: number): string {
  const topic = TOPICS[index % TOPICS.length] ?? TOPICS[0];
  const channel = CHANNELS[Math.floor(index / TOPICS.length) % CHANNELS.length] ?? CHANNELS[0];
  const region = REGIONS[index % REGIONS.length] ?? REGIONS[0];
  return `${topic} ${channel} ${region} ${String(index + 1).padStart(4, '0')}`;
}
