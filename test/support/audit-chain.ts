import { createHash } from 'node:crypto';
import type { AuditRecord } from '../../src/domain/audit.ts';

/**
 * The audit records of an org out of the files of a status branch, oldest first, having checked the chain anew,
 * with nothing of the product's own hashing: what an auditor would write.
 *
 * @throws naming the first record that does not follow from the one before
 */
export function readAuditChain(files: ReadonlyMap<string, string>, org: string): AuditRecord[] {
  const records = [...files]
    .filter(([path]) => path.startsWith(`audit/${org}/`) && path.endsWith('.jsonl'))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, text]) => text.split('\n').filter((line) => line !== ''))
    .map((line) => JSON.parse(line) as AuditRecord);
  let previous = '0'.repeat(64);
  for (const [index, record] of records.entries()) {
    const { hash, ...body } = record;
    const found = createHash('sha256').update(canonical(body)).digest('hex');
    const isWhole = record.seq === index + 1 && record.previousHash === previous && found === hash;
    if (!isWhole) throw new Error(`audit record ${String(index + 1)} of ${org} breaks the chain`);
    previous = hash;
  }
  return records;
}

/** RFC 8785 for what audit records hold. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, child]) => child !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, child]) => `${JSON.stringify(key)}:${canonical(child)}`);
  return `{${entries.join(',')}}`;
}
