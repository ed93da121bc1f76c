import type { Json } from './json.ts';

/** Which requests a fault is for. Whatever is left out matches every request. */
interface FaultMatch {
  /** Made up when not given; must not be taken. */
  readonly id?: string;
  readonly method?: string;
  /** Exact; a prefix when it ends in `*`; a route when it holds a `{parameter}`, as `/api/v2/architect/flows/{flowId}`. */
  readonly path?: string;
  readonly flowId?: string;
  readonly orgId?: string;
  readonly clientId?: string;
  /** Only the nth of the requests that match the above since the fault was added, from 1. */
  readonly nth?: number;
  /** Only the matching requests from this one on, from 1. */
  readonly from?: number;
  /** Only the matching requests up to this one, included. */
  readonly to?: number;
  /** At most so many requests altogether. */
  readonly times?: number;
}

interface StatusFields {
  /** 200..599. */
  readonly status: number;
  /** JSON, or text as it is; an error body of the contract when not given. */
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
  /** The Retry-After header: seconds, or any text. */
  readonly retryAfter?: number | string;
}

interface FaultFields {
  /** Answered with this status instead of being handled. */
  status: StatusFields;
  /** The connection is reset instead. */
  reset: object;
  /** Never answered, never handled. */
  hang: object;
  /** An HTML page instead, as a proxy in between sends it. */
  garbage: { readonly status?: number };
  /** Handled, then never answered. */
  'apply-then-hang': object;
  /** Handled, then the connection is reset. */
  'apply-then-reset': object;
  /** Handled, then answered with this status. */
  'apply-then-status': StatusFields;
  /** Handled; the answer's length is announced, half of it comes, the connection ends. */
  'cut-body': object;
  /** Handled; the answer is valid JSON of this size. 64 MiB when not given. */
  'huge-body': { readonly sizeBytes?: number };
  /** Handled; the answer is JSON that the contract does not know. */
  'wrong-shape': { readonly body?: Json };
  /**
   * Takes so much longer. `after-delay` (default): handled at the end, even when the client has
   * gone by then, so that a write may land after its sender has given up; `before-delay`: at once.
   */
  slow: { readonly delayMs: number; readonly applies?: 'before-delay' | 'after-delay' };
  /** Handled; the body drips, so many bytes (16) each so many milliseconds (50). */
  'slow-body': { readonly chunkBytes?: number; readonly delayMs?: number };
  /** A page (of flows, queues, users, teams) loses so many (1) of its entities; the rest says nothing of it. */
  'short-page': { readonly drop?: number };
  /** A page repeats the list's first entity at its end. */
  'repeat-entity': object;
  /** A page's `total` is off by so many (1). */
  'wrong-total': { readonly by?: number };
  /** A page of flows holds so many (half) of its entities, and the next page goes on from there: legal. */
  'partial-page': { readonly keep?: number };
  /** A page of flows is empty, and its token leads to what it should have held: legal. */
  'empty-page': object;
  /** A page of flows answers with the token that asked for it (the first page: with one that leads to itself). */
  'repeat-token': object;
  /**
   * A PATCH is accepted, but what is stored differs at one JSON pointer (`/routing/maxWaitTime`) into `settings`: `value`, or
   * nothing where it is not given. The answer shows what was asked for (default) or what is stored.
   */
  'store-differently': {
    readonly pointer: string;
    readonly value?: Json;
    readonly answer?: 'as-asked' | 'as-stored';
  };
}

export type FaultKind = keyof FaultFields;
export type FaultOf<K extends FaultKind> = FaultMatch & { readonly kind: K } & FaultFields[K];
/** What goes wrong, with which requests. A request meets one fault at most: the first that is due. */
export type Fault = { [K in FaultKind]: FaultOf<K> }[FaultKind];

/** What a table of reactions to faults looks like. */
export type ByFault<Args extends readonly unknown[], Result> = {
  readonly [K in FaultKind]?: (fault: FaultOf<K>, ...args: Args) => Result;
};

/** The reaction of the table to this fault, ready to be called; undefined where it has none. */
export function reactionTo<Args extends readonly unknown[], Result>(
  table: ByFault<Args, Result>,
  fault: Fault,
): ((...args: Args) => Result) | undefined {
  // the table is keyed by the fault's own kind, which TypeScript cannot follow through the lookup
  const react = table[fault.kind] as ((fault: Fault, ...args: Args) => Result) | undefined;
  return react && ((...args) => react(fault, ...args));
}
