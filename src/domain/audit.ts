import type { AuditRecord } from './formats.generated.ts';
import { hashOf } from './hash.ts';

/**
 * An audit record in its place: `hash` is over all other fields, `previousHash` is the hash of the record before.
 * Defined by schemas/audit-record.schema.json; the type is generated from it.
 */
export type { AuditRecord } from './formats.generated.ts';

/** What is known of one attempt before it takes its place in the chain. */
export type AuditDraft = Omit<AuditRecord, 'seq' | 'previousHash' | 'hash'>;

export type AuditEvent = AuditRecord['event'];

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
