import type { VerifiedHeads } from '../../ports/verified-heads.ts';
import { asPromise } from './as-promise.ts';
import type { SqliteStateStore } from './sqlite-state-store.ts';

/** The last verified head of one branch of one repository, in the state file. */
export function openSqliteVerifiedHeads(
  store: Pick<SqliteStateStore, 'database'>,
  watched: { readonly repository: string; readonly branch: string },
): VerifiedHeads {
  const { durable } = store.database;
  const name = `verified ${JSON.stringify([watched.repository, watched.branch])}`;
  return {
    last: () =>
      asPromise(() => {
        const row = durable.get('select value from meta where name = ?', name);
        return row === undefined ? undefined : String(row['value']);
      }),
    save: (revision) =>
      asPromise(() => {
        durable.run(
          'insert into meta values (?, ?) on conflict do update set value = excluded.value',
          ...[name, revision],
        );
      }),
  };
}
