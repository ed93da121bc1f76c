import { randomUUID } from 'node:crypto';
import { asFlowkeeperError, FlowkeeperError } from '../../domain/errors.ts';
import type { OrgName } from '../../domain/flow.ts';
import type { Clock } from '../../ports/clock.ts';
import type { HeldLease, Lease } from '../../ports/lease.ts';
import type { Log } from '../../ports/log.ts';
import { asPromise } from './as-promise.ts';
import { checkFence } from './fence.ts';
import { readProcessTable } from './process-table.ts';
import type { ProcessIdentity, ProcessTable } from './process-table.ts';
import type { SqliteStateStore } from './sqlite-state-store.ts';
import type { Connection } from './state-database.ts';

export interface SqliteLeaseOptions {
  readonly store: Pick<SqliteStateStore, 'database'>;
  readonly clock: Clock;
  readonly log: Log;
  /** A holder that was not heard of for so long has lost its lease; it is heard of three times in that time. */
  readonly ttlMs?: number;
  readonly processes?: ProcessTable;
}

const DEFAULT_TTL_MS = 30_000;

interface LeaseRow {
  readonly fencing_token: number;
  readonly holder_id: string | null;
  readonly host: string;
  readonly machine: string;
  readonly pid: number;
  readonly process_started: string;
  readonly acquired_at: number;
  readonly renewed_at: number;
  readonly ttl_ms: number;
}

/** What one held lease needs to keep itself. */
interface Holding {
  readonly durable: Connection;
  readonly clock: Clock;
  readonly log: Log;
  readonly org: OrgName;
  readonly holderId: string;
  readonly ttlMs: number;
}

/**
 * Leases in the state file. A holder whose process is gone is replaced at once, one that cannot be seen from
 * here (another container) when its time has run out. While a lease is held its heartbeat keeps the process alive.
 */
export function openSqliteLease(options: SqliteLeaseOptions): Lease {
  const { store, clock, log, ttlMs = DEFAULT_TTL_MS } = options;
  const { durable } = store.database;
  const processes = options.processes ?? readProcessTable();
  return {
    acquire: (org, signal) =>
      asPromise(() => {
        signal.throwIfAborted();
        const holding: Holding = { durable, clock, log, org, holderId: randomUUID(), ttlMs };
        const claimed = durable.transaction(() => claim(holding, processes));
        if (claimed.replaced)
          log.warn('took over the lease of a holder that ended without releasing it', {
            org,
            holder: claimed.replaced,
          });
        return hold(holding, claimed.fencingToken);
      }),
  };
}

function claim(
  { durable, clock, org, holderId, ttlMs }: Holding,
  processes: ProcessTable,
): { readonly fencingToken: number; readonly replaced?: string } {
  const now = clock.now();
  const before = rowOf(durable, org);
  const holder = before && holderOf(before);
  if (before && holder !== undefined && isHeld(before, processes, now)) throw busy(org, holder);
  const fencingToken = (before?.fencing_token ?? 0) + 1;
  const { host, machine, pid, startedAt } = processes.self;
  durable.run(
    `insert or replace into leases (org, fencing_token, holder_id, host, machine, pid, process_started,
       acquired_at, renewed_at, ttl_ms)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[org, fencingToken, holderId, host, machine, pid, startedAt, now, now, ttlMs],
  );
  return { fencingToken, ...(holder !== undefined && { replaced: holder }) };
}

function isHeld(row: LeaseRow, processes: ProcessTable, now: number): boolean {
  // either way round: a clock that was set back must not make a lease last
  if (Math.abs(now - row.renewed_at) >= row.ttl_ms) return false;
  const holder: ProcessIdentity = {
    host: row.host,
    machine: row.machine,
    pid: row.pid,
    startedAt: row.process_started,
  };
  return !processes.isGone(holder);
}

function hold(holding: Holding, fencingToken: number): HeldLease {
  const released = new AbortController();
  const lost = new AbortController();
  void keepAlive(holding, released.signal).then((reason) => {
    if (reason) lost.abort(reason);
  });
  return {
    fencingToken,
    lost: lost.signal,
    confirm: () =>
      asPromise(() => {
        checkFence(holding.durable, holding.org, fencingToken);
      }),
    release: () =>
      asPromise(() => {
        if (released.signal.aborted) return;
        released.abort();
        giveBack(holding);
      }),
  };
}

/** Renews until released (undefined) or lost (why). Never rejects. */
async function keepAlive(
  holding: Holding,
  released: AbortSignal,
): Promise<FlowkeeperError | undefined> {
  const { clock, log, org, ttlMs } = holding;
  let renewedAtMs = clock.monotonicMs();
  for (;;) {
    try {
      await clock.sleep(ttlMs / 3, released);
    } catch {
      return undefined;
    }
    try {
      const other = renew(holding);
      if (other !== undefined) return busy(org, other);
      renewedAtMs = clock.monotonicMs();
    } catch (error) {
      const typed = asFlowkeeperError(error);
      log.warn('the lease could not be renewed', { org, code: typed.code, reason: typed.message });
      if (clock.monotonicMs() + ttlMs / 3 - renewedAtMs >= ttlMs) return typed;
    }
  }
}

/** Undefined: still ours; else who has it. */
function renew({ durable, clock, org, holderId }: Holding): string | undefined {
  const renewed = durable.run(
    'update leases set renewed_at = ? where org = ? and holder_id = ?',
    ...[clock.now(), org, holderId],
  );
  if (renewed > 0) return undefined;
  const row = rowOf(durable, org);
  return (row && holderOf(row)) ?? 'nobody (it was taken and released again)';
}

function giveBack({ durable, log, org, holderId }: Holding): void {
  try {
    durable.run(
      'update leases set holder_id = null where org = ? and holder_id = ?',
      ...[org, holderId],
    );
  } catch (error) {
    // the work is done, and the next one sees that this process is gone
    log.warn('the lease could not be released', { org, reason: asFlowkeeperError(error).message });
  }
}

function rowOf(durable: Connection, org: OrgName): LeaseRow | undefined {
  return durable.get('select * from leases where org = ?', org) as LeaseRow | undefined;
}

/** For people; undefined when it was released. */
function holderOf(row: LeaseRow): string | undefined {
  if (row.holder_id === null) return undefined;
  return `host ${row.host}, process ${String(row.pid)}, since ${new Date(row.acquired_at).toISOString()}`;
}

function busy(org: OrgName, holder: string): FlowkeeperError {
  return new FlowkeeperError('state.busy', `Another flowkeeper works on ${org}: ${holder}`, {
    org,
    holder,
  });
}
