import type { DirectoryInput } from './directory.ts';
import type { Fault } from './fault.ts';
import type { FlowInput } from './flow.ts';
import type { RateLimitOptions } from './rate-limit.ts';
import type { Paths } from './router.ts';
import type { Latency, SetTimer } from './timing.ts';

export const PERMISSIONS = [
  'architect:flow:view',
  'architect:flow:edit',
  'routing:queue:view',
  'directory:user:view',
  'groups:team:view',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export interface ClientOptions {
  /** Unique over all orgs of the simulator: the client decides the org. */
  readonly id: string;
  readonly secret: string;
  /** Shown as `modifiedBy` of what it writes; its id when not given. */
  readonly name?: string;
  /** All when not given. */
  readonly permissions?: readonly Permission[];
}

export interface OrgOptions {
  /** A UUID. */
  readonly orgId: string;
  readonly name?: string;
  readonly clients: readonly ClientOptions[];
  /** Read once at the start; may be a lazy `seedFlows(…)`. */
  readonly flows?: Iterable<FlowInput>;
  readonly queues?: readonly DirectoryInput[];
  readonly users?: readonly DirectoryInput[];
  readonly teams?: readonly DirectoryInput[];
}

/** Everything that can be chosen when a simulator starts. All optional. */
export interface SimulatorOptions {
  /** 0 (default): any free one. */
  readonly port?: number;
  /** 127.0.0.1 when not given; anything else lets other machines in. */
  readonly host?: string;
  /** One sample org (`seedOrg()`) when not given. */
  readonly orgs?: readonly OrgOptions[];
  /** Paths that differ from the contract's. */
  readonly paths?: Partial<Paths>;

  /** Lifetime of a token, from 1; a day when not given. */
  readonly tokenTtlSeconds?: number;
  /** How a client may ask for a token; `both` when not given. */
  readonly tokenRequest?: 'json' | 'form-basic' | 'both';

  /** When the list of flows holds their settings; `expand` (if `expand` names `settings`) when not given. */
  readonly listSettings?: 'always' | 'expand' | 'never';
  /** Whether the list of flows tells its `total`; it does when not given. */
  readonly total?: boolean;
  /** How the last page says that it is; `absent` when not given. */
  readonly endMarker?: 'absent' | 'null' | 'empty';
  /** A larger pageSize is refused; 100 when not given. */
  readonly maxPageSize?: number;

  /** How long every request takes before it is handled; 0 when not given. */
  readonly latencyMs?: Latency;
  /** How long a reload takes from its start to its effect; 0 when not given. */
  readonly reloadLatencyMs?: number;
  /** Answer of a reload; 200 when not given. 202 comes at once, the effect later; 200 and 204 come with it. */
  readonly reloadStatus?: 200 | 202 | 204;
  /** Off when not given. */
  readonly rateLimit?: RateLimitOptions;
  /** Faults from the start. */
  readonly faults?: readonly Fault[];

  /** Requests that the log keeps; 10,000 when not given. */
  readonly requestLogLimit?: number;
  /** Whether /_simulator/* is served; it is when not given. */
  readonly controlApi?: boolean;
  /** Of the latency; 1 when not given. */
  readonly seed?: number;
  /** Epoch milliseconds; the machine's clock when not given. */
  readonly now?: () => number;
  readonly setTimer?: SetTimer;
}

/** The choices that handlers look at, with their defaults. */
export type Behaviour = Required<
  Pick<
    SimulatorOptions,
    | 'listSettings'
    | 'total'
    | 'endMarker'
    | 'maxPageSize'
    | 'reloadLatencyMs'
    | 'reloadStatus'
    | 'tokenRequest'
  >
>;

export function behaviourOf(options: SimulatorOptions): Behaviour {
  return {
    listSettings: options.listSettings ?? 'expand',
    total: options.total ?? true,
    endMarker: options.endMarker ?? 'absent',
    maxPageSize: options.maxPageSize ?? 100,
    reloadLatencyMs: options.reloadLatencyMs ?? 0,
    reloadStatus: options.reloadStatus ?? 200,
    tokenRequest: options.tokenRequest ?? 'both',
  };
}
