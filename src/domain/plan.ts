import type { InvalidFlow } from './diagnostic.ts';
import type { ErrorCode } from './error-details.ts';
import type { Actor, FlowId, Mode, OrgName, Revision, Suspension } from './flow.ts';
import type { Json } from './json.ts';
import type { RequestPriority } from './request-budget.ts';

/** Three-way against what was last applied: who moved away from it. */
export type Cause = 'desired-changed' | 'live-changed' | 'both-changed';

/**
 * Why a flow would be written, in the order in which flows are written: `revert` (git went back to
 * settings that this flow had before), `desired` (git says something new), `drift` (the org moved).
 */
export type ChangeKind = 'revert' | 'desired' | 'drift';

/** One field that differs. A side that is undefined does not have the field. */
export interface FieldChange {
  /** JSON pointer under `settings`. */
  readonly path: string;
  readonly live?: Json;
  readonly desired?: Json;
  readonly cause: Cause;
}

/** One flow whose live settings differ from the desired ones. */
export interface FlowChange {
  readonly flowId: FlowId;
  /** As the org spells it. */
  readonly name: string;
  readonly file: string;
  readonly kind: ChangeKind;
  readonly cause: Cause;
  /** The version that this change was computed against. */
  readonly liveVersion: number;
  readonly fields: readonly FieldChange[];
  readonly desiredHash: string;
  readonly modifiedBy?: Actor;
  readonly modifiedAt?: string;
  readonly mode: Mode;
  /** Set while the suspension holds. */
  readonly suspended?: Suspension;
}

/** A flow whose live settings are as git says. */
export interface SettledFlow {
  readonly flowId: FlowId;
  readonly name: string;
  readonly file: string;
  readonly liveVersion: number;
  readonly desiredHash: string;
  /** Set while the suspension holds. */
  readonly suspended?: Suspension;
}

/** In git, not in the org. */
export interface MissingFlow {
  readonly file: string;
  readonly flowId?: FlowId;
  readonly name?: string;
}

/** In git and in the org, but its live settings could not be read: whether it differs is not known, and it is not written. */
export interface UnreadFlow {
  readonly flowId: FlowId;
  readonly name: string;
  readonly file: string;
  readonly desiredHash: string;
  /** Why it could not be read. */
  readonly code: ErrorCode;
}

/** In the org, not in git; reported, never touched. */
export interface UnmanagedFlow {
  readonly flowId: FlowId;
  readonly name: string;
}

/** Something a person should tidy up; holds nothing back. */
export interface PlanNotice {
  readonly code: 'desired.ignore-expired' | 'desired.ignore-unused' | 'policy.override-expired';
  readonly file: string;
  readonly message: string;
}

/** All differences of one org at one moment. Plan, dry run, PR comment, report and apply are callers of this one value. */
export interface Plan {
  readonly org: OrgName;
  readonly revision: Revision;
  /** Epoch milliseconds; not part of the digest. */
  readonly madeAt: number;
  /** sha256 over revision, live versions, changes and policy: names this plan for an approval. */
  readonly digest: string;
  /** Flows in the org, managed or not. */
  readonly liveCount: number;
  /** Ordered: reverts, desired changes, drift; within each by flowId. */
  readonly changes: readonly FlowChange[];
  /** By flowId. */
  readonly settled: readonly SettledFlow[];
  /** By flowId; absent where every flow was read. */
  readonly unread?: readonly UnreadFlow[];
  readonly missing: readonly MissingFlow[];
  readonly unmanaged: readonly UnmanagedFlow[];
  readonly invalid: readonly InvalidFlow[];
  readonly notices: readonly PlanNotice[];
}

/** True when the file lets the flow be written: it is enforced, and no suspension holds. Whether the org is enforced is the policy's. */
export function isWritable(change: Pick<FlowChange, 'mode' | 'suspended'>): boolean {
  return change.mode === 'enforce' && change.suspended === undefined;
}

/** Drift can wait; what a person committed, or took back, should not wait behind it. */
export function priorityOf(kind: ChangeKind | undefined): RequestPriority {
  return kind === 'revert' || kind === 'desired' ? 'people' : 'routine';
}
