/* eslint-disable */
// Generated from schemas/ by `npm run generate`; do not edit.
import type { Diagnostic } from './diagnostic.ts';
import type { Json, JsonObject } from './json.ts';

/**
 * status/<org>/<first two of flowId>/<flowId>.yaml on the status branch: what is known of one flow. No field changes without meaning.
 */
export interface FlowStatus {
  /**
   * The flow's id, in lower case.
   */
  readonly flowId: string;
  /**
   * The flow's name, as far as known.
   */
  readonly name?: string;
  /**
   * The org's name in flowkeeper's config.
   */
  readonly org: string;
  /**
   * Path of the flow's desired-state file, from the root of the repository.
   */
  readonly file: string;
  /**
   * InSync: live is as git says. Drifted: differs, and nothing is being done about it (mode report). Deferred: a gate says later. Blocked: a gate says not without a person. Suspended: left alone on request. Invalid: the file has faults; the last good settings stay. Missing: in git, not in the org. Conflict: others wrote it again and again. Failed: refused or failed, as it was before. RolledBack: did not verify, and the settings from before were put back. Stuck: neither as wanted nor as before. Unresolved: sent, and not yet known what became of it.
   */
  readonly state:
    | 'InSync'
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
    | 'Unresolved';
  /**
   * What holds of the flow, apart from its state.
   */
  readonly conditions: readonly StatusCondition[];
  /**
   * The first revision at which these desired settings were seen.
   */
  readonly desiredRevision: string;
  /**
   * Hash of the effective desired settings.
   */
  readonly desiredHash?: string;
  /**
   * The revision that was last tried to apply.
   */
  readonly lastAttemptedRevision?: string;
  /**
   * The revision that was last applied, or found to be live.
   */
  readonly lastAppliedRevision?: string;
  /**
   * Hash of the desired settings that were last applied, or found to be live.
   */
  readonly lastAppliedHash?: string;
  /**
   * The service's version of the flow when it was last read.
   */
  readonly liveVersion?: number;
  /**
   * Since when the state is what it is.
   */
  readonly since: string;
  /**
   * What still differs between the live and the desired settings.
   */
  readonly differences: readonly RemainingDifference[];
  readonly lastOutcome?: LastOutcome;
  /**
   * Path on the status branch of the settings as they were before the last write.
   */
  readonly snapshot?: string;
  readonly suspended?: SuspensionByHand;
}
/**
 * In the manner of Kubernetes conditions; a condition that does not hold is not listed.
 */
export interface StatusCondition {
  /**
   * Ready: in sync. Stalled: held back until git changes or a person says so. ReloadPending: written, not yet in effect. Suspended: left alone. Fighting: somebody else keeps writing it.
   */
  readonly type: 'Ready' | 'Stalled' | 'ReloadPending' | 'Suspended' | 'Fighting';
  /**
   * Whether it holds.
   */
  readonly status: boolean;
  /**
   * Why, in one word.
   */
  readonly reason: string;
  /**
   * Why, for a person.
   */
  readonly message?: string;
  /**
   * When this condition took this status and reason.
   */
  readonly since: string;
}
/**
 * One field that differs. A side that is not there does not have the field.
 */
export interface RemainingDifference {
  /**
   * JSON pointer under the flow's settings.
   */
  readonly path: string;
  /**
   * What the org has.
   */
  readonly live?: Json;
  /**
   * What git says.
   */
  readonly desired?: Json;
  /**
   * Who moved away from what was last applied.
   */
  readonly cause: 'desired-changed' | 'live-changed' | 'both-changed';
}
/**
 * How the last attempt to write the flow ended.
 */
export interface LastOutcome {
  /**
   * applied, rolled-back, failed, conflict, stuck, unresolved, deferred, blocked, cancelled or in-sync.
   */
  readonly status: string;
  /**
   * The run it happened in.
   */
  readonly runId: string;
  /**
   * When it ended.
   */
  readonly at: string;
  /**
   * From the gate to the end, milliseconds.
   */
  readonly latencyMs: number;
  /**
   * Milliseconds by step of the flow machine.
   */
  readonly steps: {
    readonly [k: string]: number;
  };
  /**
   * Why, for a person.
   */
  readonly reason?: string;
  /**
   * The error's code; docs/errors.md says what to do.
   */
  readonly code?: string;
}
/**
 * A person asked for the flow to be left alone until an instant, beside whatever its file says.
 */
