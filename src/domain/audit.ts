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

/** Key of the trailer by which a commit that publishes audit records names them, and where their chain now ends. */
export const AUDIT_HEAD_TRAILER = 'Flowkeeper-Audit-Head';

/** What a commit published of the chain of an org. */
export interface AuditHead {
  readonly org: string;
  /** Of the first record that it added. */
  readonly firstSeq: number;
  /** Of the last one, where the chain ended then. */
  readonly seq: number;
  readonly hash: string;
}

/** `<org> <first seq>-<seq> <hash>` */
export function renderAuditHead({ org, firstSeq, seq, hash }: AuditHead): string {
  return `${org} ${String(firstSeq)}-${String(seq)} ${hash}`;
}

/** Undefined for what is no value of ours. */
export function parseAuditHead(value: string): AuditHead | undefined {
  const match = /^(\S+) ([1-9]\d{0,14})-([1-9]\d{0,14}) ([0-9a-f]{64})$/.exec(value.trim());
  if (match === null) return undefined;
  const [, org = '', first, last, hash = ''] = match;
  const [firstSeq, seq] = [Number(first), Number(last)];
  return firstSeq <= seq ? { org, firstSeq, seq, hash } : undefined;
}
