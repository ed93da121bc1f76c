import { AUDIT_HEAD_TRAILER } from '../domain/audit.ts';
import type { AuditRecord } from '../domain/audit.ts';
import type { OrgName, Revision } from '../domain/flow.ts';
import { readAuditFiles } from '../engine/audit-files.ts';
import type { App } from './create-app.ts';
import { readHeads, verifyTip } from './verify-audits.ts';

export interface AuditExportRequest {
  /** Names; undefined: all that the config or the branch knows. */
  readonly orgs?: readonly string[];
  /** Epoch ms; the first instant that counts, and the first that does not. */
  readonly fromAt: number;
  readonly untilAt: number;
}

/** Records of one org, without a gap: those of the time, and those that stand between them in the chain. */
export interface ExportedAudit {
  readonly org: OrgName;
  readonly records: readonly AuditRecord[];
  /** What a commit of the status branch says of one of them, the last that it says something of. */
  readonly anchor?: AuditAnchor;
  /** Of the org's whole chain, as `audit verify` finds it. */
  readonly isWhole: boolean;
  readonly faults: number;
}

export interface AuditAnchor {
  readonly revision: Revision;
  /** The trailer of that commit, whose last word is the hash of record `seq`. */
  readonly trailer: string;
  readonly seq: number;
}

export interface AuditExport {
  readonly branch: string;
  readonly revision: Revision | null;
  readonly orgs: readonly ExportedAudit[];
}

/**
 * The audit records of a time, as the status branch has them, with what an auditor needs to check that none was
 * changed, taken out or put in.
 *
 * @throws git.*; deadline.command; cli.usage for an org that neither the config nor the branch has
 */
export async function exportAudit(
  app: App,
  { orgs: asked, fromAt, untilAt }: AuditExportRequest,
  signal: AbortSignal,
): Promise<AuditExport> {
  return app.inTime(signal, async (alive) => {
    const tip = await app.statusTip(alive);
    const verified = await verifyTip(app, tip, asked);
    const heads = await readHeads(tip);
    const orgs: ExportedAudit[] = [];
    for (const { org, isWhole, faults } of verified) {
      const { records } = readAuditFiles(org, await tip.readAll(`audit/${org}`));
      const chosen = chosenOf(records, fromAt, untilAt);
      const anchor = anchorOf(org, chosen, heads.get(org) ?? []);
      orgs.push({
        org,
        records: chosen,
        ...(anchor && { anchor }),
        isWhole,
        faults: faults.length,
      });
    }
    return { branch: app.config.status.branch, revision: tip.revision ?? null, orgs };
  });
}

/** From the first to the last of the time: a clock that was set back leaves no gap in the chain. */
function chosenOf(
  records: readonly AuditRecord[],
  fromAt: number,
  untilAt: number,
): readonly AuditRecord[] {
  const isOfTime = ({ timestamp }: AuditRecord): boolean => {
    const at = Date.parse(timestamp);
    return at >= fromAt && at < untilAt;
  };
  const first = records.findIndex(isOfTime);
  return first < 0 ? [] : records.slice(first, records.findLastIndex(isOfTime) + 1);
}

function anchorOf(
  org: OrgName,
  records: readonly AuditRecord[],
  heads: NonNullable<ReturnType<Awaited<ReturnType<typeof readHeads>>['get']>>,
): AuditAnchor | undefined {
  const hashes = new Map(records.map(({ seq, hash }) => [seq, hash]));
  const known = heads.filter(({ seq }) => hashes.has(seq)).toSorted((a, b) => b.seq - a.seq)[0];
  if (!known) return undefined;
  const { revision, firstSeq, seq, hash } = known;
  const trailer = `${AUDIT_HEAD_TRAILER}: ${org} ${String(firstSeq)}-${String(seq)} ${hash}`;
  return { revision, trailer, seq };
}
