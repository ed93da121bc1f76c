import { makeControl } from './control-api.ts';
import { CONTROL_PREFIX, exchange } from './exchange.ts';
import { Faults } from './faults.ts';
import type { StoreClock } from './flow-store.ts';
import { SimulatorInputError } from './input.ts';
import type { SimulatorInside } from './inside.ts';
import { checkOptions } from './options-check.ts';
import { behaviourOf } from './options.ts';
import type { SimulatorOptions } from './options.ts';
import { makeClient, makeOrg } from './org.ts';
import type { Client, Org } from './org.ts';
import { seededRandom } from './random.ts';
import { RateLimit } from './rate-limit.ts';
import { RequestLog } from './request-log.ts';
import { DEFAULT_PATHS, Router } from './router.ts';
import { makeService } from './routes.ts';
import { seedOrg } from './seed.ts';
import { startServer } from './server.ts';
import { SimulatedOrg } from './simulated-org.ts';
import { Waits, latencySource, realTimer } from './timing.ts';
import { Tokens } from './tokens.ts';
import { WriteWatch } from './write-watch.ts';

/** A running simulated service, seen from inside its process. */
export interface Simulator extends SimulatorInside {
  /** Without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Ends every connection and timer at once. */
  close(): Promise<void>;
}

/** Everything of a simulator but its socket. */
interface World {
  readonly orgs: ReadonlyMap<string, Org>;
  readonly clients: ReadonlyMap<string, Client>;
  readonly clock: StoreClock;
  readonly tokens: Tokens;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly router: Router;
  readonly waits: Waits;
  readonly watch: WriteWatch;
}

/**
 * Serves the architect-settings contract for one or several orgs, in memory.
 * @throws SimulatorInputError with every fault of the options; the error of `listen`
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  checkOptions(options);
  const { port = 0, host = '127.0.0.1' } = options;
  const world = makeWorld(options);
  const inside = makeInside(world);
  const parts = {
    ...world,
    nextLatencyMs: latencySource(options.latencyMs ?? 0, seededRandom(options.seed ?? 1)),
    now: world.clock.now,
    respond: makeService({
      ...world,
      behaviour: behaviourOf(options),
      rateLimit: options.rateLimit && new RateLimit(options.rateLimit, world.clock.now),
    }),
    control: options.controlApi === false ? undefined : makeControl(inside, CONTROL_PREFIX),
  };
  const server = await startServer((req, res) => exchange(parts, req, res), { host, port });
  const urlHost = host.includes(':') ? `[${host}]` : host;
  return {
    ...inside,
    url: `http://${urlHost}:${String(server.port)}`,
    port: server.port,
    close: () => {
      world.waits.cancelAll();
      return server.close();
    },
  };
}

function makeWorld(options: SimulatorOptions): World {
  let sequence = 0;
  const clock: StoreClock = {
    nextSequence: () => (sequence += 1),
    now: options.now ?? Date.now,
  };
  const orgs = new Map<string, Org>();
  const clients = new Map<string, Client>();
  for (const orgOptions of options.orgs ?? [seedOrg()]) {
    const org = makeOrg(orgOptions, clock);
    orgs.set(org.orgId, org);
    for (const client of orgOptions.clients) clients.set(client.id, makeClient(client, org));
  }
  const router = new Router({ ...DEFAULT_PATHS, ...options.paths });
  const faults = new Faults(router);
  faults.addAll(options.faults ?? []);
  return {
    orgs,
    clients,
    clock,
    tokens: new Tokens(options.tokenTtlSeconds ?? 86_400, clock.now),
    faults,
    log: new RequestLog(options.requestLogLimit ?? 10_000, clock.nextSequence, clock.now),
    router,
    waits: new Waits(options.setTimer ?? realTimer),
    watch: new WriteWatch(),
  };
}

function makeInside(world: World): SimulatorInside {
  const orgIds = [...world.orgs.keys()];
  return {
    orgIds,
    faults: world.faults,
    requests: world.log,
    org: (orgId) => {
      const only = orgIds.length === 1 ? orgIds[0] : undefined;
      const wanted = orgId?.toLowerCase() ?? only;
      const org = wanted === undefined ? undefined : world.orgs.get(wanted);
      if (org !== undefined) return new SimulatedOrg(org, world.clients);
      const asked = wanted === undefined ? 'orgId must be given' : `there is no org ${wanted}`;
      throw new SimulatorInputError([`${asked}: there are ${orgIds.join(', ')}`]);
    },
    stats: () => world.log.stats(),
    violations: () => [...world.watch.violations],
    revokeTokens: (clientId) => world.tokens.revoke(clientId),
  };
}
