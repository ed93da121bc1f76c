import { expect } from '@jest/globals';
import type { FlowOutcome } from '../../src/domain/outcome.ts';
import { exitCodeOf } from '../../src/engine/run-report.ts';
import type { Fault } from '../../src/simulator/fault.ts';
import { IntegrationRig } from './integration-rig.ts';

/** A named fault of a table. */
export interface FaultRow {
  readonly name: string;
  readonly fault: Fault;
}

/** What became of the flow of a row. */
export interface Told {
  readonly id: string;
  readonly outcome: FlowOutcome | undefined;
}

/**
 * An installation on which one thing after the other goes wrong. Its time passes a hundred times as fast, and an
 * answer may take 750 ms of the machine's. A hundred flows, in sync, that are drifted one by one.
 */
export class FaultRig {
  readonly rig: IntegrationRig;
  #next = 0;
  /** Flows that are to be put right by one write each. */
  #drifted: string[] = [];

  private constructor(rig: IntegrationRig) {
    this.rig = rig;
  }

  static async start(): Promise<FaultRig> {
    const rig = await IntegrationRig.start({
      speed: 100,
      orgs: [{ flows: 100, config: { timeouts: { answer: '750ms', call: '1500ms' } } }],
    });
    expect(exitCodeOf(await rig.reconcile())).toBe(0);
    return new FaultRig(rig);
  }

  /** Somebody moves the next flow that was not used yet. */
  drift(): string {
    const id = this.rig.flows()[this.#next]!.id;
    this.#next += 1;
    this.rig.org().edit(id, { routing: { maxWaitTime: 9 } }, { by: 'Sam Supervisor' });
    this.#drifted.push(id);
    return id;
  }

  /** It is not to be put right by a write. */
  forget(id: string): void {
    this.#drifted = this.#drifted.filter((known) => known !== id);
  }

  seedOf(id: string): { readonly routing?: object } {
    return this.rig.flows().find((flow) => flow.id === id)!.settings;
  }

  /** Writes of the flow that the service stored. */
  landed(id: string): number {
    return this.rig
      .patches()
      .filter(({ flowId, appliedSequence }) => flowId === id && appliedSequence !== undefined)
      .length;
  }

  /** Statuses of the flow's audit records. */
  async auditOf(id: string): Promise<readonly string[]> {
    const records = await this.rig.audit();
    return records.filter(({ flowId }) => flowId === id).map(({ status }) => status);
  }

  /** Drifts a flow for each row and gives its fault to it, then runs once. By the rows' names. */
  async runAll<Row extends FaultRow>(
    rows: readonly Row[],
    match: (row: Row) => Partial<Fault>,
  ): Promise<ReadonlyMap<string, Told>> {
    const ids = new Map(rows.map((row) => [row.name, this.drift()]));
    const { faults } = this.rig.simulator;
    for (const row of rows)
      faults.add({ ...row.fault, flowId: ids.get(row.name), ...match(row) } as Fault);
    const report = await this.rig.reconcile();
    const outcomes = new Map(report.outcomes.map((outcome) => [outcome.flowId, outcome]));
    return new Map([...ids].map(([name, id]) => [name, { id, outcome: outcomes.get(id) }]));
  }

  /** Lets go what the service refused, as a person does who has found out why. */
  async release(id: string): Promise<void> {
    const app = await this.rig.app();
    const { heldBack } = await app.release({ flow: id, by: 'ops' }, new AbortController().signal);
    expect(heldBack).toBeDefined();
  }

  /** The faults are over: what is left is done, once, and everything is as git says and in effect. */
  async expectConverged(): Promise<void> {
    const { rig } = this;
    rig.simulator.faults.clear();
    expect(exitCodeOf(await rig.reconcile())).toBe(0);
    const audit = await rig.audit();
    for (const id of this.#drifted) {
      const flow = rig.org().flow(id);
      expect(flow.settings).toEqual(this.seedOf(id));
      expect(flow.inEffect).toEqual(this.seedOf(id));
      const applied = audit.filter(({ flowId, status }) => flowId === id && status === 'applied');
      expect([id, this.landed(id), applied.length]).toEqual([id, 1, 1]);
    }
    expect(rig.org().pendingReload()).toEqual([]);
    const kinds = rig.simulator.violations().map(({ kind }) => kind);
    expect(kinds).not.toContain('overlapping-patches');
    const again = await rig.reconcile();
    expect(again).toMatchObject({ outcomes: [], publishing: { kind: 'nothing' } });
    this.#drifted = [];
    rig.simulator.requests.clear();
  }
}
