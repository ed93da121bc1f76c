import { AxiosHttpClient } from '../../src/adapters/http/axios-http-client.ts';
import { makeArchitectSettingsBackend } from '../../src/backends/architect-settings/make-architect-settings-backend.ts';
import { UNSPENT } from '../../src/domain/request-budget.ts';
import { releaseFlow } from '../../src/engine/release-flow.ts';
import type { OrgRunReport } from '../../src/engine/run-report.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { HttpClient } from '../../src/ports/http-client.ts';
import type { RateGate } from '../../src/ports/rate-gate.ts';
import type { DirectoryKind } from '../../src/simulator/directory.ts';
import type { Fault, FaultKind } from '../../src/simulator/fault.ts';
import type { FlowInput } from '../../src/simulator/flow.ts';
import type { JsonObject } from '../../src/simulator/json.ts';
import { startSimulator } from '../../src/simulator/simulator.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { aFlowId, ORG_ID, someSettings } from '../support/builders.ts';
import { EngineRig, ORG, waiting } from '../support/engine-rig.ts';
import type { FlowSpec } from '../support/engine-rig.ts';
import { ANSWER_MS, BETWEEN_RUNS_MS, CALL_MS, MAX_ANSWER_BYTES } from './fault-rows.ts';

/** What git wants of each flow; live it is 600. */
const WANTED_WAIT = 900;
const CLIENT = { id: 'matrix-client', secret: 'matrix-secret-7c1f' };
/** Every request takes so long, so that what never ends runs into its deadline. */
const REQUEST_MS = 100;
const LIVE_DEADLINE_MS = 40_000;
/** An open request that met one of these waits for nothing but time. */
const TIMED: ReadonlySet<FaultKind | undefined> = new Set([
  'hang',
  'apply-then-hang',
  'slow',
  'slow-body',
]);
const STEP_MS = 50;
/** After so many turns of the loop nothing is on its way between two sockets of one process. */
const QUIET_TURNS = 4;

export interface FaultWorldOptions {
  /** Each flow requires one of this kind, each by another name. */
  readonly requires?: DirectoryKind;
  /** The list shows no settings, so that each flow is read by itself. */
  readonly bareList?: boolean;
  /** Tokens end whenever a flow has ended. */
  readonly shortTokens?: boolean;
}

/**
 * The engine on its real backend and HTTP client against the simulated service, in one process and in virtual time:
 * nobody ever waits for a fault. Three flows that git wants changed, each on a page of the list of its own beside one
 * that git does not describe. One flow is worked on at a time.
 */
export class FaultWorld {
  readonly rig: EngineRig;
  readonly simulator: Simulator;
  readonly #http: AxiosHttpClient;
  readonly #options: FaultWorldOptions;
  readonly #backend: ReturnType<typeof makeArchitectSettingsBackend>;
  /** Requests on their way. */
  #sent = 0;
  /** Of them those that wait until they are tried again. */
  #napping = 0;

