import { systemClock } from '../../src/adapters/clock/system-clock.ts';
import { chainAudit } from '../../src/domain/audit.ts';
import type { AuditDraft, AuditRecord } from '../../src/domain/audit.ts';
import { auditPathOf } from '../../src/domain/flow-status.ts';
import type { FlowStatus } from '../../src/domain/flow-status.ts';
import type { RunEntry } from '../../src/domain/trigger.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { startHttpServer } from '../../src/server/http-server.ts';
import type { HttpServer } from '../../src/server/http-server.ts';
import { anAuditDraft } from './audit-files.ts';
import { aFlowId } from './builders.ts';
import { aRunEntry } from './run-entries.ts';
import { ServerRig } from './server-rig.ts';

/** 2026-11-24T09:00:00Z: everything on these pages happens around it, so that they look the same each time. */
const AT = Date.UTC(2026, 10, 24, 9);
const TOPICS = ['Billing', 'Sales', 'Support', 'Claims', 'Renewals', 'Roadside', 'Loyalty'];
const KINDS = ['Inbound', 'Callback', 'After Hours', 'Survey', 'Overflow', 'VIP'];

const iso = (minutes: number): string => new Date(AT + minutes * 60_000).toISOString();

/** What an operator looks at: an org with every kind of flow, one that a gate holds, and one where all is well. */
export interface ShownOrgs {
  readonly rig: ServerRig<Clock>;
  readonly server: HttpServer;
}

/** @param flows of the org `acme` */
export async function startShownOrgs(flows = 42): Promise<ShownOrgs> {
  const rig = new ServerRig<Clock>([], systemClock);
  const worker = { nextRunAt: AT + 240_000, last: acmeRuns()[0]! };
  rig.addOrg('acme', shownFlows('acme', flows), { worker, status: orgStatus('acme', 'Ready') });
  rig.addOrg('acme-test', shownFlows('acme-test', 60, 20), {
    worker: { nextRunAt: AT + 120_000, last: heldRun() },
    status: { ...orgStatus('acme-test', 'Held'), reason: '20 of 60 flows would be written' },
  });
  rig.addOrg(
    'globex',
    Array.from({ length: 18 }, () => ({})),
    {
      worker: {
        nextRunAt: AT + 60_000,
        last: aRunEntry({ org: 'globex', startedAt: AT - 60_000 }),
      },
      status: orgStatus('globex', 'Ready'),
    },
  );
  for (const run of [...acmeRuns(), heldRun()].toReversed())
    await rig.triggers.runEnded(run, undefined);
  rig.away = undefined;
  rig.lookedAt = AT;
  rig.statusBranch.commitByHand({
    [auditPathOf('acme', iso(0))]: chained(acmeAudit())
      .map((record) => `${JSON.stringify(record)}\n`)
      .join(''),
  });
  return { rig, server: await startHttpServer(rig.app, { host: '127.0.0.1', port: 0 }) };
}

function orgStatus(org: string, state: 'Ready' | 'Held') {
  return { org, state, since: iso(-600), unmanaged: [], faults: [] };
}

/** The first nine differ, each in its own way. @param drifted so many of them, all alike */
function shownFlows(org: string, count: number, drifted = 0): Partial<FlowStatus>[] {
  return Array.from({ length: count }, (_, i) => {
    const name = `${TOPICS[i % TOPICS.length]!} ${KINDS[i % KINDS.length]!}${i < 42 ? '' : ` ${String(i)}`}`;
    const file = `desired-state/${org}/flows/${name.toLowerCase().replaceAll(' ', '-')}.yaml`;
    const odd = drifted > 0 ? (i < drifted ? DRIFTED : {}) : (ODD[i] ?? {});
    return { flowId: aFlowId(i + 1), org, name, file, since: iso(-i * 37), ...odd };
  });
}

const DIFFERENCES: FlowStatus['differences'] = [
  { path: '/routing/maxWaitTime', live: 900, desired: 600, cause: 'live-changed' },
  {
    path: '/scopeDirectives/applyTo',
    live: ['queue'],
    desired: ['queue', 'user'],
    cause: 'both-changed',
  },
  {
    path: '/configurationMatrix/parameter_02/value',
    ...{ live: 40, desired: 50, cause: 'desired-changed' },
  },
];

function odd(
  state: FlowStatus['state'],
  reason: string,
  message: string,
  differences: FlowStatus['differences'] = [],
): Partial<FlowStatus> {
  const ready = { type: 'Ready', status: false, reason, message, since: iso(-12) } as const;
  return { state, since: iso(-12), conditions: [ready], differences };
}

const DRIFTED = odd('Blocked', 'mass-change', '20 of 60 live flows would be written', DIFFERENCES);

