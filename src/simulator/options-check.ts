import {
  ANY,
  COUNT,
  FLAG,
  OBJECT,
  POSITIVE,
  TEXT,
  UUID_TEXT,
  listOf,
  oneOf,
  problemsOf,
  refuseProblems,
  required,
} from './input.ts';
import type { Field, Fields } from './input.ts';
import { isObject } from './json.ts';
import { PERMISSIONS } from './options.ts';
import type { OrgOptions, SimulatorOptions } from './options.ts';
import { DEFAULT_PATHS } from './router.ts';

const PORT: Field = {
  is: (value) => COUNT.is(value) && Number(value) <= 65_535,
  wants: 'a port from 0 to 65535',
};
const LATENCY: Field = {
  is: (value) => COUNT.is(value) || isSpread(value),
  wants: 'milliseconds or { minMs, maxMs }',
};
const PATH: Field = {
  is: (value) => typeof value === 'string' && value.startsWith('/'),
  wants: 'a path that begins with /',
};

const OPTION_FIELDS: Fields = {
  port: PORT,
  host: TEXT,
  orgs: listOf(OBJECT),
  paths: OBJECT,
  tokenTtlSeconds: POSITIVE,
  tokenRequest: oneOf('json', 'form-basic', 'both'),
  listSettings: oneOf('always', 'expand', 'never'),
  total: FLAG,
  endMarker: oneOf('absent', 'null', 'empty'),
  maxPageSize: POSITIVE,
  latencyMs: LATENCY,
  reloadLatencyMs: COUNT,
  reloadStatus: oneOf(200, 202, 204),
  rateLimit: OBJECT,
  faults: listOf(OBJECT),
  requestLogLimit: COUNT,
  controlApi: FLAG,
  seed: COUNT,
  now: ANY,
  setTimer: ANY,
};

const RATE_FIELDS: Fields = {
  requestsPerMinute: required(POSITIVE),
  algorithm: oneOf('window', 'bucket'),
  retryAfter: oneOf('seconds', 'http-date', 'absent'),
};

const ORG_FIELDS: Fields = {
  orgId: required(UUID_TEXT),
  name: TEXT,
  clients: required(listOf(OBJECT)),
  flows: ANY,
  queues: listOf(ANY),
  users: listOf(ANY),
  teams: listOf(ANY),
};

const CLIENT_FIELDS: Fields = {
  id: required(TEXT),
  secret: required(TEXT),
  name: TEXT,
  permissions: listOf(oneOf(...PERMISSIONS)),
};

const PATH_FIELDS: Fields = Object.fromEntries(
  Object.keys(DEFAULT_PATHS).map((name) => [name, PATH]),
);

/** @throws SimulatorInputError with every fault of the options */
export function checkOptions(options: SimulatorOptions): void {
  refuseProblems(problemsOf(options, OPTION_FIELDS, 'options'));
  const { rateLimit, paths, orgs = [] } = options;
  refuseProblems([
    ...(rateLimit ? problemsOf(rateLimit, RATE_FIELDS, 'rateLimit') : []),
    ...(paths ? problemsOf(paths, PATH_FIELDS, 'paths') : []),
    ...orgs.flatMap((org, index) => orgProblems(org, `org ${String(index + 1)}`)),
  ]);
  refuseProblems([
    ...repeated(orgs.map(({ orgId }) => orgId.toLowerCase())).map(
      (id) => `org ${id} is there twice`,
    ),
    ...repeated(orgs.flatMap(({ clients }) => clients.map(({ id }) => id))).map(
      (id) => `client ${id} is there twice`,
    ),
  ]);
}

function orgProblems(org: OrgOptions, where: string): readonly string[] {
  const problems = problemsOf(org, ORG_FIELDS, where);
  if (problems.length > 0) return problems;
  return org.clients.flatMap((client, index) =>
    problemsOf(client, CLIENT_FIELDS, `${where} client ${String(index + 1)}`),
  );
}

function repeated(ids: readonly string[]): readonly string[] {
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
}

function isSpread(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { minMs, maxMs } = value;
  return COUNT.is(minMs) && COUNT.is(maxMs) && Number(minMs) <= Number(maxMs);
}
