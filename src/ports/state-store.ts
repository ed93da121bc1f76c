import type { AuditDraft } from '../domain/audit.ts';
import type { Fight } from '../domain/fight.ts';
import type { FlowId, OrgName, Revision, Settings } from '../domain/flow.ts';
import type { HeldBack } from '../domain/held-back.ts';
import type { FlowState, FlowStatus } from '../domain/flow-status.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import type { OrgStatus } from '../domain/org-status.ts';

/** The live settings of a flow as stored before a write. */
export interface Snapshot {
  readonly org: OrgName;
  readonly flowId: FlowId;
  readonly name: string;
  readonly version: number;
  /** ISO 8601. */
  readonly takenAt: string;
  readonly runId: string;
  /** `hashOf(settings)` */
  readonly hash: string;
  readonly settings: Settings;
}

export interface SnapshotStore {
  /** Durable when it resolves; putting the same version again replaces it. @throws state.unwritable */
  put(snapshot: Snapshot): Promise<void>;
  get(org: OrgName, flowId: FlowId, version: number): Promise<Snapshot | undefined>;
}

/** One attempt to write one flow, from its intent to its end. */
export interface AttemptStart {
  readonly attemptId: string;
  readonly org: OrgName;
  readonly flowId: FlowId;
  readonly runId: string;
  /** Epoch ms. */
  readonly startedAt: number;
  /** What a later process needs to find out what became of it. */
  readonly data: JsonObject;
}

export interface JournalEntry {
  readonly from: string;
  readonly event: string;
  readonly to: string;
  /** Epoch ms. */
  readonly at: number;
  /** Merged over the attempt's data. */
  readonly data?: JsonObject;
}

/** An attempt without an end: its process died, or is at work right now. */
export interface UnfinishedAttempt extends AttemptStart {
  readonly entries: readonly JournalEntry[];
}

/**
 * The write-ahead log. Every method is on the disk (fsync) when it resolves.
 *
 * `fencingToken` is that of the org's lease: what a holder writes that has lost it is refused, in the same transaction
 * that would have written it. Undefined: not checked. @throws state.lease-lost
 */
export interface Journal {
  open(start: AttemptStart, fencingToken?: number): Promise<void>;
  append(attemptId: string, entry: JournalEntry, fencingToken?: number): Promise<void>;
  /** The last entry, what is now known of the flow, and the audit record: all or nothing. */
  close(
    attemptId: string,
    entry: JournalEntry,
    result: { readonly record?: FlowRecord; readonly audit?: AuditDraft },
    fencingToken?: number,
  ): Promise<void>;
  unfinished(org: OrgName): Promise<readonly UnfinishedAttempt[]>;
}

/** The settings that a flow was last brought to, or found in. */
export interface AppliedSettings {
  readonly settings: Settings;
  readonly hash: string;
  readonly revision: Revision;
  readonly version: number;
  /** Epoch ms. */
  readonly at: number;
  /** What stood in fields before git declared them, by JSON pointer: what a revert gives back. */
  readonly displaced?: Readonly<Record<string, Json>>;
}

/** Everything remembered of one flow between runs. */
export interface FlowRecord {
  readonly flowId: FlowId;
  readonly status: FlowStatus;
  readonly applied?: AppliedSettings;
  /** Hashes of desired settings this flow was in sync with, oldest first, at most 50: knows a revert. */
  readonly pastHashes: readonly string[];
  /** Epoch ms of the last accepted write of ours. */
  readonly lastUpdateAt?: number;
  readonly heldBack?: HeldBack;
  /** Drift that was corrected, and whether the flow is left alone because it comes back each time. */
  readonly fight?: Fight;
}

/** What the hot path needs of a record; small, since a hundred thousand may be in memory. */
export interface FlowIndexEntry {
  readonly state: FlowState;
  readonly file: string;
  readonly desiredHash?: string;
  readonly appliedHash?: string;
  readonly liveVersion?: number;
  /** A condition other than `Ready: true` is listed. */
  readonly hasConditions: boolean;
}

/** A `fencingToken` is as the journal's: what a holder of the org's lease writes that has lost it is refused. @throws state.lease-lost */
export interface FlowRecordStore {
  /** All flows of the org; cheap when nothing was saved since the last call. */
  index(org: OrgName): Promise<ReadonlyMap<FlowId, FlowIndexEntry>>;
  load(org: OrgName, ids: readonly FlowId[]): Promise<ReadonlyMap<FlowId, FlowRecord>>;
  /**
   * One transaction. A status that differs from the stored one waits for publication from then on.
   *
   * @param events audit records of what happened to the flows without an attempt to write them
   */
  save(
    org: OrgName,
    records: readonly FlowRecord[],
    events?: readonly AuditDraft[],
    fencingToken?: number,
  ): Promise<void>;
  /** The flows are no longer in git: their status files go with the next publication. */
  remove(org: OrgName, ids: readonly FlowId[], fencingToken?: number): Promise<void>;
  saveOrg(status: OrgStatus, fencingToken?: number): Promise<void>;
  loadOrg(org: OrgName): Promise<OrgStatus | undefined>;
}

/** What the status branch does not have yet. */
export interface PendingRecords {
  readonly org: OrgName;
  readonly statuses: readonly FlowStatus[];
  readonly removed: readonly FlowId[];
  /** In the order in which they happened. */
  readonly audits: readonly AuditDraft[];
  readonly snapshots: readonly Snapshot[];
  readonly orgStatus?: OrgStatus;
}

export interface Outbox {
  pending(org: OrgName): Promise<PendingRecords>;
  /**
   * What is pending, for somebody who pushes it now. As long as that is not marked, nobody knows what the branch has
   * of these statuses: they stay pending, even those that become again what was published before.
   */
  begin(org: OrgName): Promise<PendingRecords>;
  /** Marks exactly what `pending` or `begin` gave; what changed since then stays pending. */
  markPublished(pending: PendingRecords): Promise<void>;
}

/** Texts by key, kept across restarts; a miss costs only time. */
export interface ParseCache {
  get(keys: readonly string[]): Promise<ReadonlyMap<string, string>>;
  put(entries: ReadonlyMap<string, string>): Promise<void>;
}

/**
 * The controller's memory: journal, snapshots, records, outbox and caches in one place that several
 * processes can open at once. @throws state.corrupt, state.unwritable, state.newer
 */
export interface StateStore {
  readonly journal: Journal;
  readonly snapshots: SnapshotStore;
  readonly flows: FlowRecordStore;
  readonly outbox: Outbox;
  readonly parseCache: ParseCache;
  close(): Promise<void>;
}