export interface SuspensionByHand {
  /**
   * Why, in a few words.
   */
  readonly reason: string;
  /**
   * Who asked for it.
   */
  readonly by: string;
  /**
   * From then on it no longer holds; ISO 8601, UTC.
   */
  readonly until: string;
}
/**
 * orgs/<org>.yaml on the status branch: what is known of an org as a whole. No field changes without meaning.
 */
export interface OrgStatus {
  /**
   * The org's name in flowkeeper's config.
   */
  readonly org: string;
  /**
   * Ready: differences are corrected. Reporting: they are only told. Held: a gate holds the plan, or the branch's head is not verified. Invalid: the policy has faults. Unreadable: the live flows could not be read whole.
   */
  readonly state: 'Ready' | 'Reporting' | 'Held' | 'Invalid' | 'Unreadable';
  /**
   * Since when the state is what it is; ISO 8601, UTC.
   */
  readonly since: string;
  /**
   * Why, for a person.
   */
  readonly reason?: string;
  /**
   * The error's code; docs/errors.md says what to do.
   */
  readonly code?: string;
  /**
   * Flows in the org that git does not name; they are never touched. Sorted by flowId.
   */
  readonly unmanaged: readonly UnmanagedFlowStatus[];
  /**
   * Faults of files that name no flow, and of the policy.
   */
  readonly faults: readonly Diagnostic[];
  /**
   * What holds of the org, apart from its state; absent when nothing does.
   */
  readonly conditions?: readonly OrgCondition[];
}
/**
 * One flow of the org.
 */
export interface UnmanagedFlowStatus {
  /**
   * The flow's id.
   */
  readonly flowId: string;
  /**
   * The flow's name.
   */
  readonly name: string;
}
/**
 * In the manner of Kubernetes conditions; a condition that does not hold is not listed.
 */
export interface OrgCondition {
  /**
   * Unverified: the head of the watched branch was not signed by anybody who may; runs go by the last one that was.
   */
  readonly type: 'Unverified';
  /**
   * Whether it holds.
   */
  readonly status: boolean;
  /**
   * Why, in one word.
   */
  readonly reason: string;
  /**
   * Why, for a person.
   */
  readonly message?: string;
  /**
   * When this condition took this status and reason; ISO 8601, UTC.
   */
  readonly since: string;
}
/**
 * One line of audit/<org>/<YYYY-MM>.jsonl on the status branch: one attempt to write one flow, or something else that is to be known of it or of a plan. Each record holds the hash of the one before, so that none can be changed or left out unseen.
 */
export interface AuditRecord {
  /**
   * The journal's id of the attempt, or an id of its own where there was none: makes adding a record twice detectable.
   */
  readonly attemptId: string;
  /**
   * When the attempt ended; ISO 8601, UTC.
   */
  readonly timestamp: string;
  /**
   * What happened. flow.updated: git's settings were applied. flow.rolled-back: they did not verify, and what was there before was put back. flow.rolled-back-by-hand: a person put a recorded snapshot back. flow.update-failed: none of these. Without an attempt: flow.fighting: others change it again after each correction, so it is left alone for a while. flow.released: a person let go what was held back or left alone. flow.suspended, flow.resumed: a person had it left alone until an instant, or go on before. org.run-requested: a person asked for a run on the status page or by the API. plan.approved: a plan that the mass-change gate holds went on, since a person approved its digest.
   */
  readonly event:
    | 'flow.updated'
    | 'flow.rolled-back'
    | 'flow.rolled-back-by-hand'
    | 'flow.update-failed'
    | 'flow.fighting'
    | 'flow.released'
    | 'flow.suspended'
    | 'flow.resumed'
    | 'org.run-requested'
    | 'plan.approved';
  /**
   * The run it happened in.
   */
  readonly runId: string;
  /**
   * The flow's id, in lower case; null where it is about a whole plan.
   */
  readonly flowId: string | null;
  /**
   * How the attempt ended.
   */
  readonly status: string;
  /**
   * From the gate to the end, milliseconds.
   */
  readonly latencyMs: number;
  /**
   * The commit whose desired settings were applied.
   */
  readonly revision: string;
  /**
   * Who wrote the desired settings, as git tells; null where it does not.
   */
  readonly author: string | null;
  /**
   * Names the plan that the attempt belongs to; null where there was no plan.
   */
  readonly planDigest: string | null;
  /**
   * Hash of the whole live settings before; null where not known.
   */
  readonly beforeHash: string | null;
  /**
   * Hash of the whole live settings after; null where not known.
   */
  readonly afterHash: string | null;
  /**
   * What else is known of the attempt: versions, fields, reason.
   */
  readonly details: JsonObject;
  /**
   * 1 for the first record of an org, then one more each, across months.
   */
  readonly seq: number;
  /**
   * Hash of the record before; 64 zeros for the first record of an org.
   */
  readonly previousHash: string;
  /**
   * sha256 of the canonical JSON (RFC 8785) of all other fields.
   */
  readonly hash: string;
}
/**
 * What a webhook destination is sent as the body of a POST. It is delivered at least once: a second delivery has the same `id`. Keys may be added within this apiVersion; none is taken away or changes its meaning.
 */
