import type { AuditRecord } from '../domain/audit.ts';
import { canonicalText } from '../domain/hash.ts';
import { isJsonObject } from '../domain/json.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import { cell } from './render-report-csv.ts';

interface OrgRecords {
  readonly org: string;
  readonly records: readonly AuditRecord[];
}

/** Each record as it stands on the status branch, a line each: what its hash was made of. */
export function renderAuditLines(orgs: readonly OrgRecords[]): string {
  return orgs.flatMap(({ records }) => records.map((record) => `${lineOf(record)}\n`)).join('');
}

const COLUMNS = [
  'org',
  'seq',
  'timestamp',
  'event',
  'status',
  'flowId',
  'name',
  'fields',
  'author',
  'by',
  'liveChangedBy',
  'revision',
  'runId',
  'reason',
  'hash',
  'previousHash',
  'record',
] as const;

/** A row for each record (RFC 4180), with a head. No cell is one that a spreadsheet would compute. */
export function renderAuditCsv(orgs: readonly OrgRecords[]): string {
  const rows = orgs.flatMap(({ org, records }) => records.map((record) => rowOf(org, record)));
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function rowOf(org: string, record: AuditRecord): readonly string[] {
  const { details } = record;
  const cells: Readonly<Record<(typeof COLUMNS)[number], string>> = {
    org,
    seq: String(record.seq),
    timestamp: record.timestamp,
    event: record.event,
    status: record.status,
    flowId: record.flowId ?? '',
    name: textOf(details['name']),
    fields: fieldsOf(details['fields']),
    author: record.author ?? '',
    by: textOf(details['by']),
    liveChangedBy: textOf(details['liveChangedBy']),
    revision: record.revision,
    runId: record.runId,
    reason: textOf(details['reason']),
    hash: record.hash,
    previousHash: record.previousHash,
    record: lineOf(record),
  };
  return COLUMNS.map((column) => cells[column]);
}

function lineOf(record: AuditRecord): string {
  return canonicalText(record as unknown as JsonObject);
}

/** `/routing/maxWaitTime: 600 -> 300; …` */
function fieldsOf(value: Json | undefined): string {
  const fields = Array.isArray(value) ? (value as readonly Json[]) : [];
  return fields
    .filter(isJsonObject)
    .map(
      (field) => `${textOf(field['path'])}: ${shown(field['live'])} -> ${shown(field['desired'])}`,
    )
    .join('; ');
}

function shown(value: Json | undefined): string {
  return value === undefined ? 'absent' : canonicalText(value);
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
