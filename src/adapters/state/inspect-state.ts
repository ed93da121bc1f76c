import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { isError } from '../../domain/errors.ts';
import type { FlowkeeperError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import { corrupt } from './sqlite-errors.ts';
import { openStoreInFile } from './sqlite-state-store.ts';
import type { SqliteStateStore } from './sqlite-state-store.ts';

/** What a state file holds that stands nowhere else; undefined: it cannot be read any more. */
export interface OnlyHere {
  /** Audit records that were not pushed. */
  readonly audits: number | undefined;
  readonly snapshots: number | undefined;
  /** Attempts without an end. */
  readonly attempts: number | undefined;
}

/** `missing` and `empty` hold nothing that was known; `damaged` cannot be used. */
export type StateFinding =
  | { readonly kind: 'missing' | 'empty' | 'whole' }
  | { readonly kind: 'damaged'; readonly error: FlowkeeperError; readonly onlyHere: OnlyHere };

/** Looks at a state file and at everything in it. @throws state.newer, state.unwritable */
export async function inspectState(file: string, clock: Pick<Clock, 'now'>): Promise<StateFinding> {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return { kind: 'missing' };
  let store: SqliteStateStore | undefined;
  try {
    store = openStoreInFile(file, clock);
    return { kind: await readAll(store, file) };
  } catch (error) {
    if (!isError(error, 'state.corrupt')) throw error;
    return { kind: 'damaged', error, onlyHere: countOnlyHere(file) };
  } finally {
    await store?.close();
  }
}

/** @throws state.corrupt */
async function readAll(store: SqliteStateStore, file: string): Promise<'empty' | 'whole'> {
  const { durable } = store.database;
  const verdict = durable.get('pragma integrity_check(1)')?.['integrity_check'];
  if (verdict !== 'ok') throw corrupt(file, `its integrity check says: ${String(verdict)}`);
  const orgs = durable
    .all('select org from flows union select org from attempts union select org from audits')
    .map((row) => String(row['org']));
  for (const org of orgs) {
    await store.flows.load(org, [...(await store.flows.index(org)).keys()]);
    await store.journal.unfinished(org);
    await store.outbox.pending(org);
  }
  return orgs.length === 0 ? 'empty' : 'whole';
}

function countOnlyHere(file: string): OnlyHere {
  return {
    audits: countOf(file, 'audits where published = 0'),
    snapshots: countOf(file, 'snapshots where published = 0'),
    attempts: countOf(file, 'attempts where ended_at is null'),
  };
}

/** Each with a connection of its own: what fails on one page may work on another. */
function countOf(file: string, rows: string): number | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true });
    return Number(database.prepare(`select count(*) as n from ${rows}`).get()?.['n']);
  } catch {
    return undefined;
  } finally {
    database?.close();
  }
}
