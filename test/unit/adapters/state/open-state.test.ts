import {
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { APPLICATION_ID, MIGRATIONS } from '../../../../src/adapters/state/migrations.ts';
import { openSqliteStateStore } from '../../../../src/adapters/state/sqlite-state-store.ts';
import type {
  SqliteStateStore,
  SqliteStateStoreOptions,
} from '../../../../src/adapters/state/sqlite-state-store.ts';
import { FlowkeeperError } from '../../../../src/domain/errors.ts';
import { aFlowRecord, aSnapshot } from '../../../support/builders.ts';
import { FakeClock } from '../../../support/fakes/fake-clock.ts';
import { MemoryLog } from '../../../support/fakes/memory-log.ts';
import { aStateFolder } from '../../../support/state-folder.ts';

let root: string;
let file: string;
const opened: SqliteStateStore[] = [];

beforeEach(async () => {
  root = await aStateFolder();
  file = join(root, 'state.db');
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  rmSync(root, { recursive: true, force: true });
});

async function open(options: Partial<SqliteStateStoreOptions> = {}): Promise<SqliteStateStore> {
  const clock = new FakeClock();
  const store = await openSqliteStateStore({
    directory: root,
    clock,
    log: new MemoryLog(),
    ...options,
  });
  opened.push(store);
  return store;
}

async function failureOf(work: Promise<unknown>): Promise<FlowkeeperError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof FlowkeeperError)) throw new Error(`not refused: ${String(error)}`);
  return error as FlowkeeperError;
}

/** Root may write everywhere: for so long it is somebody else. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.('nobody');
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

/** Changes the file behind the store's back. */
function inDatabase(sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}

describe('opening the state', () => {
  test('makes the folder and the file for their owner alone', async () => {
    await open({ directory: join(root, 'a', 'b') });
    expect(statSync(join(root, 'a', 'b')).mode & 0o777).toBe(0o700);
    for (const name of ['state.db', 'state.db-wal', 'state.db-shm'])
      expect(statSync(join(root, 'a', 'b', name)).mode & 0o777).toBe(0o600);
  });

  test('a file of zero bytes, as a crash may leave it, is a new one', async () => {
    writeFileSync(file, '');
    const { flows } = await open();
    expect((await flows.index('acme')).size).toBe(0);
  });

  test('what was moved away takes its write-ahead file with it, or none of it is believed', async () => {
    const first = await open();
    await first.flows.save('acme', [aFlowRecord()]);
    renameSync(file, join(root, 'old.db'));
    // the old -wal and -shm are still there, as when a person moves just the file that the error names
    const second = await open();
    expect((await second.flows.index('acme')).size).toBe(0);
    await second.flows.save('acme', [aFlowRecord()]);
    await second.close();
    expect((await (await open()).flows.index('acme')).size).toBe(1);
  });

  test('several may open it at once, also when it is new', async () => {
    const stores = await Promise.all([open(), open(), open()]);
    await stores[0].snapshots.put(aSnapshot());
    expect(
      await stores[2].snapshots.get('acme-prod', aSnapshot().flowId, aSnapshot().version),
    ).toEqual(aSnapshot());
  });

  test('closing twice is closing once, and what comes after is refused', async () => {
    const store = await open();
    await store.close();
    await store.close();
    await expect(store.flows.save('acme', [aFlowRecord()])).rejects.toBeInstanceOf(FlowkeeperError);
  });

  test('after closing all is in the one file', async () => {
    const store = await open();
    await store.flows.save('acme', [aFlowRecord()]);
    await store.close();
    expect(statSync(`${file}-wal`, { throwIfNoEntry: false })).toBeUndefined();
  });
});

