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

/** Key of the trailer by which a commit that publishes audit records names where their chain now ends. */
export const AUDIT_HEAD_TRAILER = 'Flowkeeper-Audit-Head';

/** Where the chain of an org ended when a commit published records of it. */
export interface AuditHead {
  readonly org: string;
  readonly seq: number;
  readonly hash: string;
}

/** `<org> <seq> <hash>` */
export function renderAuditHead({ org, seq, hash }: AuditHead): string {
  return `${org} ${String(seq)} ${hash}`;
}

/** Undefined for what is no value of ours. */
export function parseAuditHead(value: string): AuditHead | undefined {
  const match = /^(\S+) ([1-9]\d{0,14}) ([0-9a-f]{64})$/.exec(value.trim());
  if (match === null) return undefined;
  const [, org = '', seq, hash = ''] = match;
  return { org, seq: Number(seq), hash };
}
