import type { AuditDraft } from '../../domain/audit.ts';
import type { OrgName } from '../../domain/flow.ts';
import type { FlowStatus } from '../../domain/flow-status.ts';
import type { OrgStatus } from '../../domain/org-status.ts';
import type { Outbox, PendingRecords } from '../../ports/state-store.ts';
import { asPromise } from './as-promise.ts';
import { markSnapshotPublished, unpublishedSnapshots } from './sqlite-snapshots.ts';
import type { Connection, StateDatabase } from './state-database.ts';
import { statusHashOf } from './status-hash.ts';
import { readOptional, readStored } from './stored-json.ts';

export function makeSqliteOutbox(database: StateDatabase): Outbox {
  const { durable } = database;
  return {
    pending: (org) => asPromise(() => durable.reading(() => pendingOf(database, org))),
    begin: (org) =>
      asPromise(() =>
        durable.transaction(() => {
          const pending = pendingOf(database, org);
          forgetPublished(durable, org);
          return pending;
        }),
      ),
    markPublished: (pending) =>
      asPromise(() => {
        durable.transaction(() => {
          markPublished(durable, pending);
        });
      }),
  };
}

function pendingOf({ durable, file }: StateDatabase, org: OrgName): PendingRecords {
  // left alone, SQLite takes the primary key and looks at every flow of the org
  const statuses = durable.all(
    `select status from flow_bodies where org = ?1 and flow_id in (
       select flow_id from flows indexed by unpublished_flows
       where org = ?1 and published_hash is not status_hash)
     order by flow_id`,
    org,
  );
  const removed = durable.all(
    'select flow_id from removed_flows where org = ? order by flow_id',
    org,
  );
  const audits = durable.all(
    'select draft from audits where org = ? and published = 0 order by seq',
    org,
  );
  const orgRow = durable.get(
    'select status from orgs where org = ? and published_hash is not status_hash',
    org,
  );
  const orgStatus = readOptional(orgRow?.['status'] ?? null, file) as OrgStatus | undefined;
  return {
    org,
    statuses: statuses.map((row) => readStored(row['status'], file) as FlowStatus),
    removed: removed.map((row) => String(row['flow_id'])),
    audits: audits.map((row) => readStored(row['draft'], file) as AuditDraft),
    snapshots: unpublishedSnapshots(durable, file, org),
    ...(orgStatus && { orgStatus }),
  };
}

/** A push may land and its answer be lost: until it is known to have landed, the branch may have either. */
function forgetPublished(durable: Connection, org: OrgName): void {
  durable.run(
    `update flows indexed by unpublished_flows set published_hash = null
     where org = ? and published_hash is not status_hash and published_hash is not null`,
    org,
  );
  durable.run(
    `update orgs set published_hash = null
     where org = ? and published_hash is not status_hash and published_hash is not null`,
    org,
  );
}

/**
 * Notes what the status branch now has. A status that was saved meanwhile differs from that and stays
 * pending by itself.
 */
function markPublished(durable: Connection, pending: PendingRecords): void {
  const { org } = pending;
  for (const status of pending.statuses)
    durable.run(
      'update flows set published_hash = ? where org = ? and flow_id = ?',
      ...[statusHashOf(status), org, status.flowId],
    );
  for (const flowId of pending.removed)
    durable.run('delete from removed_flows where org = ? and flow_id = ?', org, flowId);
  for (const { attemptId } of pending.audits)
    durable.run('update audits set published = 1 where attempt_id = ?', attemptId);
  for (const snapshot of pending.snapshots) markSnapshotPublished(durable, snapshot);
  if (pending.orgStatus)
    durable.run(
      'update orgs set published_hash = ? where org = ?',
      ...[statusHashOf(pending.orgStatus), org],
    );
}