describe('a state that cannot be used is left as it is', () => {
  test.each([
    {
      name: 'text',
      make: () => {
        writeFileSync(file, 'garbage '.repeat(1000));
      },
    },
    {
      name: 'a few bytes',
      make: () => {
        writeFileSync(file, 'SQLite');
      },
    },
    {
      name: 'the database of another program',
      make: () => {
        inDatabase('create table customers (name text)');
      },
    },
    {
      name: 'the database of another program that counts versions too',
      make: () => {
        inDatabase('pragma user_version = 1');
      },
    },
  ])('$name is state.corrupt and names the file', async ({ make }) => {
    make();
    const before = readFileSync(file);
    const error = await failureOf(open());
    expect(error.code).toBe('state.corrupt');
    expect(error.message).toContain(file);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('damaged pages are state.corrupt', async () => {
    const store = await open();
    const records = Array.from({ length: 200 }, (_, i) =>
      aFlowRecord({ flowId: `flow-${String(i)}` }),
    );
    await store.flows.save('acme', records);
    await store.close();
    const bytes = readFileSync(file);
    // far behind the pages that opening it reads anyway
    bytes.fill(0x5a, bytes.length - 20 * 4096, bytes.length - 10 * 4096);
    writeFileSync(file, bytes);
    expect((await failureOf(open())).code).toBe('state.corrupt');
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  test('a file cut in half is state.corrupt', async () => {
    const store = await open();
    const records = Array.from({ length: 200 }, (_, i) =>
      aFlowRecord({ flowId: `flow-${String(i)}` }),
    );
    await store.flows.save('acme', records);
    await store.close();
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(0, Math.floor(bytes.length / 2)));
    expect((await failureOf(open())).code).toBe('state.corrupt');
  });

  test('a stored value that is not JSON is state.corrupt', async () => {
    const store = await open();
    await store.flows.save('acme', [aFlowRecord()]);
    inDatabase(`update flow_bodies set status = '{'`);
    expect((await failureOf(store.outbox.pending('acme'))).code).toBe('state.corrupt');
  });

  test('tables that are gone are state.corrupt', async () => {
    const store = await open();
    inDatabase('drop table snapshots');
    expect((await failureOf(store.snapshots.put(aSnapshot()))).code).toBe('state.corrupt');
  });

  test('a file of an earlier format is brought up to date with all that it holds', async () => {
    const [first = '', ...later] = MIGRATIONS;
    const database = new DatabaseSync(file);
    database.exec(first);
    database.exec(`pragma application_id = ${String(APPLICATION_ID)}; pragma user_version = 1`);
    const { flowId, status, applied } = aFlowRecord();
    database
      .prepare(
        `insert into flow_bodies (org, flow_id, status, applied, past_hashes) values ('acme', ?, ?, ?, '[]')`,
      )
      .run(flowId, JSON.stringify(status), JSON.stringify(applied));
    database.close();

    const { flows } = await open();
    expect(later).not.toEqual([]);
    const record = { flowId, status, applied, pastHashes: [] };
    expect((await flows.load('acme', [flowId])).get(flowId)).toEqual(record);
    const fight = { hash: 'h', corrections: [{ at: 1 }] };
    await flows.save('acme', [{ ...aFlowRecord(), fight }]);
    expect((await flows.load('acme', [flowId])).get(flowId)).toMatchObject({ fight });
  });

  test('a newer format is state.newer and says both numbers', async () => {
    await (await open()).close();
    inDatabase(`pragma user_version = ${String(MIGRATIONS.length + 1)}`);
    const error = await failureOf(open());
    expect(error).toMatchObject({
      code: 'state.newer',
      details: { file, found: MIGRATIONS.length + 1, known: MIGRATIONS.length },
    });
  });
});

describe('a state that cannot be written is state.unwritable', () => {
  test('the folder lies under a file', async () => {
    writeFileSync(join(root, 'plain'), '');
    const error = await failureOf(open({ directory: join(root, 'plain', 'state') }));
    expect(error.code).toBe('state.unwritable');
  });

  test('the file is a folder', async () => {
    mkdirSync(file);
    expect((await failureOf(open())).code).toBe('state.unwritable');
  });

  test('the folder is read-only', async () => {
    chmodSync(root, 0o555);
    const error = await asNobody(() => failureOf(open()));
    chmodSync(root, 0o700);
    expect(error.code).toBe('state.unwritable');
    expect(error.next).toBe('stop');
    expect((await open()).journal).toBeDefined();
  });

  test.each([
    [0x6969, 'NFS'],
    [0xff534d42, 'CIFS'],
    [-11317950, 'CIFS'],
    [0xfe534d42, 'SMB2'],
  ])('the folder is on a network file system: %p is %s', async (type, name) => {
    const error = await failureOf(open({ fileSystemTypeOf: () => type }));
    expect(error.code).toBe('state.unwritable');
    expect(error.message).toContain(name);
  });

  test.each([0xef53, 0x01021994, undefined])('a local one (%p) is not refused', async (type) => {
    await expect(open({ fileSystemTypeOf: () => type })).resolves.toBeDefined();
  });

  test('the disk is full, and everything before is still there', async () => {
    const store = await open();
    await store.flows.save('acme', [aFlowRecord()]);
    store.database.durable.exec('pragma max_page_count = 1');
    const big = aSnapshot({ settings: { routing: { text: 'x'.repeat(100_000) } } });
    const error = await failureOf(store.snapshots.put(big));
    expect(error.code).toBe('state.unwritable');
    expect(error.message).toMatch(/full/);
    expect((await store.flows.index('acme')).size).toBe(1);

    store.database.durable.exec('pragma max_page_count = 1000000');
    await store.snapshots.put(big);
  });

  test.each(['moved away', 'deleted', 'replaced'])('the file was %s while in use', async (fate) => {
    const store = await open();
    if (fate === 'deleted') rmSync(file);
    else renameSync(file, join(root, 'elsewhere'));
    if (fate === 'replaced') writeFileSync(file, '');
    expect((await failureOf(store.snapshots.put(aSnapshot()))).code).toBe('state.unwritable');
    expect((await failureOf(store.flows.save('acme', [aFlowRecord()]))).code).toBe(
      'state.unwritable',
    );
  });
});
