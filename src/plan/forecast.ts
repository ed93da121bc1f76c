import type { FlowId } from '../domain/flow.ts';
import { priorityOf } from '../domain/plan.ts';
import type { FlowChange } from '../domain/plan.ts';
import type { Policy } from '../domain/policy.ts';
import { frontOf, MINUTE_MS, restMs, takeRequest, UNSPENT } from '../domain/request-budget.ts';
import type { Asking, BudgetState, BudgetVerdict, RateLimits } from '../domain/request-budget.ts';

/** What applying a plan costs, when nothing goes wrong and nobody else uses the OAuth client. */
export interface CallForecast {
  /** Before and after each write; one more where snapshots are pushed first. */
  readonly reads: number;
  readonly writes: number;
  /** Flows that are written at the same time share one. */
  readonly reloads: number;
  /** Of what flows lean on, once per kind; names that are asked for one by one come on top. */
  readonly lookUps: number;
  /** At the rates that the policy allows; the latency of the calls comes on top where it is longer. */
  readonly minutes: number;
}

/** A flow that would be written. */
export interface ForecastFlow {
  readonly flowId: FlowId;
  readonly priority: Asking['priority'];
  /** Flows that have to end before this one starts; those that would not be written do not count. */
  readonly after: readonly FlowId[];
}

export interface ForecastInput {
  /** In the order of the plan. */
  readonly flows: readonly ForecastFlow[];
  readonly lookUps: number;
  /** Flows written at once. */
  readonly concurrency: number;
  /** Every flow is read once before the first write. */
  readonly snapshotsFirst: boolean;
  readonly limits: RateLimits;
  readonly spent: BudgetState;
}

export interface RunForecast extends CallForecast {
  /** Milliseconds from `spent.at` until each flow has ended. */
  readonly endMsOf: ReadonlyMap<FlowId, number>;
}

/** Of a plan that writes nothing. */
export const NO_CALLS: RunForecast = {
  reads: 0,
  writes: 0,
  reloads: 0,
  lookUps: 0,
  minutes: 0,
  endMsOf: new Map(),
};

/**
 * Plays a run through, request by request, with the same rules by which requests are admitted in earnest: a few flows
 * at once, each of which reads, writes, reloads and reads again, what people caused first, reloads shared. Answers
 * take no time. Pure.
 */
export function forecastRun(input: ForecastInput): RunForecast {
  return new Rehearsal(input).play();
}

/** The same of changes alone, as if nothing had been spent and none waited for another. */
export function forecastChanges(
  changes: readonly Pick<FlowChange, 'flowId' | 'kind'>[],
  { rate, apply }: Pick<Policy, 'rate' | 'apply'>,
): RunForecast {
  return forecastRun({
    flows: changes.map(({ flowId, kind }) => ({ flowId, priority: priorityOf(kind), after: [] })),
    lookUps: 0,
    concurrency: apply.concurrency,
    snapshotsFirst: apply.pushSnapshotsFirst,
    limits: rate,
    spent: UNSPENT,
  });
}

interface Waiting extends Asking {
  readonly answered: () => void;
}

class Rehearsal {
  readonly #input: ForecastInput;
  readonly #updatesAt: number[];
  #requestsTat: number;
  #now: number;
  #line: Waiting[] = [];
  #calls = { reads: 0, writes: 0, reloads: 0 };
  readonly #endMsOf = new Map<FlowId, number>();
  readonly #planned: ReadonlySet<FlowId>;
  /** Flows that wait for others, in the order of the plan. */
  #held: ForecastFlow[] = [];
  #nextFlow = 0;
  #running = 0;
  #isReloading = false;
  #waitForReload: (() => void)[] = [];

  constructor(input: ForecastInput) {
    const { spent, flows } = input;
    this.#input = input;
    this.#updatesAt = [...spent.updatesAt];
    this.#requestsTat = spent.requestsTat;
    this.#now = spent.at;
    this.#planned = new Set(flows.map(({ flowId }) => flowId));
  }

