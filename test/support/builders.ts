import type { AuditDraft } from '../../src/domain/audit.ts';
import type { InvalidFlow } from '../../src/domain/diagnostic.ts';
import type { DesiredFlow, LiveFlow, Settings } from '../../src/domain/flow.ts';
import type { FlowStatus } from '../../src/domain/flow-status.ts';
import { hashOf } from '../../src/domain/hash.ts';
import type { FlowOutcome } from '../../src/domain/outcome.ts';
import type { FlowChange, Plan, SettledFlow } from '../../src/domain/plan.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { AppliedSettings, FlowRecord, Snapshot } from '../../src/ports/state-store.ts';

/** 2026-11-02T10:00:00Z, a Monday: the "now" of tests that need one. */
export const NOW = Date.UTC(2026, 10, 2, 10, 0, 0);
export const ORG_ID = '0b1e5f0c-3c1c-4a52-9a0e-0f6b3e1f2a11';
export const REVISION = 'c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00';

/** The n-th flow's id; ids sort as their numbers do. */
export function aFlowId(n = 1): string {
  return `a1b2c3d4-e5f6-4890-abcd-${n.toString(16).padStart(12, '0')}`;
}

/** Settings with all three blocks of the contract. */
export function someSettings(blocks: Settings = {}): Settings {
  return {
    routing: { type: 'longestAvailable', maxWaitTime: 600, scope: { type: 'org' } },
    configurationMatrix: {
      parameter_01: { key: 'queue_affinity', value: true },
      parameter_02: { key: 'max_concurrent_sessions', value: 50 },
    },
    scopeDirectives: { applyTo: ['queue', 'user'], enforceHierarchy: true },
    ...blocks,
  };
}

export function aLiveFlow(overrides: Partial<LiveFlow> = {}): LiveFlow {
  return {
    id: aFlowId(),
    name: 'Primary Architecture Flow',
    version: 7,
    settings: someSettings(),
    modifiedAt: '2026-11-01T08:30:00.000Z',
    modifiedBy: { id: 'u-1', name: 'Ann Example' },
    ...overrides,
  };
}

/** `hash` follows `settings` unless given. */
export function aDesiredFlow(overrides: Partial<DesiredFlow> = {}): DesiredFlow {
  const settings = overrides.settings ?? someSettings();
  return {
    file: 'desired-state/acme-prod/flows/primary.yaml',
    flowId: aFlowId(),
    settings,
    hash: hashOf(settings),
    dependsOn: [],
    requires: { queue: [], user: [], team: [] },
    mode: 'enforce',
    ignore: [],
    ...overrides,
  };
}

/** A desired flow that is known by its name alone. */
export function aNamedFlow(name: string, overrides: Partial<DesiredFlow> = {}): DesiredFlow {
  const flow: { -readonly [K in keyof DesiredFlow]: DesiredFlow[K] } = {
    ...aDesiredFlow({ name, file: `desired-state/acme-prod/flows/${name}.yaml` }),
    ...overrides,
  };
  delete flow.flowId;
  return flow;
}

export interface PolicyOverrides extends Partial<
  Omit<Policy, 'rate' | 'massChange' | 'apply' | 'fight'>
> {
  readonly rate?: Partial<Policy['rate']>;
  readonly massChange?: Partial<Policy['massChange']>;
  readonly apply?: Partial<Policy['apply']>;
  readonly fight?: Partial<Policy['fight']>;
}

/** The defaults of `policy.yaml`. */
export function aPolicy(overrides: PolicyOverrides = {}): Policy {
  return {
    mode: 'enforce',
    intervalMs: 300_000,
    freeze: [],
    freezeOverrides: [],
    report: { schedule: '0 7 * * 1-5', timezone: 'UTC' },
    ...overrides,
    rate: { perFlowMs: 60_000, updatesPerMinute: 30, requestsPerMinute: 240, ...overrides.rate },
    massChange: { maxFlows: 50, maxShare: 0.3, minFlows: 10, ...overrides.massChange },
    apply: {
      concurrency: 4,
      conflictRetries: 3,
      verifyTimeoutMs: 30_000,
      onReloadFailure: 'keep',
      revertsSkipPerFlowRate: true,
      pushSnapshotsFirst: false,
      ...overrides.apply,
    },
    fight: {
      corrections: 5,
      withinMs: 3_600_000,
      probeAfterMs: 1_800_000,
      ...overrides.fight,
    },
  };
}

export function aChange(overrides: Partial<FlowChange> = {}): FlowChange {
  return {
    flowId: aFlowId(),
    name: 'Primary Architecture Flow',
    file: 'desired-state/acme-prod/flows/primary.yaml',
    kind: 'drift',
    cause: 'live-changed',
    liveVersion: 7,
    fields: [{ path: '/routing/maxWaitTime', live: 300, desired: 600, cause: 'live-changed' }],
    desiredHash: hashOf(someSettings()),
    mode: 'enforce',
    ...overrides,
  };
}

