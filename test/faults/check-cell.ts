import { expect } from '@jest/globals';
import { ERROR_CATALOG } from '../../src/domain/error-catalog.ts';
import { snapshotPathOf } from '../../src/domain/flow-status.ts';
import { exitCodeOf } from '../../src/engine/run-report.ts';
import type { OrgRunReport } from '../../src/engine/run-report.ts';
import type { Fault } from '../../src/simulator/fault.ts';
import { aFlowId } from '../support/builders.ts';
import { ORG } from '../support/engine-rig.ts';
import { ENDPOINTS, OCCURRENCES } from './endpoints.ts';
import type { EndpointName, OccurrenceName } from './endpoints.ts';
import type { Letters, Row } from './expected-row.ts';
import { FAULT_ROWS } from './fault-rows.ts';
import type { FaultName } from './fault-rows.ts';
import { FaultWorld, FIRST_VERSION, settingsOf } from './fault-world.ts';
import { FLOWS, standingOf } from './flow-standing.ts';

export interface Cell {
  readonly endpoint: EndpointName;
  readonly fault: FaultName;
  readonly occurrence: OccurrenceName;
}

/** The fault of a cell, ready to be armed. */
export function faultOf({ endpoint, fault, occurrence }: Cell): Fault {
  const { match, nth } = ENDPOINTS[endpoint];
  return { ...FAULT_ROWS[fault], ...match, ...OCCURRENCES[occurrence](nth) };
}

/**
 * Runs one cell: a run that meets the fault, then runs that meet none.
 *
 * 1. The run ends as the table says: its exit code, its error, each flow (see `Letters`).
 * 2. Without faults the next run puts right what is left, each change once. What is held back stays so until somebody
 *    lets it go.
 * 3. Then the plan is empty, nothing is recorded any more, and the invariants hold.
 */
export async function checkCell(cell: Cell, letters: Letters, code: Row['code']): Promise<void> {
  const world = await FaultWorld.start(ENDPOINTS[cell.endpoint].world);
  try {
    const id = world.arm(faultOf(cell));
    const report = await world.run();
    expect(await standingOf(world, report)).toBe(letters);
    expect(world.simulator.faults.get(id).hits).toBeGreaterThan(0);
    expectTold(report, letters, code);

    await world.heal();
    if (letters !== ALL_WELL) await putRight(world, letters);
    await expectAtRest(world, letters);
  } finally {
    await world.close();
  }
}

export const ALL_WELL = 'AAA';
const FAILED = /[FHcCuURS]/;
const WAITING = /[DBP]/;
const HELD_BACK = /[HRS]/;

function expectTold(report: OrgRunReport, letters: Letters, code: Row['code']): void {
  expect(exitCodeOf(report)).toBe(exitOf(letters, code));
  if (letters === ALL_WELL) {
    expect(report.error).toBeUndefined();
  } else if (letters === '---') {
    expect(report.error?.code).toBe(code);
    expect(report.plan).toBeUndefined();
  } else {
    expect(report.error).toBeUndefined();
    const well = FLOWS.filter((n) => letters[n - 1] === 'A').map(aFlowId);
    const unwell = report.outcomes.filter(({ flowId }) => !well.includes(flowId));
    if (code !== undefined)
      for (const { code: told, reason = '' } of unwell)
        expect(told ?? reason).toContain(letters.includes('B') ? 'permission' : code);
  }
}

function exitOf(letters: Letters, code: Row['code']): number {
  if (letters === '---') return code === undefined ? 1 : ERROR_CATALOG[code].exit;
  if (FAILED.test(letters)) return 1;
  return WAITING.test(letters) ? 2 : 0;
}

/** The run after the faults, and one more once a person has let go what is held back. */
async function putRight(world: FaultWorld, letters: Letters): Promise<void> {
  const acceptedBefore = FLOWS.map((n) => world.accepted(n));
  const report = await world.run();
  const held = FLOWS.filter((n) => HELD_BACK.test(letters[n - 1] ?? ''));
  expect(exitCodeOf(report)).toBe(held.length > 0 ? 2 : 0);
  if (held.length === 0) return;
  for (const n of held) {
    expect(world.accepted(n)).toBe(acceptedBefore[n - 1]);
    await world.release(n);
  }
  expect(exitCodeOf(await world.run())).toBe(0);
}

async function expectAtRest(world: FaultWorld, letters: Letters): Promise<void> {
  const { rig, simulator } = world;
  const report = await world.run();
  expect(exitCodeOf(report)).toBe(0);
  expect(report).toMatchObject({ outcomes: [], publishing: { kind: 'nothing' } });
  expect(report.plan?.changes).toEqual([]);
  for (const n of FLOWS) {
    const letter = letters[n - 1] ?? '';
    const isRestored = letter === 'R' || letter === 'S';
    const { settings, inEffect, version } = world.live(n);
    expect([settings, inEffect]).toEqual([settingsOf('wanted'), settingsOf('wanted')]);
    // the write, and where it was taken back that as well
    expect([n, world.accepted(n)]).toEqual([n, isRestored ? 3 : 1]);
    expect(version).toBe(FIRST_VERSION + world.accepted(n));
    const changes = world.audited(n).filter((status) => status === 'applied').length;
    expect([n, changes]).toEqual([n, letter === 'C' ? 0 : 1]);
    expect(rig.published(n)?.conditions).toMatchObject([{ type: 'Ready', status: true }]);
    const snapshot = snapshotPathOf(ORG, aFlowId(n), FIRST_VERSION);
    expect(rig.statusBranch.files.has(snapshot)).toBe(true);
  }
  expect(await rig.openAttempts()).toEqual([]);
  expect(simulator.org().pendingReload()).toEqual([]);
  expect(simulator.violations().map(({ kind }) => kind)).not.toContain('overlapping-patches');
  expect(JSON.stringify(rig.log.lines)).not.toContain('matrix-secret');
}