  private constructor(rig: EngineRig, simulator: Simulator, options: FaultWorldOptions) {
    this.rig = rig;
    this.simulator = simulator;
    this.#options = options;
    const { clock, log } = rig;
    const patient = this.#patientClock();
    this.#http = new AxiosHttpClient({
      clock: { now: () => clock.now(), sleep: (ms, signal) => this.#nap(ms, signal) },
      random: () => 0,
      setTimer: (run, ms) => clock.alarm(ms, run),
    });
    this.#backend = makeArchitectSettingsBackend(
      {
        environment: simulator.url,
        orgId: ORG_ID,
        clientId: CLIENT.id,
        clientSecret: CLIENT.secret,
        pageSize: 2,
        timeouts: { connectMs: ANSWER_MS, answerMs: ANSWER_MS, callMs: CALL_MS },
        maxAnswerBytes: MAX_ANSWER_BYTES,
      },
      { clock, log, http: this.#counted(), rateGate: slowGate(patient) },
    );
  }

  static async start(options: FaultWorldOptions = {}): Promise<FaultWorld> {
    const rig = new EngineRig({ flows: 0 });
    const { clock } = rig;
    const simulator = await startSimulator({
      orgs: [
        {
          orgId: ORG_ID,
          clients: [CLIENT],
          flows: someFlows(),
          queues: [1, 2, 3].map(nameOf),
          users: [1, 2, 3].map(nameOf),
          teams: [1, 2, 3].map(nameOf),
        },
      ],
      now: () => clock.now(),
      setTimer: (run, ms) => clock.alarm(ms, run),
      listSettings: options.bareList === true ? 'never' : 'expand',
    });
    rig.policy({ apply: { concurrency: 1, verifyTimeout: '2s' } });
    rig.commit({ 1: fileOf(1, options), 2: fileOf(2, options), 3: fileOf(3, options) });
    return new FaultWorld(rig, simulator, options);
  }

  /** @returns its id */
  arm(fault: Fault): string {
    return this.simulator.faults.add(fault);
  }

  /** One run, for which time passes as far as it takes. */
  run(): Promise<OrgRunReport> {
    const { observer } = this.rig.ports;
    const ports = {
      clock: this.#patientClock(),
      backend: this.#backend,
      observer: {
        ...observer,
        flowEnded: () => {
          if (this.#options.shortTokens === true) this.simulator.revokeTokens();
        },
      },
    };
    return this.#inTime(this.rig.run({ ports, deadlines: { liveMs: LIVE_DEADLINE_MS } }));
  }

  /** Nothing fails any more, and what was under way has come to its end. */
  async heal(): Promise<void> {
    this.simulator.faults.clear();
    await this.rig.clock.advance(BETWEEN_RUNS_MS);
  }

  /** A person lets the flow go that is held back. */
  async release(n: number): Promise<void> {
    const record = await this.rig.record(n);
    if (!record) throw new Error(`nothing is known of flow ${String(n)}`);
    const asked = { org: ORG, flowId: aFlowId(n), name: '', record, by: 'ops' };
    await releaseFlow(this.rig.ports, asked, new AbortController().signal);
  }

  /** PATCHes of the flow that the service stored. */
  accepted(n: number): number {
    const sent = this.simulator.requests.list({ method: 'PATCH', flowId: aFlowId(n) });
    return sent.filter(({ appliedSequence }) => appliedSequence !== undefined).length;
  }

  /** Statuses of the flow's audit records. */
  audited(n: number): readonly string[] {
    const records = this.rig.audits().filter(({ flowId }) => flowId === aFlowId(n));
    return records.map(({ status }) => status);
  }

  live(n: number): ReturnType<ReturnType<Simulator['org']>['flow']> {
    return this.simulator.org().flow(aFlowId(n));
  }

  async close(): Promise<void> {
    this.#http.close();
    await this.simulator.close();
  }

  #counted(): HttpClient {
    return {
      send: async (request, signal) => {
        const counted = { isSent: false };
        const count = (isSent: boolean): void => {
          this.#sent += Number(isSent) - Number(counted.isSent);
          counted.isSent = isSent;
        };
        const admit = async (alive: AbortSignal): Promise<void> => {
          // before each attempt
          count(false);
          await request.admit?.(alive);
          count(true);
        };
        try {
          return await this.#http.send({ ...request, admit }, signal);
        } finally {
          count(false);
        }
      },
    };
  }

  /** A flow's sleep is over at once, but not while another's request is on its way, whose time it would take. */
  #patientClock(): Clock {
    const { clock } = this.rig;
    return {
      now: () => clock.now(),
      monotonicMs: () => clock.monotonicMs(),
      alarm: (ms, ring) => clock.alarm(ms, ring),
      sleep: async (ms, signal) => {
        while (this.#sent > this.#napping) {
          signal.throwIfAborted();
          await turn();
        }
        await clock.sleep(ms, signal);
      },
    };
  }

  /** The same for a request that is to be tried again. */
  async #nap(ms: number, signal: AbortSignal): Promise<void> {
    this.#napping += 1;
    try {
      await this.#patientClock().sleep(ms, signal);
    } finally {
      this.#napping -= 1;
    }
  }

  /** Lets time pass whenever somebody waits for nothing else. */
  async #inTime<T>(work: Promise<T>): Promise<T> {
    const seen = { hasEnded: false };
    const end = (): void => {
      seen.hasEnded = true;
    };
    work.then(end, end);
    for (let quiet = 0; ;) {
      await turn();
      if (seen.hasEnded) return work;
      quiet = this.#waitsForTime() ? quiet + 1 : 0;
      if (quiet >= QUIET_TURNS) await this.rig.clock.advance(STEP_MS);
    }
  }

  #waitsForTime(): boolean {
    const { faults, requests } = this.simulator;
    const armed = faults.list();
    if (!armed.some(({ fault, hits }) => hits > 0 && TIMED.has(fault.kind))) return false;
    const open = requests.list().filter(({ ending }) => ending === 'open');
    const kindOf = (id: string | undefined): FaultKind | undefined =>
      armed.find((fault) => fault.id === id)?.fault.kind;
    return open.length > 0 && open.every(({ faultId }) => TIMED.has(kindOf(faultId)));
  }
}

/** What the settings are before anything was written, or after all of it was. */
export function settingsOf(when: 'before' | 'wanted'): JsonObject {
  const settings = someSettings();
  const maxWaitTime = when === 'wanted' ? WANTED_WAIT : 600;
  return { ...settings, routing: { ...(settings['routing'] as JsonObject), maxWaitTime } };
}

export const FIRST_VERSION = 7;

/** Flows 1 to 3, and after each one that git does not describe. */
function someFlows(): FlowInput[] {
  const flow = (n: number): FlowInput => ({
    id: aFlowId(n),
    name: `Flow ${String(n)}`,
    version: FIRST_VERSION,
    settings: settingsOf('before'),
  });
  return [1, 11, 2, 12, 3, 13].map(flow);
}

/** What git says of a flow. */
function fileOf(n: number, { requires }: FaultWorldOptions): FlowSpec {
  return waiting(WANTED_WAIT, requires ? { requires: { [requires]: [nameOf(n)] } } : {});
}

/** Of the nth queue, user and team. */
function nameOf(n: number): string {
  return `Number ${String(n)}`;
}

/** Admits everybody, and takes its time: more where the service asked for silence. */
function slowGate(clock: Clock): RateGate {
  let stalledUntil = 0;
  return {
    configure: () => undefined,
    admit: (_kind, signal) => clock.sleep(Math.max(REQUEST_MS, stalledUntil - clock.now()), signal),
    stall: (untilAt) => {
      stalledUntil = Math.max(stalledUntil, untilAt);
      return Promise.resolve();
    },
    spent: () => Promise.resolve(UNSPENT),
    waitedMs: 0,
  };
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
