import type { OrgStatus } from '../../src/domain/org-status.ts';
import type {
  AttemptStart,
  FlowRecord,
  JournalEntry,
  PendingRecords,
  StateStore,
} from '../../src/ports/state-store.ts';
import { aFlowId, aFlowRecord, aFlowStatus } from '../support/builders.ts';

export const ORG = 'acme-prod';

export function anAttempt(overrides: Partial<AttemptStart> = {}): AttemptStart {
  return {
    attemptId: 'att-1',
    org: ORG,
    flowId: aFlowId(),
    runId: 'run-1',
    startedAt: 1_000,
    data: { wanted: { routing: { maxWaitTime: 600 } }, revision: 'c0ffee' },
    ...overrides,
  };
}

export function anEntry(overrides: Partial<JournalEntry> = {}): JournalEntry {
  return { from: 'gate', event: 'allow', to: 'snapshot', at: 1_500, ...overrides };
}

export function anOrgStatus(overrides: Partial<OrgStatus> = {}): OrgStatus {
  return {
    org: ORG,
    state: 'Ready',
    since: '2026-11-24T09:30:00.000Z',
    unmanaged: [],
    faults: [],
    ...overrides,
  };
}

export function aRecord(n: number, status: Partial<FlowRecord['status']> = {}): FlowRecord {
  const flowId = aFlowId(n);
  return aFlowRecord({ flowId, status: aFlowStatus({ flowId, ...status }) });
}

export async function codeOf(work: Promise<unknown>): Promise<unknown> {
  const error: unknown = await work.then(
    () => 'resolved',
    (reason: unknown) => reason,
  );
  return error instanceof Error && 'code' in error ? error.code : error;
}

export function idsOf(pending: PendingRecords): readonly string[] {
  return pending.statuses.map(({ flowId }) => flowId);
}

/** Runs a body with a way to open one and the same memory, again and again. */
export type Given = (
  body: (open: () => Promise<StateStore>) => Promise<void>,
) => () => Promise<void>;
