import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openStateDatabase } from '../../../../src/adapters/state/open-state-database.ts';
import { freshPatience } from '../../../../src/adapters/state/state-database.ts';
import type { Connection, StateDatabase } from '../../../../src/adapters/state/state-database.ts';
import { aStateFolder } from '../../../support/state-folder.ts';

const FULL_MS = 150;
const WORN_OUT_MS = 100;

let folder: string;
let database: StateDatabase;
/** Another process, which keeps the write lock between `begin` and `rollback`. */
let other: DatabaseSync;

beforeEach(async () => {
  folder = await aStateFolder();
  const file = join(folder, 'state.db');
  await writeFile(file, '');
  database = openStateDatabase(file, 0, freshPatience(FULL_MS));
  other = new DatabaseSync(file);
});

afterEach(async () => {
  other.close();
  database.close();
  await rm(folder, { recursive: true });
});

const write = (connection: Connection): void => {
  connection.transaction(() => undefined);
};
/** What the next statement of a connection would wait. */
const waitOf = (connection: Connection): unknown =>
  connection.get('pragma busy_timeout')?.['timeout'];

test('a write waits its full time for another process, and says who is in the way', () => {
  other.exec('begin immediate');
  const fromMs = performance.now();
  expect(() => {
    write(database.durable);
  }).toThrow(/another process keeps it locked/);
  expect(performance.now() - fromMs).toBeGreaterThanOrEqual(FULL_MS - 20);
});

test('who waited in vain hardly waits again, by either connection, so that a signal is heard in between', () => {
  other.exec('begin immediate');
  for (const connection of [database.durable, database.relaxed, database.durable])
    expect(() => {
      write(connection);
    }).toThrow(/locked/);
  expect([database.durable, database.relaxed].map(waitOf)).toEqual([WORN_OUT_MS, WORN_OUT_MS]);
});

test('a write that succeeds restores the patience', () => {
  other.exec('begin immediate');
  for (let count = 0; count < 2; count += 1)
    expect(() => {
      write(database.durable);
    }).toThrow(/locked/);
  expect(waitOf(database.durable)).toBe(WORN_OUT_MS);
  other.exec('rollback');
  for (const connection of [database.durable, database.relaxed, database.durable])
    write(connection);
  expect([database.durable, database.relaxed].map(waitOf)).toEqual([FULL_MS, FULL_MS]);
});
