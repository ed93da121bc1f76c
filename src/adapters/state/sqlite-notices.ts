import type { JsonObject } from '../../domain/json.ts';
import type { ClaimedNotice, NoticeCounts, NoticeStore } from '../../ports/notice-store.ts';
import { asPromise } from './as-promise.ts';
import type { SqliteStateStore } from './sqlite-state-store.ts';
import { makeSqliteNews } from './sqlite-news.ts';
import type { NewsPart } from './sqlite-news.ts';
import type { Connection } from './state-database.ts';
import { readStored } from './stored-json.ts';

/** Dead notices kept of each destination. */
const KEPT_DEAD = 100;

/** Those that no other of the same org must go before: the oldest of each. */
const HEADS = `select min(seq) from notices where destination = ?1 and dead_at is null group by org`;

type Delivery = Omit<NoticeStore, keyof NewsPart>;

/** Notifications in the state file. */
export function openSqliteNotices(store: Pick<SqliteStateStore, 'database'>): NoticeStore {
  const { durable, file } = store.database;
  return { ...makeSqliteNews(store.database), ...makeDelivery(durable, file) };
}

function makeDelivery(durable: Connection, file: string): Delivery {
  return {
    claim: (destination, limits) => asPromise(() => claim(durable, file, destination, limits)),
    nextDueAt: (destination) =>
      asPromise(() => {
        const row = durable.get(
          `select min(max(due_at, claimed_until)) as at from notices where seq in (${HEADS})`,
          destination,
        );
        return typeof row?.['at'] === 'number' ? row['at'] : undefined;
      }),
    delivered: (noticeId) =>
      asPromise(() => {
        durable.run('delete from notices where notice_id = ?', noticeId);
      }),
    postponed: (noticeId, { dueAt, trouble }) =>
      asPromise(() => {
        durable.run(
          `update notices set attempts = attempts + 1, due_at = ?, claimed_until = 0, trouble = ?
           where notice_id = ?`,
          ...[dueAt, trouble, noticeId],
        );
      }),
    gaveUp: (noticeId, { at, trouble }) =>
      asPromise(() => {
        durable.transaction(() => {
          bury(durable, noticeId, at, trouble);
        });
      }),
    abandon: (destination, end) => asPromise(() => abandon(durable, destination, end)),
    revive: (destination, now) =>
      asPromise(() =>
        durable.run(
          `update notices set dead_at = null, attempts = 0, due_at = ?, created_at = ?
           where destination = ? and dead_at is not null`,
          ...[now, now, destination],
        ),
      ),
    counts: () => asPromise(() => countsOf(durable)),
  };
}

interface NoticeRow {
  readonly notice_id: string;
  readonly destination: string;
  readonly org: string;
  readonly body: string;
  readonly created_at: number;
  readonly attempts: number;
}

function claim(
  durable: Connection,
  file: string,
  destination: string,
  { now, claimMs, count }: Parameters<NoticeStore['claim']>[1],
): ClaimedNotice[] {
  const rows = durable.all(
    `update notices set claimed_until = ?3 where seq in (
       select seq from notices where seq in (${HEADS}) and due_at <= ?2 and claimed_until <= ?2
       order by seq limit ?4)
     returning notice_id, destination, org, body, created_at, attempts`,
    ...[destination, now, now + claimMs, count],
  ) as unknown as NoticeRow[];
  return rows.map((row) => ({
    noticeId: row.notice_id,
    destination: row.destination,
    org: row.org,
    body: readStored(row.body, file) as JsonObject,
    createdAt: row.created_at,
    attempts: row.attempts,
  }));
}

function countsOf(durable: Connection): NoticeCounts[] {
  const rows = durable.all(
    // with max(), SQLite takes the other columns from the row that has it
    `select destination, trouble, max(seq * (trouble is not null)),
       sum(dead_at is null) as waiting, sum(dead_at is not null) as dead
     from notices group by destination order by destination`,
  );
  return rows.map(({ destination, waiting, dead, trouble }) => ({
    destination: String(destination),
    waiting: Number(waiting),
    dead: Number(dead),
    ...(typeof trouble === 'string' && { trouble }),
  }));
}

function bury(durable: Connection, noticeId: string, at: number, trouble: string): void {
  const row = durable.get(
    `update notices set dead_at = ?, claimed_until = 0, trouble = ? where notice_id = ?
     returning destination`,
    ...[at, trouble, noticeId],
  );
  if (row) pruneDead(durable, String(row['destination']));
}

function abandon(
  durable: Connection,
  destination: string,
  { at, trouble }: Parameters<NoticeStore['abandon']>[1],
): number {
  return durable.transaction(() => {
    const count = durable.run(
      `update notices set dead_at = ?, claimed_until = 0, trouble = ?
       where destination = ? and dead_at is null`,
      ...[at, trouble, destination],
    );
    pruneDead(durable, destination);
    return count;
  });
}

function pruneDead(durable: Connection, destination: string): void {
  durable.run(
    `delete from notices where destination = ?1 and dead_at is not null and seq not in (
       select seq from notices where destination = ?1 and dead_at is not null
       order by seq desc limit ?2)`,
    ...[destination, KEPT_DEAD],
  );
}
