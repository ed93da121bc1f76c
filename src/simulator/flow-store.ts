import { flowInputProblems, flowState, settingsOf } from './flow.ts';
import type { FlowInput, FlowRecord, FlowState } from './flow.ts';
import { SimulatorInputError, refuseProblems } from './input.ts';
import { mergePatch } from './json.ts';
import type { Json, JsonObject } from './json.ts';
import type { NameMatch } from './name-pattern.ts';
import { knownBlockProblems } from './settings-shape.ts';

/** Counts every start, end and store of one simulator: one total order of what happened. */
export type NextSequence = () => number;

export interface StoreClock {
  readonly nextSequence: NextSequence;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export interface Author {
  readonly id?: string;
  readonly name: string;
}

/** New settings out of the old ones; may change and return its argument, which is a copy. */
export type SettingsEdit = (settings: Record<string, Json>) => JsonObject;

export interface FlowSlice {
  readonly flows: readonly FlowRecord[];
  /** Ordinal of the next flow that matches; undefined: that was the last. */
  readonly next: number | undefined;
}

/** The flows of one org, in the order in which they were added. */
export class FlowStore {
  /** A flow's index is its ordinal, so that a page begins where it begins, at no cost. */
  readonly #order: (FlowRecord | undefined)[] = [];
  readonly #byId = new Map<string, FlowRecord>();
  /** Stored later than what is in effect. */
  readonly #pending = new Set<FlowRecord>();
  readonly #counts = new Map<string, number>();
  readonly #clock: StoreClock;

  constructor(flows: Iterable<FlowInput>, clock: StoreClock) {
    this.#clock = clock;
    for (const flow of flows) this.add(flow);
  }

  get size(): number {
    return this.#byId.size;
  }

  /** @throws SimulatorInputError for a flow that the contract does not allow, or an id that is there */
  add(input: FlowInput): FlowRecord {
    refuseProblems(flowInputProblems(input, 'flow'));
    const id = input.id.toLowerCase();
    if (this.#byId.has(id)) throw new SimulatorInputError([`flow ${id} exists already`]);
    const now = new Date(this.#clock.now()).toISOString();
    const settings = JSON.stringify(input.settings);
    const sequence = this.#clock.nextSequence();
    const flow: FlowRecord = {
      id,
      ordinal: this.#order.length,
      description: input.description,
      createdDate: input.createdDate ?? now,
      name: input.name,
      version: input.version ?? 1,
      modifiedDate: input.modifiedDate ?? now,
      modifiedBy: input.modifiedBy ?? { name: 'Simulator' },
      settings,
      storedSequence: sequence,
      inEffect: settings,
      inEffectSequence: sequence,
      head: '',
    };
    this.#order.push(flow);
    this.#byId.set(id, flow);
    this.#counts.clear();
    return flow;
  }

  find(id: string): FlowRecord | undefined {
    return this.#byId.get(id.toLowerCase());
  }

  /** @throws SimulatorInputError for an id that is not there */
  get(id: string): FlowRecord {
    const flow = this.find(id);
    if (flow === undefined) throw new SimulatorInputError([`there is no flow ${id}`]);
    return flow;
  }

  remove(id: string): void {
    const flow = this.get(id);
    this.#byId.delete(flow.id);
    this.#pending.delete(flow);
    this.#order[flow.ordinal] = undefined;
    this.#counts.clear();
  }

  rename(id: string, name: string, by: Author): FlowRecord {
    const flow = this.get(id);
    flow.name = name;
    this.#counts.clear();
    this.#touch(flow, by);
    return flow;
  }

  /** Up to `limit` flows that match, from an ordinal on. */
  slice(from: number, limit: number, match: NameMatch | undefined): FlowSlice {
    const flows: FlowRecord[] = [];
    for (let ordinal = from; ordinal < this.#order.length; ordinal += 1) {
      const flow = this.#order[ordinal];
      if (flow === undefined || (match !== undefined && !match(flow.name))) continue;
      if (flows.length === limit) return { flows, next: ordinal };
      flows.push(flow);
    }
    return { flows, next: undefined };
  }

  /** Flows that match; `filter` is the text that `match` was made of. */
  count(filter: string | undefined, match: NameMatch | undefined): number {
    if (filter === undefined || match === undefined) return this.size;
    const known = this.#counts.get(filter);
    if (known !== undefined) return known;
    let count = 0;
    for (const flow of this.#byId.values()) if (match(flow.name)) count += 1;
    this.#counts.set(filter, count);
    return count;
  }

  /** Stores settings that are not in effect before the next reload. */
  store(flow: FlowRecord, settings: Json, by: Author): void {
    flow.settings = JSON.stringify(settings);
    this.#touch(flow, by);
    flow.storedSequence = this.#clock.nextSequence();
    this.#pending.add(flow);
  }

  /** A change made by hand: stored and in effect at once, as publishing in the editor does. */
  edit(id: string, change: JsonObject | SettingsEdit, by: Author): FlowRecord {
    const flow = this.get(id);
    const before = settingsOf(flow.settings);
    const after = typeof change === 'function' ? change(before) : mergePatch(before, change);
    refuseProblems(knownBlockProblems(after, 'settings'));
    this.store(flow, after, by);
    this.#putInEffect(flow, flow.settings, flow.storedSequence);
    return flow;
  }

  /**
   * Takes what is stored now; the answer puts that in effect and tells how many flows it changed.
   * What came in effect in the meantime and was stored later (a hand edit) stays.
   */
  captureReload(): () => number {
    const captured = [...this.#pending].map((flow) => ({
      flow,
      settings: flow.settings,
      sequence: flow.storedSequence,
    }));
    return () => {
      const due = captured.filter(({ flow, sequence }) => sequence > flow.inEffectSequence);
      for (const { flow, settings, sequence } of due) this.#putInEffect(flow, settings, sequence);
      return due.length;
    };
  }

  states(): FlowState[] {
    return [...this.#byId.values()].map(flowState);
  }

  pendingReload(): string[] {
    return [...this.#pending].map((flow) => flow.id);
  }

  #putInEffect(flow: FlowRecord, settings: string, sequence: number): void {
    flow.inEffect = settings;
    flow.inEffectSequence = sequence;
    if (flow.storedSequence <= sequence) this.#pending.delete(flow);
  }

  #touch(flow: FlowRecord, by: Author): void {
    flow.version += 1;
    flow.modifiedDate = new Date(this.#clock.now()).toISOString();
    flow.modifiedBy = by;
    flow.head = '';
  }
}
