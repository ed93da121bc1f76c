import type { AuditDraft } from '../../domain/audit.ts';
import type { OrgName } from '../../domain/flow.ts';
import type { Connection } from './state-database.ts';

/** Inside the open transaction: the record waits for publication. One that is there already is not added again. */
export function addAudit(durable: Connection, org: OrgName, audit: AuditDraft): void {
  durable.run(
    'insert into audits (org, attempt_id, draft) values (?, ?, ?) on conflict do nothing',
    ...[org, audit.attemptId, JSON.stringify(audit)],
  );
}
