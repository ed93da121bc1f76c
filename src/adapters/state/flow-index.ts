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

type IndexRow = readonly [
  flowId: string,
  state: FlowState,
  file: string,
  desiredHash: string | null,
  appliedHash: string | null,
  liveVersion: number | null,
  hasConditions: number,
];

function load(connection: Connection, org: OrgName): CachedIndex {
  return connection.reading(() => {
    const generation = generationOf(connection, org);
    const rows = connection.tuples(
      `select flow_id, state, file, desired_hash, applied_hash, live_version, has_conditions
       from flows where org = ?`,
      org,
    ) as unknown as readonly IndexRow[];
    const entries = new Map<FlowId, FlowIndexEntry>();
    for (const row of rows) entries.set(row[0], entryOf(row));
    return { generation, entries, handedOut: false };
  });
}

/** Written out for speed: it is made for every flow at every start. */
function entryOf(row: IndexRow): FlowIndexEntry {
  const [, state, file, desiredHash, appliedHash, liveVersion, hasConditions] = row;
  const entry: { -readonly [K in keyof FlowIndexEntry]: FlowIndexEntry[K] } = {
    state,
    file,
    hasConditions: hasConditions !== 0,
  };
  if (desiredHash !== null) entry.desiredHash = desiredHash;
  if (appliedHash !== null) entry.appliedHash = appliedHash;
  if (liveVersion !== null) entry.liveVersion = liveVersion;
  return entry;
}
