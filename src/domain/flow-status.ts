import type { Cause } from './plan.ts';
import type { Json } from './json.ts';

/** What a status file says of its flow in one word. */
export type FlowState =
  | 'InSync'
  /** Differs, and nothing is being done about it (mode `report`). */
  | 'Drifted'
  | 'Deferred'
  | 'Blocked'
  | 'Suspended'
  | 'Invalid'
  | 'Missing'
  | 'Conflict'
  | 'Failed'
  | 'RolledBack'
  | 'Stuck'
  /** Sent, and not yet known what became of it. */
  | 'Unresolved';

/** In the manner of Kubernetes conditions; a condition that does not hold is not listed. */
export interface StatusCondition {
  readonly type: 'Ready' | 'Stalled' | 'ReloadPending' | 'Suspended' | 'Fighting';
  readonly status: boolean;
  readonly reason: string;
  readonly message?: string;
  /** ISO 8601: when this condition took this status and reason. */
  readonly since: string;
}

export interface RemainingDifference {
  readonly path: string;
  readonly live?: Json;
  readonly desired?: Json;
  readonly cause: Cause;
}

export interface LastOutcome {
  readonly status: string;
  readonly runId: string;
  readonly at: string;
  readonly latencyMs: number;
  readonly steps: Readonly<Record<string, number>>;
  readonly reason?: string;
  readonly code?: string;
}

/** The document of `status/<org>/<first two of flowId>/<flowId>.yaml`. No field changes without meaning. */
export interface FlowStatus {
  readonly flowId: string;
  readonly name?: string;
  readonly org: string;
  readonly file: string;
  readonly state: FlowState;
  readonly conditions: readonly StatusCondition[];
  /** The first revision at which these desired settings were seen. */
  readonly desiredRevision: string;
  readonly desiredHash?: string;
  readonly lastAttemptedRevision?: string;
  readonly lastAppliedRevision?: string;
  readonly lastAppliedHash?: string;
  readonly liveVersion?: number;
  /** Since when the state is what it is, ISO 8601. */
  readonly since: string;
  readonly differences: readonly RemainingDifference[];
  readonly lastOutcome?: LastOutcome;
  readonly snapshot?: string;
}

/** Where the status branch keeps the status of a flow. */
export function statusPathOf(org: string, flowId: string): string {
  return `status/${org}/${flowId.slice(0, 2)}/${flowId}.yaml`;
}

/** Where the status branch keeps the snapshot of one version of a flow. */
export function snapshotPathOf(org: string, flowId: string, version: number): string {
  return `snapshots/${org}/${flowId}/${String(version)}.json`;
}

/** Where the status branch keeps an org's audit records of the month of `timestamp` (ISO 8601, UTC). */
export function auditPathOf(org: string, timestamp: string): string {
  return `audit/${org}/${timestamp.slice(0, 7)}.jsonl`;
}
