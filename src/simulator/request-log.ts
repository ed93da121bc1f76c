import type { NextSequence } from './flow-store.ts';

/** How a request ended; `open` while it has not. A hung one is open until its client goes. */
export type Ending = 'open' | 'answered' | 'reset' | 'client-gone';

/** One request. Sequences order starts, ends and stores of the whole simulator. */
export interface LoggedRequest {
  /** When it arrived. */
  readonly sequence: number;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly correlationId: string;
  readonly method: string;
  readonly path: string;
  /** The template of its path, or `unknown`. */
  readonly route: string;
  readonly query: Readonly<Record<string, string>>;
  readonly orgId: string | undefined;
  readonly clientId: string | undefined;
  readonly flowId: string | undefined;
  readonly faultId: string | undefined;
  /** Of a PATCH and a reload: its JSON, or its text where that is none. Never of a token request. */
  readonly body: unknown;
  /** Status of the answer; undefined as long as there is none. */
  readonly status: number | undefined;
  readonly ending: Ending;
  /** Just before the answer was sent, or when the connection ended. */
  readonly endSequence: number | undefined;
  readonly endedAt: number | undefined;
  /** When an accepted PATCH was stored; may be after the end, where the client did not wait. */
  readonly appliedSequence: number | undefined;
}

export type OpenRequest = { -readonly [K in keyof LoggedRequest]: LoggedRequest[K] };
export type RequestStart = Pick<
  LoggedRequest,
  'correlationId' | 'method' | 'path' | 'route' | 'query' | 'orgId' | 'clientId' | 'flowId'
>;

export interface RequestFilter {
  readonly method?: string;
  readonly route?: string;
  readonly orgId?: string;
  readonly flowId?: string;
  /** Only those with a greater sequence. */
  readonly after?: number;
}

/** Counted from the start or the last `clear`, without bound. */
export interface RequestStats {
  readonly total: number;
  /** By method and template, as `PATCH /api/v2/architect/flows/{flowId}`. */
  readonly byRoute: Readonly<Record<string, number>>;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly inFlight: number;
  readonly maxInFlight: number;
}

/** The last requests, and counts of all. */
export class RequestLog {
  readonly #limit: number;
  readonly #nextSequence: NextSequence;
  readonly #now: () => number;
  #entries: OpenRequest[] = [];
  #total = 0;
  #inFlight = 0;
  #maxInFlight = 0;
  readonly #byRoute = new Map<string, number>();
  readonly #byStatus = new Map<string, number>();

  constructor(limit: number, nextSequence: NextSequence, now: () => number) {
    this.#limit = limit;
    this.#nextSequence = nextSequence;
    this.#now = now;
  }

  start(facts: RequestStart): OpenRequest {
    const entry: OpenRequest = {
      ...facts,
      sequence: this.#nextSequence(),
      startedAt: this.#now(),
      faultId: undefined,
      body: undefined,
      status: undefined,
      ending: 'open',
      endSequence: undefined,
      endedAt: undefined,
      appliedSequence: undefined,
    };
    this.#entries.push(entry);
    // cut in halves, so that a full log costs no more than one that is filling
    if (this.#entries.length >= 2 * this.#limit) this.#entries = this.#last();
    this.#total += 1;
    this.#inFlight += 1;
    this.#maxInFlight = Math.max(this.#maxInFlight, this.#inFlight);
    increment(this.#byRoute, `${entry.method} ${entry.route}`);
    return entry;
  }

  /** The first ending counts; a connection that closes after its answer tells nothing new. */
  end(entry: OpenRequest, ending: Exclude<Ending, 'open'>, status?: number): void {
    if (entry.ending !== 'open') return;
    entry.ending = ending;
    entry.status = status;
    entry.endSequence = this.#nextSequence();
    entry.endedAt = this.#now();
    this.#inFlight -= 1;
    increment(this.#byStatus, status === undefined ? ending : String(status));
  }

  /** Oldest first. Entries of open requests go on changing. */
  list(filter: RequestFilter = {}): LoggedRequest[] {
    const { method, route, orgId, flowId, after = 0 } = filter;
    return this.#last().filter(
      (entry) =>
        entry.sequence > after &&
        (method ?? entry.method) === entry.method &&
        (route ?? entry.route) === entry.route &&
        (orgId ?? entry.orgId) === entry.orgId &&
        (flowId ?? entry.flowId) === entry.flowId,
    );
  }

  /** Forgets entries and counts; sequences go on. */
  clear(): void {
    this.#entries = [];
    this.#total = 0;
    this.#maxInFlight = this.#inFlight;
    this.#byRoute.clear();
    this.#byStatus.clear();
  }

  stats(): RequestStats {
    return {
      total: this.#total,
      byRoute: Object.fromEntries(this.#byRoute),
      byStatus: Object.fromEntries(this.#byStatus),
      inFlight: this.#inFlight,
      maxInFlight: this.#maxInFlight,
    };
  }

  #last(): OpenRequest[] {
    return this.#limit === 0 ? [] : this.#entries.slice(-this.#limit);
  }
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
