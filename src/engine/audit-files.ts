import type { AuditRecord } from '../domain/audit.ts';
import type { OrgName } from '../domain/flow.ts';
import { isJsonObject } from '../domain/json.ts';

/** Records of several flows, read from the files of one org. */
export interface AuditFiles {
  readonly org: OrgName;
  /** In the order of the chain. */
  readonly records: readonly AuditRecord[];
  /** Lines that are no record; `audit verify` tells of them. */
  readonly unreadable: number;
}

/** Reads what can be read; that nothing was tampered with is for `audit verify` to say. */
export function readAuditFiles(org: OrgName, files: ReadonlyMap<string, string>): AuditFiles {
  const lines = [...files]
    .filter(([path]) => path.endsWith('.jsonl'))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, text]) => text.split('\n').filter((line) => line !== ''));
  const records = lines.flatMap((line) => readLine(line) ?? []);
  return { org, records, unreadable: lines.length - records.length };
}

function readLine(line: string): AuditRecord | undefined {
  try {
    const value = JSON.parse(line) as Partial<AuditRecord> | null;
    const isRecord =
      (typeof value?.flowId === 'string' || value?.flowId === null) && isJsonObject(value.details);
    return isRecord ? (value as AuditRecord) : undefined;
  } catch {
    return undefined;
  }
}