export interface Notification {
  readonly apiVersion: 'flowkeeper/v1';
  readonly kind: 'Notification';
  /**
   * Also the header webhook-id. What was delivered already has the same one.
   */
  readonly id: string;
  /**
   * changes: what became of flows in one run. report: the scheduled drift report. test: `flowkeeper notify --test`.
   */
  readonly type: 'changes' | 'report' | 'test';
  /**
   * When it was written down; a delivery may come later.
   */
  readonly timestamp: string;
  /**
   * The org's name in the config.
   */
  readonly org: string;
  /**
   * The highest of what it tells; a recovery has that of what is over.
   */
  readonly severity: 'info' | 'warning' | 'error';
  /**
   * In a line.
   */
  readonly summary: string;
  /**
   * Of the run after which it was told.
   */
  readonly runId?: string;
  /**
   * What that run, or report, went by.
   */
  readonly revision?: string;
  /**
   * To the org on the status page, if the config names one.
   */
  readonly link?: string;
  readonly orgChange?: NotifiedOrg;
  /**
   * In the order of their ids. More than 200 come as several notifications.
   *
   * @maxItems 200
   */
  readonly flows: readonly NotifiedFlow[];
  readonly report?: NotifiedReport;
}
/**
 * The org as a whole came into another state.
 */
export interface NotifiedOrg {
  /**
   * What happened.
   */
  readonly event: 'state-changed' | 'recovered';
  /**
   * As in schemas/org-status.schema.json.
   */
  readonly state: 'Ready' | 'Reporting' | 'Held' | 'Invalid' | 'Unreadable';
  /**
   * The state before, where it is known.
   */
  readonly before?: string;
  /**
   * How bad it is.
   */
  readonly severity: 'info' | 'warning' | 'error';
  /**
   * ISO 8601, UTC.
   */
  readonly timestamp: string;
  /**
   * Why, for a person.
   */
  readonly reason?: string;
  /**
   * docs/errors.md says what to do.
   */
  readonly code?: string;
}
/**
 * One flow.
 */
export interface NotifiedFlow {
  /**
   * A UUID in lower case.
   */
  readonly flowId: string;
  /**
   * As far as known.
   */
  readonly name?: string;
  /**
   * How the last attempt ended if it led to this state (applied, failed, rolled-back, …); else the state in small letters (drifted, missing, …).
   */
  readonly status: string;
  /**
   * Of that attempt, from the gate to the end; 0 without one.
   */
  readonly latencyMs: number;
  /**
   * When that attempt ended; without one, since when the state is what it is.
   */
  readonly timestamp: string;
  /**
   * recovered: it is in sync again, or left alone no more, of which this destination was told otherwise. applied: it was written, and is in sync as before. removed: git no longer describes it.
   */
  readonly event: 'state-changed' | 'recovered' | 'applied' | 'removed';
  /**
   * As in schemas/status.schema.json; Removed when git no longer describes it.
   */
  readonly state: string;
  /**
   * The state that was told before; missing at the first time.
   */
  readonly before?: string;
  /**
   * How bad it is.
   */
  readonly severity: 'info' | 'warning' | 'error';
  /**
   * From the root of the repository.
   */
  readonly file?: string;
  /**
   * The first revision at which these desired settings were seen.
   */
  readonly revision?: string;
  /**
   * Of the last attempt.
   */
  readonly runId?: string;
  /**
   * Why, for a person.
   */
  readonly reason?: string;
  /**
   * docs/errors.md says what to do.
   */
  readonly code?: string;
  /**
   * What differs; the first 50 fields.
   *
   * @maxItems 50
   */
  readonly differences: readonly RemainingDifference[];
  /**
   * To the flow on the status page.
   */
  readonly link?: string;
}
/**
 * The drift report of the org.
 */
export interface NotifiedReport {
  /**
   * The time of the schedule that it is for.
   */
  readonly scheduledAt: string;
  /**
   * Flows that differ.
   */
  readonly drifted: number;
  /**
   * Of the report on the status branch.
   */
  readonly path?: string;
  /**
   * The report, cut at 100,000 characters.
   */
  readonly markdown: string;
}
