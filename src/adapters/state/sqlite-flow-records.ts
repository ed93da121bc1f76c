import type { FlowId, OrgName } from '../../domain/flow.ts';
import type { FlowStatus } from '../../domain/flow-status.ts';
import type { OrgStatus } from '../../domain/org-status.ts';
import type {
  AppliedSettings,
  FlowIndexEntry,
  FlowRecord,
  FlowRecordStore,
} from '../../ports/state-store.ts';
import { asPromise } from './as-promise.ts';
import { checkFence } from './fence.ts';
import { addAudit } from './sqlite-audits.ts';
import { makeFlowIndexCache, nextGeneration } from './flow-index.ts';
import type { IndexChanges } from './flow-index.ts';
import { indexEntryOf } from './index-entry.ts';
import type { SaveInside } from './sqlite-journal.ts';
import type { Connection, StateDatabase } from './state-database.ts';
import { standingOf } from './standing.ts';
import { statusHashOf } from './status-hash.ts';
import { readOptional, readStored, textOrNull } from './stored-json.ts';

export interface SqliteFlowRecords {
  readonly store: FlowRecordStore;
  /** For `journal.close`. */
  readonly saveInside: SaveInside;
}

/** Records of flows and orgs in the state file; see `flow-index.ts` for the part that every run reads. */
export function makeSqliteFlowRecords(database: StateDatabase): SqliteFlowRecords {
  const { durable, file } = database;
  const cache = makeFlowIndexCache(durable);

  /** Inside a transaction; what it returns is called once that stands. */
  const change = (org: OrgName, body: () => IndexChanges): (() => void) => {
    const changes = body();
    const generation = nextGeneration(durable, org);
    return () => {
      cache.follow(org, generation, changes);
    };
  };
  const changeNow = (org: OrgName, body: () => IndexChanges): Promise<void> =>
    asPromise(() => {
      durable.transaction(() => change(org, body))();
    });

  const store: FlowRecordStore = {
    index: (org) => asPromise(() => cache.read(org)),
    load: (org, ids) => asPromise(() => loadRecords(database, org, ids)),
    save: async (org, records, events = [], token) => {
      if (records.length + events.length === 0) return;
      await changeNow(org, () => {
        checkFence(durable, org, token);
        for (const event of events) addAudit(durable, org, event);
        return saveRecords(durable, org, records);
      });
    },
    remove: async (org, ids, token) => {
      if (ids.length === 0) return;
      await changeNow(org, () => {
        checkFence(durable, org, token);
        return removeRecords(durable, org, ids);
      });
    },
    saveOrg: (status, token) =>
      asPromise(() => {
        durable.transaction(() => {
          checkFence(durable, status.org, token);
          saveOrg(durable, status);
        });
      }),
    loadOrg: (org) =>
      asPromise(() => {
        const row = durable.get('select status from orgs where org = ?', org);
        return readOptional(row?.['status'] ?? null, file) as OrgStatus | undefined;
      }),
  };
  return {
    store,
    saveInside: (org, record) => change(org, () => saveRecords(durable, org, [record])),
  };
}

function saveRecords(
  durable: Connection,
  org: OrgName,
  records: readonly FlowRecord[],
): Map<FlowId, FlowIndexEntry> {
  const changes = new Map<FlowId, FlowIndexEntry>();
  const someRemoved = durable.get('select 1 from removed_flows where org = ? limit 1', org);
  for (const record of records) {
    const entry = indexEntryOf(record);
    saveIndexed(durable, org, record, entry);
    saveBody(durable, org, record);
    if (someRemoved)
      durable.run('delete from removed_flows where org = ? and flow_id = ?', org, record.flowId);
    changes.set(record.flowId, entry);
  }
  return changes;
}

function saveIndexed(
  durable: Connection,
  org: OrgName,
  { flowId, status }: FlowRecord,
  entry: FlowIndexEntry,
): void {
  durable.run(
    `insert into flows (org, flow_id, state, file, desired_hash, applied_hash, live_version,
       has_conditions, status_hash, standing, desired_revision)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict do update set state = excluded.state, file = excluded.file,
       desired_hash = excluded.desired_hash, applied_hash = excluded.applied_hash,
       live_version = excluded.live_version, has_conditions = excluded.has_conditions,
       status_hash = excluded.status_hash, standing = excluded.standing,
       desired_revision = excluded.desired_revision`,
    ...[org, flowId, entry.state, entry.file],
    ...[entry.desiredHash ?? null, entry.appliedHash ?? null, entry.liveVersion ?? null],
    ...[entry.hasConditions ? 1 : 0, statusHashOf(status)],
    ...[standingOf(status), status.desiredRevision],
  );
}

function saveBody(durable: Connection, org: OrgName, record: FlowRecord): void {
  durable.run(
    `insert into flow_bodies (org, flow_id, status, applied, past_hashes, last_update_at, held_back,
       fight)
     values (?, ?, ?, ?, ?, ?, ?, ?)
     on conflict do update set status = excluded.status, applied = excluded.applied,
       past_hashes = excluded.past_hashes, last_update_at = excluded.last_update_at,
       held_back = excluded.held_back, fight = excluded.fight`,
    ...[org, record.flowId, JSON.stringify(record.status), textOrNull(record.applied)],
    ...[JSON.stringify(record.pastHashes), record.lastUpdateAt ?? null],
    ...[textOrNull(record.heldBack), textOrNull(record.fight)],
  );
}

function removeRecords(
  durable: Connection,
  org: OrgName,
  ids: readonly FlowId[],
): Map<FlowId, null> {
  for (const id of ids) {
    durable.run('delete from flows where org = ? and flow_id = ?', org, id);
    durable.run('delete from flow_bodies where org = ? and flow_id = ?', org, id);
    // also for a flow that was never marked published: the commit may have been made, and the mark lost
    durable.run('insert into removed_flows values (?, ?) on conflict do nothing', org, id);
  }
  return new Map(ids.map((id) => [id, null]));
}

function saveOrg(durable: Connection, status: OrgStatus): void {
  durable.run(
    `insert into orgs (org, status, status_hash) values (?, ?, ?)
     on conflict do update set status = excluded.status, status_hash = excluded.status_hash`,
    ...[status.org, JSON.stringify(status), statusHashOf(status)],
  );
}

interface BodyRow {
  readonly flow_id: string;
  readonly status: string;
  readonly applied: string | null;
  readonly past_hashes: string;
  readonly last_update_at: number | null;
  readonly held_back: string | null;
  readonly fight: string | null;
}

function loadRecords(
  { durable, file }: StateDatabase,
  org: OrgName,
  ids: readonly FlowId[],
): ReadonlyMap<FlowId, FlowRecord> {
  const rows = durable.all(
    `select * from flow_bodies where org = ? and flow_id in (select value from json_each(?))`,
    ...[org, JSON.stringify(ids)],
  ) as unknown as BodyRow[];
  return new Map(rows.map((row) => [row.flow_id, recordOf(row, file)]));
}

function recordOf(row: BodyRow, file: string): FlowRecord {
  const applied = readOptional(row.applied, file) as AppliedSettings | undefined;
  const heldBack = readOptional(row.held_back, file) as FlowRecord['heldBack'];
  const fight = readOptional(row.fight, file) as FlowRecord['fight'];
  return {
    flowId: row.flow_id,
    status: readStored(row.status, file) as FlowStatus,
    ...(applied && { applied }),
    pastHashes: readStored(row.past_hashes, file) as string[],
    ...(row.last_update_at !== null && { lastUpdateAt: row.last_update_at }),
    ...(heldBack && { heldBack }),
    ...(fight && { fight }),
  };
}