function aSettledFlow(overrides: Partial<SettledFlow> = {}): SettledFlow {
  return {
    flowId: aFlowId(),
    name: 'Primary Architecture Flow',
    file: 'desired-state/acme-prod/flows/primary.yaml',
    liveVersion: 7,
    desiredHash: hashOf(someSettings()),
    ...overrides,
  };
}

export interface PlanShape extends Partial<Omit<Plan, 'changes' | 'settled'>> {
  /** Flows in the org; by default as many as the plan names. */
  readonly live?: number;
  /** How many changes, or the changes themselves. */
  readonly changes?: number | readonly FlowChange[];
  /** How many settled flows, or they themselves. */
  readonly settled?: number | readonly SettledFlow[];
}

/** A plan of an org of `live` flows of which `changes` differ. */
export function aPlan({ live, changes = 0, settled = 0, ...overrides }: PlanShape = {}): Plan {
  const changed =
    typeof changes === 'number'
      ? Array.from({ length: changes }, (_, i) => aChange({ flowId: aFlowId(i + 1) }))
      : changes;
  const rest =
    typeof settled === 'number'
      ? Array.from({ length: settled }, (_, i) => aSettledFlow({ flowId: aFlowId(i + 1_000_001) }))
      : settled;
  return {
    org: 'acme-prod',
    revision: REVISION,
    madeAt: NOW,
    digest: 'd'.repeat(64),
    liveCount: live ?? changed.length + rest.length,
    changes: changed,
    settled: rest,
    missing: [],
    unmanaged: [],
    invalid: [],
    notices: [],
    ...overrides,
  };
}

export function anInvalidFlow(overrides: Partial<InvalidFlow> = {}): InvalidFlow {
  const file = overrides.file ?? 'desired-state/acme-prod/flows/bad.yaml';
  return {
    file,
    diagnostics: [
      { file, line: 3, column: 5, code: 'schema.violation', message: 'must be a number' },
    ],
    ...overrides,
  };
}

export function aFlowStatus(overrides: Partial<FlowStatus> = {}): FlowStatus {
  const at = new Date(NOW).toISOString();
  return {
    flowId: aFlowId(),
    name: 'Primary Architecture Flow',
    org: 'acme-prod',
    file: 'desired-state/acme-prod/flows/primary.yaml',
    state: 'InSync',
    conditions: [{ type: 'Ready', status: true, reason: 'InSync', since: at }],
    desiredRevision: REVISION,
    desiredHash: hashOf(someSettings()),
    lastAppliedRevision: REVISION,
    lastAppliedHash: hashOf(someSettings()),
    liveVersion: 7,
    since: at,
    differences: [],
    ...overrides,
  };
}

/** `hash` follows `settings` unless given. */
function someApplied(overrides: Partial<AppliedSettings> = {}): AppliedSettings {
  const settings = overrides.settings ?? someSettings();
  return {
    settings,
    hash: hashOf(settings),
    revision: REVISION,
    version: 7,
    at: NOW - 3_600_000,
    ...overrides,
  };
}

/** The record of a flow that was last brought to `someSettings()`. */
export function aFlowRecord(overrides: Partial<FlowRecord> = {}): FlowRecord {
  const applied = overrides.applied ?? someApplied();
  return {
    flowId: aFlowId(),
    status: aFlowStatus(overrides.flowId === undefined ? {} : { flowId: overrides.flowId }),
    applied,
    pastHashes: [applied.hash],
    ...overrides,
  };
}

/** `hash` follows `settings` unless given. */
export function aSnapshot(overrides: Partial<Snapshot> = {}): Snapshot {
  const settings = overrides.settings ?? someSettings();
  return {
    org: 'acme-prod',
    flowId: aFlowId(),
    name: 'Primary Architecture Flow',
    version: 7,
    takenAt: new Date(NOW).toISOString(),
    runId: 'run-1',
    hash: hashOf(settings),
    settings,
    ...overrides,
  };
}

export function anAuditDraft(overrides: Partial<AuditDraft> = {}): AuditDraft {
  return {
    attemptId: 'attempt-1',
    timestamp: new Date(NOW).toISOString(),
    event: 'flow.updated',
    runId: 'run-1',
    flowId: aFlowId(),
    status: 'applied',
    latencyMs: 420,
    revision: REVISION,
    author: 'Ann Example <ann@example.com>',
    planDigest: 'd'.repeat(64),
    beforeHash: hashOf({}),
    afterHash: hashOf(someSettings()),
    details: {},
    ...overrides,
  };
}

export function aFlowOutcome(overrides: Partial<FlowOutcome> = {}): FlowOutcome {
  return {
    flowId: aFlowId(),
    name: 'Primary Architecture Flow',
    status: 'applied',
    latencyMs: 420,
    steps: [
      { step: 'patch', ms: 120 },
      { step: 'reload', ms: 80 },
    ],
    cause: 'live-changed',
    fields: [{ path: '/routing/maxWaitTime', live: 300, desired: 600, cause: 'live-changed' }],
    version: 8,
    reloadPending: false,
    ...overrides,
  };
}
