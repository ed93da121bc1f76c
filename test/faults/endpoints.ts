import type { Fault } from '../../src/simulator/fault.ts';
import { DEFAULT_PATHS } from '../../src/simulator/router.ts';
import type { RouteName } from '../../src/simulator/router.ts';
import type { FaultWorldOptions } from './fault-world.ts';

/** What the client asks the service for, and of how many requests a fault-free run of the world consists. */
export interface Endpoint {
  readonly match: Pick<Fault, 'method' | 'path'>;
  /** The route of the contract that it is. */
  readonly route: RouteName;
  readonly world: FaultWorldOptions;
  /** Which requests of a fault-free run are its first, one in the middle, and its last. */
  readonly nth: { readonly first: 1; readonly middle: number; readonly last: number };
}

const at = (method: string, route: RouteName): Endpoint['match'] => ({
  method,
  path: DEFAULT_PATHS[route],
});

const THREE = { first: 1, middle: 2, last: 3 } as const;
/** Whether the kind may be read, then a request for each of three names. */
const LOOK_UPS = { first: 1, middle: 3, last: 4 } as const;

const lookUp = (route: 'queues' | 'users' | 'teams'): Endpoint => ({
  match: at('GET', route),
  route,
  world: { requires: route },
  nth: LOOK_UPS,
});

export const ENDPOINTS = {
  /** Before the list, before the second flow, before the third. */
  token: {
    match: at('POST', 'token'),
    route: 'token',
    world: { shortTokens: true },
    nth: THREE,
  },
  /** Three pages. */
  list: { match: at('GET', 'flows'), route: 'flows', world: {}, nth: THREE },
  /** Of each flow, where the list shows no settings; the reads of the writes come after those. */
  'get for the plan': {
    match: at('GET', 'flow'),
    route: 'flow',
    world: { bareList: true },
    nth: THREE,
  },
  /** Of each flow one before the write, for its snapshot, and one after it, to verify. */
  get: {
    match: at('GET', 'flow'),
    route: 'flow',
    world: {},
    nth: { first: 1, middle: 3, last: 6 },
  },
  patch: { match: at('PATCH', 'flow'), route: 'flow', world: {}, nth: THREE },
  reload: { match: at('POST', 'reload'), route: 'reload', world: {}, nth: THREE },
  queues: lookUp('queues'),
  users: lookUp('users'),
  teams: lookUp('teams'),
} as const satisfies Readonly<Record<string, Endpoint>>;

export type EndpointName = keyof typeof ENDPOINTS;

export const ENDPOINT_NAMES = Object.keys(ENDPOINTS) as readonly EndpointName[];

/** Which of an endpoint's requests a fault meets: one alone, or all from one on to the end of the run. */
export const OCCURRENCES = {
  first: ({ first }: Endpoint['nth']) => ({ nth: first }),
  middle: ({ middle }: Endpoint['nth']) => ({ nth: middle }),
  last: ({ last }: Endpoint['nth']) => ({ nth: last }),
  'from the last on': ({ last }: Endpoint['nth']) => ({ from: last }),
  always: () => ({}),
} as const satisfies Readonly<Record<string, (nth: Endpoint['nth']) => Partial<Fault>>>;

export type OccurrenceName = keyof typeof OCCURRENCES;

export const OCCURRENCE_NAMES = Object.keys(OCCURRENCES) as readonly OccurrenceName[];