  play(): RunForecast {
    const { lookUps, flows, spent } = this.#input;
    const priority = flows[0]?.priority ?? 'routine';
    if (flows.length > 0) this.#lookUp(lookUps, priority);
    while (this.#line.length > 0) this.#serve();
    const minutes = Math.ceil(((this.#now - spent.at) / MINUTE_MS) * 10) / 10;
    return { ...this.#calls, lookUps, minutes, endMsOf: this.#endMsOf };
  }

  #lookUp(left: number, priority: Asking['priority']): void {
    if (left === 0) this.#begin();
    else
      this.#ask({ kind: 'read', priority }, () => {
        this.#lookUp(left - 1, priority);
      });
  }

  #begin(): void {
    const { flows, concurrency, snapshotsFirst } = this.#input;
    if (!snapshotsFirst) {
      this.#startFlows();
      return;
    }
    let next = 0;
    let left = flows.length;
    const takeSnapshot = (): void => {
      const flow = flows[next++];
      if (!flow) return;
      this.#read(flow, () => {
        left -= 1;
        if (left === 0) this.#startFlows();
        else takeSnapshot();
      });
    };
    for (let i = 0; i < Math.max(1, concurrency); i += 1) takeSnapshot();
  }

  /** As many as may be worked on at once, each as soon as those before it have ended. */
  #startFlows(): void {
    while (this.#running < Math.max(1, this.#input.concurrency)) {
      const flow = this.#takeFlow();
      if (!flow) return;
      this.#running += 1;
      this.#read(flow, () => {
        this.#write(flow);
      });
    }
  }

  #takeFlow(): ForecastFlow | undefined {
    const at = this.#held.findIndex((flow) => this.#isReady(flow));
    if (at >= 0) return this.#held.splice(at, 1)[0];
    const { flows } = this.#input;
    for (;;) {
      const flow = flows[this.#nextFlow];
      if (!flow) return undefined;
      this.#nextFlow += 1;
      if (this.#isReady(flow)) return flow;
      this.#held.push(flow);
    }
  }

  #isReady({ after }: ForecastFlow): boolean {
    return after.every((id) => !this.#planned.has(id) || this.#endMsOf.has(id));
  }

  #read({ priority }: ForecastFlow, answered: () => void): void {
    this.#calls.reads += 1;
    this.#ask({ kind: 'read', priority }, answered);
  }

  #write(flow: ForecastFlow): void {
    this.#calls.writes += 1;
    this.#ask({ kind: 'write', priority: flow.priority }, () => {
      this.#reload(() => {
        this.#read(flow, () => {
          this.#end(flow);
        });
      });
    });
  }

  #end({ flowId }: ForecastFlow): void {
    this.#endMsOf.set(flowId, this.#now - this.#input.spent.at);
    this.#running -= 1;
    this.#startFlows();
  }

  /** Whoever asks while a reload is on its way gets the next one. */
  #reload(done: () => void): void {
    if (this.#isReloading) this.#waitForReload.push(done);
    else this.#startReload([done]);
  }

  #startReload(served: readonly (() => void)[]): void {
    this.#isReloading = true;
    this.#calls.reloads += 1;
    this.#ask({ kind: 'read', priority: 'people' }, () => {
      this.#isReloading = false;
      const waiting = this.#waitForReload.splice(0);
      if (waiting.length > 0) this.#startReload(waiting);
      for (const done of served) done();
    });
  }

  #ask(asking: Asking, answered: () => void): void {
    this.#line.push({ ...asking, answered });
  }

  /** Sends what may go at this instant; answers come in the order of the requests, and bring on new ones. */
  #serve(): void {
    const sent: Waiting[] = [];
    let verdict = this.#send(sent);
    for (let next = sent.shift(); next; next = sent.shift()) {
      next.answered();
      verdict = this.#send(sent);
    }
    if (verdict) this.#now += restMs(verdict);
  }

  /** Undefined when nobody has to wait. */
  #send(sent: Waiting[]): Extract<BudgetVerdict, { kind: 'wait' }> | undefined {
    while (this.#line.length > 0) {
      const verdict = this.#take();
      if (verdict.kind === 'wait') return verdict;
      sent.push(...this.#leave(verdict.admitted));
    }
    return undefined;
  }

  #leave({ kind, priority }: Asking): readonly Waiting[] {
    const place = this.#line.findIndex((one) => one.kind === kind && one.priority === priority);
    return this.#line.splice(place, 1);
  }

  #take(): BudgetVerdict {
    const { limits, spent } = this.#input;
    const ledger = {
      requestsTat: this.#requestsTat,
      stalledUntil: spent.stalledUntil,
      updateAt: (n: number) => this.#updatesAt.at(-1 - n),
    };
    const { verdict, requestsTat } = takeRequest(ledger, frontOf(this.#line), limits, this.#now);
    this.#requestsTat = requestsTat;
    if (verdict.kind === 'admitted' && verdict.admitted.kind === 'write')
      this.#updatesAt.push(this.#now);
    return verdict;
  }
}
