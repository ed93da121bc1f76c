import type { DesiredFlow, FlowId, LiveFlow, OrgName, Revision, Settings } from '../domain/flow.ts';
import type { FlowkeeperError } from '../domain/errors.ts';
import type { FieldChange, FlowChange } from '../domain/plan.ts';
import type { FlowOutcome } from '../domain/outcome.ts';
import type { Policy } from '../domain/policy.ts';
import type { GateVerdict } from '../domain/verdict.ts';
import type { Ports } from '../ports/ports.ts';
import type { Snapshot } from '../ports/state-store.ts';
import type { FlowJudge } from './judge-flow.ts';
import type { Reloader } from './reloader.ts';

/** What all flows of one run share. */
export interface FlowRun {
  readonly ports: Pick<Ports, 'clock' | 'ids' | 'log' | 'backend' | 'state'>;
  readonly org: OrgName;
  /** The remote's id of the org. */
  readonly orgId: string;
  readonly runId: string;
  readonly policy: Policy;
  readonly reload: Reloader;
  /** The flow's own gates. */
  readonly judge: FlowJudge;
  /** Who wrote the desired settings of a file, as git tells. */
  readonly authorOf: (file: string) => Promise<string | null>;
  readonly signal: AbortSignal;
}

/** The part of a desired flow that an attempt needs; the journal keeps it for a later process. */
export type WantedFlow = Pick<DesiredFlow, 'file' | 'settings' | 'hash' | 'ignore'>;

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
  readonly startedAt: number;
  /** Flows that must be in sync before this one. */
  readonly dependsOn: readonly FlowId[];
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
  /** Set when a write was sent and its answer was lost: it may land at any later moment. */
  maybeLanded?: { readonly baseVersion: number };
  /** The version that our write made. */
  writtenVersion?: number;
  /** Settings after the attempt, as read. */
  after?: Settings;
  afterVersion?: number;
  /** Epoch ms of our last accepted write. */
  lastUpdateAt?: number;
  /** True while a dead process's rollback is being finished. */
  restoring?: boolean;
  conflicts: number;
  /** Who wrote while we did. */
  conflictBy?: string;
  reloadPending: boolean;
  verdict?: GateVerdict;
  error?: FlowkeeperError;
  reason?: string;
  retryAt?: number;
  /** Set once, at the end. */
  outcome?: FlowOutcome;
}
