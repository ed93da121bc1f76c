import { writeFile } from 'node:fs/promises';
import { parseTime } from '../../app/explain-freeze.ts';
import { exportAudit } from '../../app/export-audit.ts';
import type { AuditExport, ExportedAudit } from '../../app/export-audit.ts';
import type { ExitCode } from '../../domain/error-catalog.ts';
import { sha256 } from '../../domain/hash.ts';
import type { JsonObject } from '../../domain/json.ts';
import { usageError } from '../../domain/usage-error.ts';
import { countOf } from '../../plan/plan-wording.ts';
import { renderAuditCsv, renderAuditLines } from '../../plan/render-audit.ts';
import { renderJson } from '../../plan/render-document.ts';
import { showText } from '../../plan/show-value.ts';
import { write } from '../io.ts';
import type { Io } from '../io.ts';
import { openApp } from '../open-app.ts';
import { orgsOf } from '../options.ts';

export interface AuditExportOptions {
  readonly config: string;
  readonly org?: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly output: 'jsonl' | 'csv';
  readonly proof?: string;
  readonly verbose?: boolean;
}

const DAY_MS = 24 * 60 * 60_000;

/** Records to stdout, the proof to its file; exit 1 when a chain is not whole, which is told. */
export async function runAuditExport(io: Io, options: AuditExportOptions): Promise<ExitCode> {
  const period = periodOf(options);
  const common = { ...options, output: 'json' } as const;
  const { app, progress } = await openApp(io, common);
  try {
    const found = await exportAudit(app, { ...orgsOf(common), ...period }, io.signal);
    progress.close();
    const text =
      options.output === 'csv' ? renderAuditCsv(found.orgs) : renderAuditLines(found.orgs);
    await write(io.stdout, text);
    if (options.proof !== undefined) await writeFile(options.proof, proofOf(found, period, text));
    if (io.isQuiet !== true) await write(io.stderr, found.orgs.map(summaryOf).join(''));
    return found.orgs.every(({ isWhole }) => isWhole) ? 0 : 1;
  } finally {
    progress.close();
    await app.close();
  }
}

interface Period {
  readonly fromAt: number;
  readonly untilAt: number;
}

/** A date is a whole day (UTC): the last one counts to its end. */
function periodOf({ from, to }: AuditExportOptions): Period {
  const now = Date.now();
  const fromAt = parseTime(from, now);
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(to);
  const untilAt = parseTime(to, now) + (isDate ? DAY_MS : 0);
  if (fromAt < untilAt) return { fromAt, untilAt };
  throw usageError(`--from ${from} is not before --to ${to}`, 'Swap or correct them.');
}

/** As schemas/audit-proof.schema.json has it. */
function proofOf(found: AuditExport, { fromAt, untilAt }: Period, text: string): string {
  const { branch, revision, orgs } = found;
  return renderJson({
    apiVersion: 'flowkeeper/v1',
    kind: 'AuditProof',
    from: new Date(fromAt).toISOString(),
    until: new Date(untilAt).toISOString(),
    branch,
    revision,
    exportSha256: sha256(text),
    orgs: orgs.map(orgProof),
  } as unknown as JsonObject);
}

function orgProof({ org, records, anchor, isWhole, faults }: ExportedAudit): object {
  const [first, last] = [records[0], records.at(-1)];
  return {
    org,
    isWhole,
    faults,
    records: records.length,
    ...(first &&
      last && {
        first: { seq: first.seq, previousHash: first.previousHash },
        last: { seq: last.seq, hash: last.hash },
      }),
    ...(anchor && { anchor }),
  };
}

function summaryOf({ org, records, isWhole, faults }: ExportedAudit): string {
  const [first, last] = [records[0], records.at(-1)];
  const which = first && last ? `, ${String(first.seq)} to ${String(last.seq)}` : '';
  const chain = isWhole
    ? 'the whole chain is as it was written'
    : `the chain has ${countOf(faults, 'fault')}: \`flowkeeper audit verify\` tells them`;
  return showText(`${org}: ${countOf(records.length, 'record')}${which}; ${chain}`) + '\n';
}
