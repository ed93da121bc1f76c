import { FlowkeeperError } from '../../domain/errors.ts';
import type { OrgName } from '../../domain/flow.ts';
import type { JsonObject } from '../../domain/json.ts';
import type {
  AttemptStart,
  FlowRecord,
  Journal,
  JournalEntry,
  UnfinishedAttempt,
} from '../../ports/state-store.ts';
import { asPromise } from './as-promise.ts';
import { addAudit } from './sqlite-audits.ts';
import { checkFence } from './fence.ts';
import type { Connection, StateDatabase } from './state-database.ts';
import { SQLITE_CONSTRAINT_UNIQUE, sqliteCodeOf } from './sqlite-errors.ts';
import { readOptional, readStored, textOrNull } from './stored-json.ts';

/** Ended attempts are kept for a look back: this many, and not longer than this. */
const KEPT_ATTEMPTS = 10_000;
const KEPT_MS = 30 * 86_400_000;
/** Pruning is done at every so many ends, and takes at most twice as many. */
const PRUNE_EVERY = 100;

/** Writes the record of a flow inside the open transaction; what it returns is called once that stands. */
export type SaveInside = (org: OrgName, record: FlowRecord) => () => void;

/** The write-ahead log in the state file. */
export function makeSqliteJournal(database: StateDatabase, save: SaveInside): Journal {
  const { durable, file } = database;
  let ends = 0;
  return {
    open: (start, fencingToken) =>
      asPromise(() => {
        durable.transaction(() => {
          checkFence(durable, start.org, fencingToken);
          openAttempt(durable, start);
        });
      }),
    append: (attemptId, entry, fencingToken) =>
      asPromise(() => {
        durable.transaction(() => {
          checkFence(durable, orgOf(durable, attemptId), fencingToken);
          append(durable, attemptId, entry);
        });
      }),
    close: (attemptId, entry, { record, audit }, fencingToken) =>
      asPromise(() => {
        const committed = durable.transaction(() => {
          checkFence(durable, orgOf(durable, attemptId), fencingToken);
          append(durable, attemptId, entry);
          const org = endAttempt(durable, attemptId, entry.at);
          if (audit) addAudit(durable, org, audit);
          if (++ends % PRUNE_EVERY === 0) prune(durable, entry.at);
          return record && save(org, record);
        });
        committed?.();
      }),
    unfinished: (org) => asPromise(() => durable.reading(() => unfinished(durable, file, org))),
  };
}

function orgOf(durable: Connection, attemptId: string): OrgName | undefined {
  const row = durable.get('select org from attempts where attempt_id = ?', attemptId);
  return row && String(row['org']);
}

function openAttempt(durable: Connection, start: AttemptStart): void {
  const { attemptId, org, flowId, runId, startedAt, data } = start;
  try {
    durable.run(
      `insert into attempts (attempt_id, org, flow_id, run_id, started_at, data) values (?, ?, ?, ?, ?, ?)`,
      ...[attemptId, org, flowId, runId, startedAt, JSON.stringify(data)],
    );
  } catch (error) {
    if (!(error instanceof FlowkeeperError)) throw error;
    if (sqliteCodeOf(error.cause) !== SQLITE_CONSTRAINT_UNIQUE) throw error;
    throw explainCollision(durable, start) ?? error;
  }
}

function explainCollision(durable: Connection, start: AttemptStart): FlowkeeperError | undefined {
  const { attemptId, org, flowId } = start;
  const inTheWay = durable.get(
    'select attempt_id from attempts where org = ? and flow_id = ? and ended_at is null',
    ...[org, flowId],
  );
  if (!inTheWay) return attemptClosed(attemptId);
  const openAttemptId = String(inTheWay['attempt_id']);
  return new FlowkeeperError(
    'state.attempt-open',
    `${openAttemptId} on flow ${flowId} of ${org} has no end yet, so no other may begin`,
    { org, flowId, openAttemptId },
  );
}

function attemptClosed(attemptId: string): FlowkeeperError {
  return new FlowkeeperError(
    'state.attempt-closed',
    `The attempt ${attemptId} is not open: it was ended before, or never begun`,
    { attemptId },
  );
}

function append(durable: Connection, attemptId: string, entry: JournalEntry): void {
  const added = durable.run(
    `insert into journal_entries (attempt_seq, entry_no, from_step, event, to_step, at, data)
     select seq,
       (select coalesce(max(entry_no), 0) + 1 from journal_entries where attempt_seq = attempts.seq),
       ?, ?, ?, ?, ?
     from attempts where attempt_id = ? and ended_at is null`,
    ...[entry.from, entry.event, entry.to, entry.at, textOrNull(entry.data), attemptId],
  );
  if (added === 0) throw attemptClosed(attemptId);
}

function endAttempt(durable: Connection, attemptId: string, at: number): OrgName {
  const row = durable.get(
    'update attempts set ended_at = ? where attempt_id = ? returning org',
    ...[at, attemptId],
  );
  return String(row?.['org']);
}

function prune(durable: Connection, now: number): void {
  const limit = 2 * PRUNE_EVERY;
  durable.run(
    `delete from attempts where seq in (
       select seq from attempts where ended_at is not null
         and (ended_at < ? or seq <= (select max(seq) from attempts) - ?)
       order by seq limit ?)`,
    ...[now - KEPT_MS, KEPT_ATTEMPTS, limit],
  );
  durable.run(
    `delete from audits where seq in (
       select seq from audits where published = 1 and seq <= (select max(seq) from audits) - ?
       order by seq limit ?)`,
    ...[KEPT_ATTEMPTS, limit],
  );
}

interface AttemptRow {
  readonly seq: number;
  readonly attempt_id: string;
  readonly flow_id: string;
  readonly run_id: string;
  readonly started_at: number;
  readonly data: string;
}

interface EntryRow {
  readonly from_step: string;
  readonly event: string;
  readonly to_step: string;
  readonly at: number;
  readonly data: string | null;
}

function unfinished(durable: Connection, file: string, org: OrgName): UnfinishedAttempt[] {
  const rows = durable.all(
    'select * from attempts where org = ? and ended_at is null order by seq',
    org,
  ) as unknown as AttemptRow[];
  return rows.map((row) => {
    const entries = entriesOf(durable, file, row.seq);
    const started = readStored(row.data, file) as JsonObject;
    return {
      attemptId: row.attempt_id,
      org,
      flowId: row.flow_id,
      runId: row.run_id,
      startedAt: row.started_at,
      data: entries.reduce((data, entry) => ({ ...data, ...entry.data }), started),
      entries,
    };
  });
}

function entriesOf(durable: Connection, file: string, attemptSeq: number): JournalEntry[] {
  const rows = durable.all(
    'select * from journal_entries where attempt_seq = ? order by entry_no',
    attemptSeq,
  ) as unknown as EntryRow[];
  return rows.map((row) => {
    const data = readOptional(row.data, file) as JsonObject | undefined;
    return {
      from: row.from_step,
      event: row.event,
      to: row.to_step,
      at: row.at,
      ...(data && { data }),
    };
  });
}
