import type { Clock } from '../../ports/clock.ts';
import type { ParseCache } from '../../ports/state-store.ts';
import { asPromise } from './as-promise.ts';
import type { Connection, StateDatabase } from './state-database.ts';

export interface ParseCacheBounds {
  readonly maxEntries: number;
  /** Of the texts together, in UTF-16 units. */
  readonly maxSize: number;
}

const BOUNDS: ParseCacheBounds = { maxEntries: 200_000, maxSize: 512 * 1024 * 1024 };
/** The bounds are looked at after so many new entries, or so much new text. */
const CHECK_AFTER_ENTRIES = 1_000;
const CHECK_AFTER_SIZE = 16 * 1024 * 1024;
const DAY_MS = 86_400_000;

/** Texts by key. Commits are relaxed: what is lost when the machine goes down is parsed again. */
export function makeSqliteParseCache(
  { relaxed }: StateDatabase,
  clock: Pick<Clock, 'now'>,
  bounds: ParseCacheBounds = BOUNDS,
): ParseCache {
  let newEntries = 0;
  let newSize = 0;
  const today = (): number => Math.floor(clock.now() / DAY_MS);
  return {
    get: (keys) => asPromise(() => getAll(relaxed, keys, today())),
    put: (entries) =>
      asPromise(() => {
        if (entries.size === 0) return;
        relaxed.transaction(() => {
          newSize += putAll(relaxed, entries, today());
          newEntries += entries.size;
          if (
            newEntries < Math.min(CHECK_AFTER_ENTRIES, bounds.maxEntries) &&
            newSize < CHECK_AFTER_SIZE
          )
            return;
          newEntries = 0;
          newSize = 0;
          prune(relaxed, bounds);
        });
      }),
  };
}

/** The day of the last use is enough to tell what is no longer used, and costs one write a day. */
function getAll(
  relaxed: Connection,
  keys: readonly string[],
  today: number,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const wanted = JSON.stringify(keys);
  let stale = false;
  const rows = relaxed.all(
    'select key, value, used_on from parse_cache where key in (select value from json_each(?))',
    wanted,
  ) as unknown as { readonly key: string; readonly value: string; readonly used_on: number }[];
  for (const { key, value, used_on } of rows) {
    found.set(key, value);
    stale ||= used_on !== today;
  }
  if (stale)
    relaxed.run(
      'update parse_cache set used_on = ?1 where used_on <> ?1 and key in (select value from json_each(?2))',
      ...[today, wanted],
    );
  return found;
}

/** The size of what was put. */
function putAll(relaxed: Connection, entries: ReadonlyMap<string, string>, today: number): number {
  let size = 0;
  for (const [key, value] of entries) {
    size += value.length;
    relaxed.run(
      `insert into parse_cache (key, value, size, used_on) values (?, ?, ?, ?)
       on conflict do update set value = excluded.value, size = excluded.size, used_on = excluded.used_on`,
      ...[key, value, value.length, today],
    );
  }
  return size;
}

/** Down to nine tenths of the bounds, the longest unused first, so that this is seldom done. */
function prune(relaxed: Connection, { maxEntries, maxSize }: ParseCacheBounds): void {
  const total = relaxed.get('select count(*) as entries, sum(size) as size from parse_cache');
  if (Number(total?.['entries']) <= maxEntries && Number(total?.['size']) <= maxSize) return;
  relaxed.run(
    `delete from parse_cache where rowid in (
       select rowid from (
         select rowid, row_number() over newest as place, sum(size) over newest as size_so_far
         from parse_cache window newest as (order by used_on desc, rowid desc))
       where place > ? or size_so_far > ?)`,
    ...[Math.floor(maxEntries * 0.9), Math.floor(maxSize * 0.9)],
  );
}
