import { AUDIT_HEAD_TRAILER, parseAuditHead } from '../domain/audit.ts';
import { verifyAudit } from '../domain/verify-audit.ts';
import type { AuditVerification, PublishedHead } from '../domain/verify-audit.ts';
import type { BranchTip } from '../ports/status-branch.ts';
import type { App } from './create-app.ts';

/** Defined by schemas/audit-verification.schema.json. */
export interface AuditVerificationDocument {
  readonly apiVersion: 'flowkeeper/v1';
  readonly kind: 'AuditVerification';
  readonly branch: string;
  readonly revision: string | null;
  readonly isWhole: boolean;
  readonly orgs: readonly AuditVerification[];
}

/**
 * Checks the chains of audit records on the status branch as the remote has it now; those of orgs that are no longer
 * in the config too, unless some are asked for.
 *
 * @throws git.*; deadline.command; cli.usage for an org that neither the config nor the branch has
 */
export async function verifyAudits(
  app: App,
  asked: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<AuditVerificationDocument> {
  return app.inTime(signal, (alive) => verify(app, asked, alive));
}

async function verify(
  app: App,
  asked: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<AuditVerificationDocument> {
  const tip = await app.statusTip(signal);
  const orgs = await verifyTip(app, tip, asked);
  return {
    apiVersion: 'flowkeeper/v1',
    kind: 'AuditVerification',
    branch: app.config.status.branch,
    revision: tip.revision ?? null,
    isWhole: orgs.every(({ isWhole }) => isWhole),
    orgs,
  };
}

/** Every chain of one tip, or those that are asked for; by the name of the org. @throws as `verifyAudits` */
export async function verifyTip(
  app: Pick<App, 'orgNames'>,
  tip: BranchTip,
  asked: readonly string[] | undefined,
): Promise<readonly AuditVerification[]> {
  const heads = await readHeads(tip);
  const found = [...(await orgsWithFiles(tip)), ...heads.keys()];
  const named = app.orgNames(asked?.filter((org) => !found.includes(org)));
  const names = asked ? asked : [...named, ...found];
  const orgs: AuditVerification[] = [];
  for (const org of [...new Set(names)].toSorted()) {
    const files = await tip.readAll(`audit/${org}`);
    orgs.push(verifyAudit({ org, files, heads: heads.get(org) ?? [] }));
  }
  return orgs;
}

async function orgsWithFiles(tip: BranchTip): Promise<readonly string[]> {
  const paths = await tip.list('audit');
  return paths.flatMap((path) => {
    const [, org = '', file] = path.split('/');
    return file === undefined ? [] : [org];
  });
}

/** What the commits of the branch say of where the chains ended, by org. */
export async function readHeads(
  tip: BranchTip,
): Promise<ReadonlyMap<string, readonly PublishedHead[]>> {
  const heads = new Map<string, PublishedHead[]>();
  for (const { revision, value } of await tip.trailers(AUDIT_HEAD_TRAILER)) {
    const head = parseAuditHead(value);
    if (!head) continue;
    const { org, ...published } = head;
    const known = heads.get(org) ?? [];
    known.push({ revision, ...published });
    heads.set(org, known);
  }
  return heads;
}