const ODD: readonly Partial<FlowStatus>[] = [
  odd('Drifted', 'Deferred', 'freeze window "year end" until 2026-11-25 06:00', DIFFERENCES),
  odd(
    'Failed',
    'Refused',
    'the org refuses the settings: 422 maxWaitTime must be at most 7200',
    DIFFERENCES.slice(0, 1),
  ),
  odd(
    'RolledBack',
    'VerifyMismatch',
    'the org stored 599 where 600 was written; put back',
    DIFFERENCES.slice(0, 1),
  ),
  odd('Suspended', 'Suspended', 'INC-4711, by ops until 2026-12-01', DIFFERENCES.slice(0, 2)),
  odd('Invalid', 'schema.violation', 'flows/renewals-overflow.yaml:12:7: must be a number'),
  odd('Missing', 'Missing', 'git describes this flow, and the org does not have it'),
  odd(
    'Deferred',
    'per-flow-rate',
    'was updated 12 s ago; the policy allows one each 60 s',
    DIFFERENCES.slice(2),
  ),
];

/** Newest first: a quiet day with some merges and hand edits, a failure, and a freeze at its end. */
function acmeRuns(): RunEntry[] {
  return Array.from({ length: RUNS }, (_, i) => {
    const n = RUNS - 1 - i;
    const base = { org: 'acme', runId: `run-${String(4100 + n)}`, revision: 'c0ffee0123456789' };
    const run = aRunEntry({ ...base, startedAt: AT - i * 300_000, ...workOf(n) });
    return i === 0 ? { ...run, waiting: WAITING } : run;
  });
}

const RUNS = 48;

const WAITING: RunEntry['waiting'] = [
  {
    ...{ flowId: aFlowId(1), name: 'Billing Inbound', status: 'deferred' },
    reason: 'freeze window "year end"',
  },
  {
    ...{ flowId: aFlowId(2), name: 'Sales Callback', status: 'failed' },
    reason: '422 maxWaitTime must be at most 7200',
  },
];

/** What the n-th run of the day found and did. */
function workOf(n: number): Partial<RunEntry> {
  if (n === 31)
    return {
      ...{ durationMs: 30_000, exitCode: 1, summary: 'api.timeout' },
      error: { code: 'api.timeout', message: 'the org did not answer within 30 s' },
    };
  const [changes, outcomes] = changesOf(n);
  return {
    ...{ outcomes, durationMs: 900 + changes * 700 + (n % 5) * 150 },
    exitCode: n >= RUNS - 4 ? 2 : 0,
    summary:
      changes > 0 ? `${String(changes)} applied; 42 live flows` : 'nothing to write; 42 live flows',
    counts: { live: 42, inSync: 42 - changes, changes, missing: 0, unmanaged: 3, invalid: 1 },
  };
}

function changesOf(n: number): [number, RunEntry['outcomes']] {
  if (n >= RUNS - 4) return [3, { deferred: 1, failed: 1, applied: n - RUNS + 5 }];
  if (n % 11 === 4) return [6, { applied: 6 }];
  return n % 7 === 2 ? [2, { applied: 2, deferred: 1 }] : [0, {}];
}

function heldRun(): RunEntry {
  return aRunEntry({
    ...{ org: 'acme-test', runId: 'run-77', revision: 'c0ffee0123456789' },
    startedAt: AT - 180_000,
    durationMs: 1_450,
    exitCode: 4,
    summary: 'held by mass-change: 20 of 60 live flows would be written (33.33 %)',
    heldPlan: '7d1f2a9c0b3e48d5a6c7e8f90123456789abcdef0123456789abcdef01234567',
    held: '20 of 60 live flows would be written (33.33 %); massChange.maxShare allows 30 %',
    counts: { live: 60, inSync: 40, changes: 20, missing: 0, unmanaged: 0, invalid: 0 },
  });
}

/** Of the first flow, oldest first. */
function acmeAudit(): AuditDraft[] {
  const flowId = aFlowId(1);
  const steps = { gate: 2, snapshot: 61, patch: 140, reload: 95, verify: 58 };
  const field = { path: '/routing/maxWaitTime', live: 300, desired: 600 };
  const details = { name: 'Billing Inbound', fields: [field], steps };
  return [
    anAuditDraft(1, {
      ...{ flowId, timestamp: iso(-900), latencyMs: 356, author: 'Pat Platform <pat@example.com>' },
      details: {
        ...details,
        versionBefore: 5,
        versionAfter: 6,
        snapshot: `snapshots/acme/${flowId}/5.json`,
      },
    }),
    anAuditDraft(2, {
      ...{ flowId, timestamp: iso(-400), status: 'rolled-back', latencyMs: 612 },
      details: {
        ...{
          ...details,
          reason: 'the org stored 599 where 600 was written',
          code: 'flow.verify-mismatch',
        },
        ...{ versionBefore: 6, versionAfter: 8, snapshot: `snapshots/acme/${flowId}/6.json` },
        liveChangedBy: 'Sam Supervisor',
      },
    }),
    anAuditDraft(3, {
      ...{ flowId, timestamp: iso(-200), event: 'flow.released', status: 'released', latencyMs: 0 },
      ...{
        author: null,
        details: { name: 'Billing Inbound', by: 'Ola Oncall', reason: 'rolled back' },
      },
    }),
  ];
}

function chained(drafts: readonly AuditDraft[]): AuditRecord[] {
  const records: AuditRecord[] = [];
  for (const draft of drafts) records.push(chainAudit(draft, records.at(-1)));
  return records;
}
