import type { OrgName } from '../../domain/flow.ts';
import type { NewTrigger, RunEntry, Trigger, TriggerReason } from '../../domain/trigger.ts';
import type { TriggerLog } from '../../ports/trigger-log.ts';
import { asPromise } from './as-promise.ts';
import type { SqliteStateStore } from './sqlite-state-store.ts';
import type { Connection } from './state-database.ts';
import { readStored } from './stored-json.ts';

/** Runs kept of each org: those that found or did something, and those that did not. */
const KEPT_RUNS = 500;
const KEPT_CALM_RUNS = 100;
/** Triggers kept of each org, once they are answered. */
const KEPT_TRIGGERS = 200;

interface TriggerRow {
  readonly number: number;
  readonly org: string;
  readonly reason: string;
  readonly at: number;
  readonly by_whom: string | null;
}

/** Triggers and runs in the state file. */
export function openSqliteTriggerLog(store: Pick<SqliteStateStore, 'database'>): TriggerLog {
  const { durable, file } = store.database;
  return {
    accept: (triggers) =>
      asPromise(() =>
        durable.transaction(() => triggers.map((trigger) => insert(durable, trigger))),
      ),
    latest: () =>
      asPromise(() => {
        const rows = durable.all('select org, max(number) as number from triggers group by org');
        return new Map(rows.map((row) => [String(row['org']), Number(row['number'])]));
      }),
    pending: (org) =>
      asPromise(() => {
        const rows = durable.all(
          'select * from triggers where org = ? and answered_by is null order by number',
          org,
        );
        return rows.map((row) => triggerOf(row as unknown as TriggerRow));
      }),
    runEnded: (run, answers) =>
      asPromise(() => {
        durable.transaction(() => {
          remember(durable, run);
          if (answers !== undefined) answer(durable, run, answers);
        });
      }),
    runs: (org, limit) =>
      asPromise(() => {
        const rows = durable.all(
          'select entry from runs where org = ? order by seq desc limit ?',
          ...[org, limit],
        );
        return rows.map((row) => readStored(row['entry'], file) as RunEntry);
      }),
  };
}

function insert(durable: Connection, { org, reason, at, by = null }: AsRow<NewTrigger>): number {
  const row = durable.get(
    'insert into triggers (org, reason, at, by_whom) values (?, ?, ?, ?) returning number',
    ...[org, reason, at, by],
  );
  return Number(row?.['number']);
}

/** With null for what is missing, as SQLite has it. */
type AsRow<T extends { readonly by?: string }> = Omit<T, 'by'> & { readonly by?: string | null };

function triggerOf({ number, org, reason, at, by_whom }: TriggerRow): Trigger {
  return {
    number,
    org,
    reason: reason as TriggerReason,
    at,
    ...(by_whom !== null && { by: by_whom }),
  };
}

function remember(durable: Connection, run: RunEntry): void {
  const { org, runId } = run;
  const isCalm = run.exitCode === 0 && Object.keys(run.outcomes).length === 0 ? 1 : 0;
  durable.run(
    'insert or replace into runs (org, run_id, is_calm, entry) values (?, ?, ?, ?)',
    ...[org, runId, isCalm, JSON.stringify(run)],
  );
  prune(durable, org, isCalm);
}

function prune(durable: Connection, org: OrgName, isCalm: 0 | 1): void {
  const oldest = durable.get(
    'select seq from runs where org = ? and is_calm = ? order by seq desc limit 1 offset ?',
    ...[org, isCalm, isCalm === 1 ? KEPT_CALM_RUNS : KEPT_RUNS],
  );
  if (!oldest) return;
  durable.run(
    'delete from runs where org = ? and is_calm = ? and seq <= ?',
    ...[org, isCalm, Number(oldest['seq'])],
  );
}

function answer(durable: Connection, { org, runId }: RunEntry, answers: number): void {
  durable.run(
    'update triggers set answered_by = ? where org = ? and number <= ? and answered_by is null',
    ...[runId, org, answers],
  );
  const oldest = durable.get(
    `select number from triggers where org = ? and answered_by is not null
     order by number desc limit 1 offset ?`,
    ...[org, KEPT_TRIGGERS],
  );
  if (!oldest) return;
  durable.run(
    'delete from triggers where org = ? and number <= ? and answered_by is not null',
    ...[org, Number(oldest['number'])],
  );
}
