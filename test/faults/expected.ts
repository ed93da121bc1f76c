import type { EndpointName } from './endpoints.ts';
import { GET, GET_FOR_THE_PLAN, LIST, LOOK_UP, TOKEN } from './expected-reads.ts';
import type { Table } from './expected-row.ts';
import { PATCH, RELOAD } from './expected-writes.ts';

export const EXPECTED: Readonly<Record<EndpointName, Table>> = {
  token: TOKEN,
  list: LIST,
  'get for the plan': GET_FOR_THE_PLAN,
  get: GET,
  patch: PATCH,
  reload: RELOAD,
  queues: LOOK_UP,
  users: LOOK_UP,
  teams: LOOK_UP,
};
