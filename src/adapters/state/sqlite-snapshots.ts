import type { Settings } from '../../domain/flow.ts';
import type { Snapshot, SnapshotStore } from '../../ports/state-store.ts';
import { asPromise } from './as-promise.ts';
import type { Connection, StateDatabase } from './state-database.ts';
import { readStored } from './stored-json.ts';

/** Published snapshots kept at hand per flow; older ones are on the status branch. */
const KEPT_PER_FLOW = 20;

export function makeSqliteSnapshots(database: StateDatabase): SnapshotStore {
  const { durable, file } = database;
  return {
    put: (snapshot) =>
      asPromise(() => {
        putSnapshot(durable, snapshot);
      }),
    get: (org, flowId, version) =>
      asPromise(() => {
        const row = durable.get(
          'select * from snapshots where org = ? and flow_id = ? and version = ?',
          ...[org, flowId, version],
        );
        return row && snapshotOf(row as unknown as SnapshotRow, file);
      }),
  };
}

function putSnapshot(durable: Connection, snapshot: Snapshot): void {
  const { org, flowId, version, name, takenAt, runId, hash, settings } = snapshot;
  // replacing gives a new place in the order, and publishes again
  durable.run(
    `insert or replace into snapshots (org, flow_id, version, name, taken_at, run_id, hash, settings)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[org, flowId, version, name, takenAt, runId, hash, JSON.stringify(settings)],
  );
}

/** Those that the status branch does not have yet, in the order in which they were taken. */
export function unpublishedSnapshots(
  durable: Connection,
  file: string,
  org: string,
): readonly Snapshot[] {
  const rows = durable.all(
    'select * from snapshots where org = ? and published = 0 order by seq',
    org,
  ) as unknown as SnapshotRow[];
  return rows.map((row) => snapshotOf(row, file));
}

/** Marks exactly this snapshot; one that replaced it meanwhile stays unpublished. */
export function markSnapshotPublished(durable: Connection, snapshot: Snapshot): void {
  const { org, flowId, version, hash, takenAt } = snapshot;
  durable.run(
    `update snapshots set published = 1
     where org = ? and flow_id = ? and version = ? and hash = ? and taken_at = ?`,
    ...[org, flowId, version, hash, takenAt],
  );
  // by the order of taking: versions may start again when a flow is made anew
  durable.run(
    `delete from snapshots where org = ?1 and flow_id = ?2 and published = 1 and seq <= (
       select seq from snapshots where org = ?1 and flow_id = ?2 order by seq desc limit 1 offset ?3)`,
    ...[org, flowId, KEPT_PER_FLOW],
  );
}

interface SnapshotRow {
  readonly org: string;
  readonly flow_id: string;
  readonly version: number;
  readonly name: string;
  readonly taken_at: string;
  readonly run_id: string;
  readonly hash: string;
  readonly settings: string;
}

function snapshotOf(row: SnapshotRow, file: string): Snapshot {
  return {
    org: row.org,
    flowId: row.flow_id,
    name: row.name,
    version: row.version,
    takenAt: row.taken_at,
    runId: row.run_id,
    hash: row.hash,
    settings: readStored(row.settings, file) as Settings,
  };
}
