import type { FlowId, OrgName } from '../../domain/flow.ts';
import type { FlowState } from '../../domain/flow-status.ts';
import type { FlowIndexEntry } from '../../ports/state-store.ts';
import type { Connection } from './state-database.ts';

/** What one transaction did to an org's flows; null: the flow is gone. */
export type IndexChanges = ReadonlyMap<FlowId, FlowIndexEntry | null>;

interface CachedIndex {
  readonly generation: number;
  readonly entries: Map<FlowId, FlowIndexEntry>;
  /** Somebody outside holds `entries`: it must not change under them. */
  handedOut: boolean;
}

/**
 * The index of each org in memory. A counter per org in the file, moved by every write of any
 * process, tells whether the copy is still true; writes of our own are followed without reading.
 */
export interface FlowIndexCache {
  read(org: OrgName): ReadonlyMap<FlowId, FlowIndexEntry>;
  /** To be called once the transaction that moved the counter to `generation` stands. */
  follow(org: OrgName, generation: number, changes: IndexChanges): void;
}

export function makeFlowIndexCache(connection: Connection): FlowIndexCache {
  const cached = new Map<OrgName, CachedIndex>();
  return {
    read: (org) => {
      const known = cached.get(org);
      if (known?.generation !== generationOf(connection, org))
        cached.set(org, load(connection, org));
      const index = cached.get(org) ?? load(connection, org);
      index.handedOut = true;
      return index.entries;
    },
    follow: (org, generation, changes) => {
      const known = cached.get(org);
      if (!known) return;
      if (known.generation !== generation - 1) cached.delete(org);
      else cached.set(org, { generation, entries: applied(known, changes), handedOut: false });
    },
  };
}

/** Moves the org's counter inside the open transaction, and says where to. */
export function nextGeneration(connection: Connection, org: OrgName): number {
  const row = connection.get(
    `insert into orgs (org, generation) values (?, 1)
     on conflict do update set generation = generation + 1 returning generation`,
    org,
  );
  return Number(row?.['generation']);
}

function generationOf(connection: Connection, org: OrgName): number {
  return Number(
    connection.get('select generation from orgs where org = ?', org)?.['generation'] ?? 0,
  );
}

function applied(known: CachedIndex, changes: IndexChanges): Map<FlowId, FlowIndexEntry> {
  const entries = known.handedOut ? new Map(known.entries) : known.entries;
  for (const [flowId, entry] of changes) {
    if (entry === null) entries.delete(flowId);
    else entries.set(flowId, entry);
  }
  return entries;
}

interface IndexRow {
  readonly flow_id: string;
  readonly state: FlowState;
  readonly file: string;
  readonly desired_hash: string | null;
  readonly applied_hash: string | null;
  readonly live_version: number | null;
  readonly has_conditions: number;
}

function load(connection: Connection, org: OrgName): CachedIndex {
  return connection.reading(() => {
    const generation = generationOf(connection, org);
    const rows = connection.all(
      `select flow_id, state, file, desired_hash, applied_hash, live_version, has_conditions
       from flows where org = ?`,
      org,
    ) as unknown as IndexRow[];
    const entries = new Map(rows.map((row) => [row.flow_id, entryOf(row)]));
    return { generation, entries, handedOut: false };
  });
}

function entryOf(row: IndexRow): FlowIndexEntry {
  return {
    state: row.state,
    file: row.file,
    ...(row.desired_hash !== null && { desiredHash: row.desired_hash }),
    ...(row.applied_hash !== null && { appliedHash: row.applied_hash }),
    ...(row.live_version !== null && { liveVersion: row.live_version }),
    hasConditions: row.has_conditions !== 0,
  };
}
