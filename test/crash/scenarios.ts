import type { Fault } from '../../src/simulator/fault.ts';

const PATCH = 'PATCH';
const RELOAD_PATH = '/api/v2/architect/flows/reload';
/** What the service stores when it stores something else; nobody ever asks for it. */
const STORED_INSTEAD = 7;

/** A way through the machine that a process is killed on. */
export interface Scenario {
  readonly name: string;
  /** Met once, by this flow. */
  readonly faults: (flowId: string) => readonly Fault[];
  /** Dana edits the flow right before the first write of it. */
  readonly hasHandEdit?: true;
  readonly onReloadFailure?: 'rollback';
  readonly pushSnapshotsFirst?: true;
  /** The flow may end as it was, and held back. */
  readonly mayRollBack?: true;
  /** Only these calls are cut, `during` them, with the service slow enough for it; otherwise all, before and after. */
  readonly during?: {
    readonly call: 'backend.write' | 'backend.reload' | 'statusBranch.commit';
    readonly afterMs: readonly number[];
  };
  /** So long after the kill a request may still take effect. */
  readonly lateMs?: number;
}

export const SCENARIOS: readonly Scenario[] = [
  { name: 'plain apply', faults: () => [] },
  {
    name: 'snapshots are pushed first, and somebody edits right before the write',
    faults: () => [],
    hasHandEdit: true,
    pushSnapshotsFirst: true,
  },
  {
    name: 'a conflict: somebody edits right before the write',
    faults: () => [],
    hasHandEdit: true,
  },
  {
    name: 'the answer to a write is lost, and it landed',
    faults: (flowId) => [{ kind: 'apply-then-reset', method: PATCH, flowId, nth: 1 }],
  },
  {
    name: 'the answer to a write is lost, and it did not land',
    faults: (flowId) => [{ kind: 'reset', method: PATCH, flowId, nth: 1 }],
  },
  {
    name: 'a write that does not verify is rolled back',
    faults: (flowId) => [
      {
        kind: 'store-differently',
        method: PATCH,
        flowId,
        nth: 1,
        pointer: '/routing/maxWaitTime',
        value: STORED_INSTEAD,
      },
    ],
    mayRollBack: true,
  },
  {
    name: 'a reload fails',
    faults: () => [{ kind: 'status', status: 503, path: RELOAD_PATH, to: 3 }],
  },
  {
    name: 'a refused reload rolls the write back',
    faults: () => [{ kind: 'status', status: 400, path: RELOAD_PATH, nth: 1 }],
    onReloadFailure: 'rollback',
    mayRollBack: true,
  },
  {
    name: 'killed while a write that has landed is not answered yet',
    faults: (flowId) => [
      { kind: 'slow', method: PATCH, flowId, nth: 1, delayMs: 300, applies: 'before-delay' },
    ],
    during: { call: 'backend.write', afterMs: [60, 150] },
  },
  ...[300, 600, 900, 1500].map((delayMs): Scenario => ({
    name: `a write that lands ${String(delayMs)} ms after it was sent by a process that is dead by then`,
    faults: (flowId) => [
      { kind: 'slow', method: PATCH, flowId, nth: 1, delayMs, applies: 'after-delay' },
    ],
    during: { call: 'backend.write', afterMs: [60, 150] },
    lateMs: delayMs,
  })),
  {
    name: 'killed while a reload is under way',
    faults: () => [{ kind: 'slow', path: RELOAD_PATH, nth: 1, delayMs: 300 }],
    during: { call: 'backend.reload', afterMs: [60, 150] },
    lateMs: 300,
  },
  {
    name: 'killed while the status branch is being pushed',
    faults: () => [],
    during: { call: 'statusBranch.commit', afterMs: [0, 5, 10, 15, 20, 30, 40, 60] },
  },
];
