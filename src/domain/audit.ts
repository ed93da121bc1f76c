import { hashOf } from './hash.ts';
import type { JsonObject } from './json.ts';

/** What is known of one attempt before it takes its place in the chain. One line of `audit/<org>/<YYYY-MM>.jsonl` holds it with the chain's fields. */
export interface AuditDraft {
  /** The journal's id of the attempt: makes adding a record twice detectable. */
  readonly attemptId: string;
  /** ISO 8601, UTC. */
  readonly timestamp: string;
  readonly event: AuditEvent;
  readonly runId: string;
  readonly flowId: string;
  readonly status: string;
  readonly latencyMs: number;
  readonly revision: string;
  /** Who wrote the desired settings, as git tells. */
  readonly author: string | null;
  readonly planDigest: string;
  /** Hash of the whole live settings before and after; null where not known. */
  readonly beforeHash: string | null;
  readonly afterHash: string | null;
  readonly details: JsonObject;
}

export type AuditEvent = 'flow.updated' | 'flow.rolled-back' | 'flow.update-failed';

/** An audit record in its place: `hash` is over all other fields, `previousHash` is the hash of the record before. */
export interface AuditRecord extends AuditDraft {
  /** 1 for the first record of an org, then one more each, across months. */
  readonly seq: number;
  readonly previousHash: string;
  readonly hash: string;
}

/** `previousHash` of the first record of an org. */
export const AUDIT_GENESIS = '0'.repeat(64);

/** Puts a draft behind `previous` (undefined: it is the org's first). */
export function chainAudit(draft: AuditDraft, previous: AuditRecord | undefined): AuditRecord {
  const body = {
    ...draft,
    seq: (previous?.seq ?? 0) + 1,
    previousHash: previous?.hash ?? AUDIT_GENESIS,
  };
  return { ...body, hash: hashOf(body) };
}

/** True when the record's own hash is that of its content. */
export function isAuditHashTrue(record: AuditRecord): boolean {
  const { hash, ...body } = record;
  return hashOf(body) === hash;
}
