import { setImmediate as turn } from 'node:timers/promises';
import type { FlowInput } from '../../../src/simulator/flow.ts';
import type { Json, JsonObject } from '../../../src/simulator/json.ts';
import type { OrgOptions, SimulatorOptions } from '../../../src/simulator/options.ts';
import { startSimulator } from '../../../src/simulator/simulator.ts';
import type { Simulator } from '../../../src/simulator/simulator.ts';

export const ORG = '11111111-1111-4111-8111-111111111111';
export const OTHER_ORG = '22222222-2222-4222-8222-222222222222';
export const CLIENT = { id: 'client-1', secret: 'secret-1', name: 'Keeper' };

/** A flow id that ends in the number. */
export const flowId = (n: number): string =>
  `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export function aFlow(n: number, more: Partial<FlowInput> = {}): FlowInput {
  return {
    id: flowId(n),
    name: `Flow ${String(n)}`,
    version: 3,
    settings: {
      routing: { type: 'longestAvailable', maxWaitTime: 600, extra: 'kept' },
      prompts: { language: 'en-us' },
    },
    ...more,
  };
}

export function anOrg(flows = 3, more: Partial<OrgOptions> = {}): OrgOptions {
  return {
    orgId: ORG,
    clients: [CLIENT],
    flows: Array.from({ length: flows }, (_, index) => aFlow(index + 1)),
    queues: ['Support', 'Sales', 'Sales EU'],
    users: ['Ada', 'Bruno'],
    teams: ['Front Line'],
    ...more,
  };
}

export interface Heard {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; undefined where it is no JSON. */
  readonly json: Body;
}
/** Fields that an answer may have; a test knows which it asked for. */
interface Body {
  readonly access_token: string;
  readonly entities: readonly Entity[];
  readonly total: number;
  readonly continuationToken?: string | null;
  readonly message: string;
  readonly code: string;
  readonly details: unknown;
  readonly settings: Record<string, unknown>;
}
interface Entity {
  readonly id: string;
  readonly name: string;
  readonly settings?: unknown;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: Json;
  readonly signal?: AbortSignal;
}

/** A caller of the simulated service that holds a token. */
export class Caller {
  readonly url: string;
  token = '';

  constructor(url: string) {
    this.url = url;
  }

  async logIn({ id, secret } = CLIENT as { id: string; secret: string }): Promise<this> {
    const answer = await this.ask('/api/v2/oauth/token', {
      method: 'POST',
      json: { grant_type: 'client_credentials', client_id: id, client_secret: secret },
    });
    this.token = answer.json.access_token;
    return this;
  }

  async ask(
    path: string,
    { method = 'GET', headers = {}, json, signal }: Ask = {},
  ): Promise<Heard> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(this.token === '' ? {} : { authorization: `Bearer ${this.token}` }),
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      ...(signal ? { signal } : {}),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parse(text) };
  }

  flow(n: number): Promise<Heard> {
    return this.ask(`/api/v2/architect/flows/${flowId(n)}`);
  }

  list(query = ''): Promise<Heard> {
    return this.ask(`/api/v2/architect/flows${query}`);
  }

  patch(n: number, version: number, settings: JsonObject, ask: Ask = {}): Promise<Heard> {
    const json = { orgId: ORG, flowId: flowId(n), settings, version };
    return this.ask(`/api/v2/architect/flows/${flowId(n)}`, { method: 'PATCH', json, ...ask });
  }

  reload(): Promise<Heard> {
    return this.ask('/api/v2/architect/flows/reload', { method: 'POST', json: { orgId: ORG } });
  }

  /** Every page from the first on, until one has no token. */
  async pages(query: string): Promise<Heard[]> {
    const pages: Heard[] = [];
    let token: string | undefined;
    do {
      const more = token === undefined ? '' : `&continuationToken=${encodeURIComponent(token)}`;
      const page = await this.list(`${query}${more}`);
      pages.push(page);
      token = page.json.continuationToken ?? undefined;
    } while (token && pages.length < 50);
    return pages;
  }
}

function parse(text: string): Body {
  try {
    return JSON.parse(text) as Body;
  } catch {
    return undefined as unknown as Body;
  }
}

export const namesOf = (page: Heard): string[] => page.json.entities.map(({ name }) => name);

/** A clock that stands still until it is moved, and its timers. */
export class ManualTime {
  nowMs = Date.UTC(2026, 0, 1);
  #timers: { readonly at: number; readonly run: () => void }[] = [];

  readonly now = (): number => this.nowMs;
  readonly setTimer = (run: () => void, ms: number): (() => void) => {
    const timer = { at: this.nowMs + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  /** To be spread into the options of a simulator. */
  get options(): Pick<SimulatorOptions, 'now' | 'setTimer'> {
    return { now: this.now, setTimer: this.setTimer };
  }

  get pending(): number {
    return this.#timers.length;
  }

  advance(ms: number): void {
    this.nowMs += ms;
    const due = this.#timers.filter(({ at }) => at <= this.nowMs);
    this.#timers = this.#timers.filter(({ at }) => at > this.nowMs);
    for (const { run } of due) run();
  }
}

/** Lets the event loop turn until it is so: real sockets need a few turns, never a wait. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let turns = 0; turns < 20_000; turns += 1) {
    if (isSo()) return;
    await turn();
  }
  throw new Error('it did not come to pass');
}

/** Simulators of one test file; `closeAll` belongs into afterEach. */
export class Simulators {
  #running: Simulator[] = [];

  async start(options: SimulatorOptions = {}): Promise<Simulator> {
    const simulator = await startSimulator({ orgs: [anOrg()], ...options });
    this.#running.push(simulator);
    return simulator;
  }

  /** A simulator and a caller that is logged in. */
  async serve(options: SimulatorOptions = {}): Promise<{ simulator: Simulator; api: Caller }> {
    const simulator = await this.start(options);
    const api = await new Caller(simulator.url).logIn();
    return { simulator, api };
  }

  async closeAll(): Promise<void> {
    const running = this.#running;
    this.#running = [];
    await Promise.all(running.map((simulator) => simulator.close()));
  }
}
