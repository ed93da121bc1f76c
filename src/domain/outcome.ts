import type { Cause, FieldChange } from './plan.ts';
import type { FlowId } from './flow.ts';
import type { ErrorCode } from './error-details.ts';

/** How one flow's way through the machine can end. */
export type OutcomeStatus =
  /** Written, effective, verified. */
  | 'applied'
  /** The fresh read showed that nothing is left to do. */
  | 'in-sync'
  /** A gate says: later. */
  | 'deferred'
  /** A gate says: not without a person. */
  | 'blocked'
  /** Others wrote the flow again and again; nothing of theirs was overwritten blindly. */
  | 'conflict'
  /** Refused or failed; the flow is as it was. */
  | 'failed'
  /** The written settings did not verify and the snapshot was put back. */
  | 'rolled-back'
  /** The flow is neither as wanted nor as before, and is left for a person. */
  | 'stuck'
  /** A write was sent and it could not be read what became of it; the next start finds out. */
  | 'unresolved'
  /** The run was cancelled or ran out of time before this flow was written. */
  | 'cancelled';

/** How one flow ended in one run. */
export interface FlowOutcome {
  readonly flowId: FlowId;
  readonly name: string;
  readonly status: OutcomeStatus;
  /** Why, for a person; undefined when `applied` or `in-sync` needs no word. */
  readonly reason?: string;
  readonly code?: ErrorCode;
  /** From the gate to the end, milliseconds. */
  readonly latencyMs: number;
  /** Milliseconds by step of the machine, in the order they ran. */
  readonly steps: readonly { readonly step: string; readonly ms: number }[];
  readonly cause?: Cause;
  readonly fields: readonly FieldChange[];
  /** Version after the write; undefined when nothing was written. */
  readonly version?: number;
  /** Path of the snapshot on the status branch. */
  readonly snapshotPath?: string;
  /** True when the reload kept failing: stored, not yet in effect. */
  readonly reloadPending: boolean;
  /** Names the overrides of freeze windows under which it was written. */
  readonly freezeOverride?: string;
  /** Epoch ms from which it makes sense to try again. */
  readonly retryAt?: number;
}
