import type { FlowkeeperError } from '../domain/errors.ts';
import type { DesiredFlow, FlowId, LiveFlow, OrgName, Revision, Settings } from '../domain/flow.ts';
import type { FlowOutcome } from '../domain/outcome.ts';
import type { Cause, ChangeKind, FieldChange, FlowChange } from '../domain/plan.ts';
import type { Policy } from '../domain/policy.ts';
import type { GateVerdict } from '../domain/verdict.ts';
import type { FlowBackend } from '../ports/flow-backend.ts';
import type { HeldLease } from '../ports/lease.ts';
import type { Ports } from '../ports/ports.ts';
import type { RequestPriority } from '../ports/rate-gate.ts';
import type { Snapshot } from '../ports/state-store.ts';
import type { FlowJudge } from './judge-flow.ts';
import type { Pace } from './pace.ts';
import type { Place } from './place.ts';
import type { SnapshotPusher } from './push-snapshots.ts';
import type { Reloader } from './reloader.ts';
import type { TimeLimits } from './time-limits.ts';

/** What a flow on its way asks of its org; reloads go through the run's reloader. */
export interface OneFlowBackend extends Pick<FlowBackend, 'read' | 'write'> {
  withPriority(priority: RequestPriority): OneFlowBackend;
}

/** What all flows of one run share. */
export interface FlowRun {
  readonly ports: Pick<Ports, 'clock' | 'ids' | 'log' | 'state'> & {
    readonly backend: OneFlowBackend;
  };
  readonly org: OrgName;
  /** The remote's id of the org. */
  readonly orgId: string;
  readonly runId: string;
  readonly policy: Policy;
  readonly limits: TimeLimits;
  readonly reloader: Reloader;
  /** Knows what takes longer than is usual in this run. */
  readonly pace: Pace;
  /** Of the flow that this is for. */
  readonly place: Place;
  /** Set where policy wants the snapshots on the status branch before anything is written. */
  readonly pushSnapshots?: SnapshotPusher;
  /** Flows whose last write is stored and still not in effect. */
  readonly reloadPending: ReadonlySet<FlowId>;
  /** The flow's own gates. */
  readonly judge: FlowJudge;
  /** Who wrote the desired settings of a file, as git tells. Never fails: null is "not known". */
  readonly authorOf: (file: string, revision: Revision) => Promise<string | null>;
  /** Whoever has lost it writes neither the journal nor a flow. */
  readonly lease: Pick<HeldLease, 'fencingToken' | 'confirm'>;
  readonly signal: AbortSignal;
}

/** The part of a desired flow that an attempt needs; the journal keeps it for a later process. */
export type WantedFlow = Pick<
  DesiredFlow,
  'file' | 'settings' | 'declared' | 'vanishing' | 'hash' | 'ignore'
>;

/** A recorded snapshot that a person puts back, whatever git says; it is what is wanted then. */
export interface RollbackByHand {
  readonly by: string;
  /** Version of the snapshot. */
  readonly toVersion: number;
  /** Of the snapshot: what is written, whole. */
  readonly settings: Settings;
  /** What git says of the flow; missing: nothing that could be applied. */
  readonly desired?: WantedFlow;
}

/** A write that was sent and whose answer was lost: it may land as long as the flow has this version. */
export interface LostWrite {
  readonly baseVersion: number;
  /** Set when an earlier one of the same attempt was overtaken. */
  readonly overtaken?: boolean;
}

/** An attempt that is still open because its write is not there and may land late. */
export interface PendingAttempt extends LostWrite {
  readonly attemptId: string;
  /** Of that write: what was there before, and what it was to change. */
  readonly written: Pick<FlowTask, 'snapshot' | 'blocks' | 'fields'>;
}

/** One flow on its way through the machine. What the steps find out is written here, and nowhere else. */
export interface FlowTask {
  readonly run: FlowRun;
  readonly flowId: FlowId;
  readonly name: string;
  readonly wanted: WantedFlow;
  readonly revision: Revision;
  readonly planDigest: string;
  /** Undefined for a flow that is only recovered. */
  readonly change?: FlowChange;
  readonly kind?: ChangeKind;
  readonly cause?: Cause;
  readonly byHand?: RollbackByHand;
  /** Who made the difference by hand, as far as the service told when it was planned. */
  readonly liveChangedBy?: string;
  /** Epoch ms. */
  readonly startedAt: number;
  /** Monotonic, of this process. */
  readonly startedMs: number;
  /** This way through goes on with it. */
  readonly pending?: PendingAttempt;
  readonly timings: { step: string; ms: number }[];

  /** Set once the intent is in the journal. */
  attemptId?: string;
  /** The version that the next write is based on; missing: whatever is read next. */
  expectedVersion?: number;
  fields: readonly FieldChange[];
  /** The flow as read right before the write. */
  base?: LiveFlow;
  /** The body of the write. */
  blocks?: Settings;
  snapshot?: Snapshot;
  /** `earlier`: a process before this one may have sent a write. */
  sent: 'no' | 'earlier' | 'now';
  /** The service refused what was sent, for what it is. */
  refused?: boolean;
  /** Set while a write of this attempt may still land. */
  maybeLanded?: LostWrite;
  /** Others wrote after a write of this attempt that got no answer: it may have landed, and be gone again. */
  overtaken?: boolean;
  /** The last write was not there when it was looked for. */
  absent?: boolean;
  /** The version that our write made; set once the service accepted it, or it was found landed. */
  writtenVersion?: number;
  /** Settings after the attempt, as read. */
  after?: Settings;
  afterVersion?: number;
  /** Epoch ms of our last accepted write. */
  lastUpdateAt?: number;
  /** True when a write that was to put the snapshot back got no answer: it may still land, after every reload of ours. */
  restoreInDoubt?: boolean;
  /** True while a dead process's rollback is being finished. */
  restoring?: boolean;
  /** True when the write is so long ago that it cannot land any more. */
  expired?: boolean;
  /** How often others wrote while we did. */
  conflicts: number;
  /** How often a write was not there and was made anew. */
  resends: number;
  /** Who wrote while we did. */
  conflictBy?: string;
  reloaded: boolean;
  reloadPending: boolean;
  reloadError?: FlowkeeperError;
  verdict?: GateVerdict;
  /** Names the overrides of freeze windows that it took to get past the gate. */
  freezeOverride?: string;
  error?: FlowkeeperError;
  reason?: string;
  retryAt?: number;
  /** Set once, at the end. */
  outcome?: FlowOutcome;
}
