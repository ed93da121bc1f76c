import type { NewNotice } from '../../ports/notice-store.ts';
import type { Connection } from './state-database.ts';

/** Inside a transaction. One that is there already is not added again. */
export function addNotice(durable: Connection, notice: NewNotice): void {
  const { noticeId, destination, org, body, createdAt } = notice;
  durable.run(
    `insert into notices (notice_id, destination, org, body, created_at, due_at)
     values (?, ?, ?, ?, ?, ?) on conflict do nothing`,
    ...[noticeId, destination, org, JSON.stringify(body), createdAt, createdAt],
  );
}
