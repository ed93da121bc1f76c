import {
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openSqliteStateStore } from '../../../../src/adapters/state/sqlite-state-store.ts';
import { FlowkeeperError } from '../../../../src/domain/errors.ts';
import { aFlowId, aFlowRecord, aFlowStatus, aSnapshot } from '../../../support/builders.ts';
import { FakeClock } from '../../../support/fakes/fake-clock.ts';
import { MemoryLog } from '../../../support/fakes/memory-log.ts';
import { aStateFolder } from '../../../support/state-folder.ts';

const ORG = 'acme-prod';
const CUTS = 24;
const clock = new FakeClock();

let root: string;
let whole: string;

/** A state as a killed process leaves it: part of it is in the database, and part still in the write-ahead file. */
beforeAll(async () => {
  root = await aStateFolder();
  whole = join(root, 'whole');
  const living = join(root, 'living');
  const open = () => openSqliteStateStore({ directory: living, clock, log: new MemoryLog() });
  const first = await open();
  await first.flows.save(
    ORG,
    Array.from({ length: 60 }, (_, n) => recordOf(n + 1)),
  );
  await first.close();
  const second = await open();
  for (let n = 1; n <= 20; n += 1) await second.snapshots.put(aSnapshot({ version: n }));
  cpSync(living, whole, { recursive: true });
  await second.close();
  expect(statSync(join(whole, 'state.db-wal')).size).toBeGreaterThan(0);
});

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

function recordOf(n: number) {
  const flowId = aFlowId(n);
  return aFlowRecord({ flowId, status: aFlowStatus({ flowId }) });
}

/** `whole`, how many snapshots were found, or the code of the error; all of it is read. */
async function readAll(directory: string): Promise<string | number> {
  try {
    const store = await openSqliteStateStore({ directory, clock, log: new MemoryLog() });
    try {
      const ids = [...(await store.flows.index(ORG)).keys()];
      const records = await store.flows.load(ORG, ids);
      await store.journal.unfinished(ORG);
      const { snapshots } = await store.outbox.pending(ORG);
      return records.size === 60 ? snapshots.length : `lost: ${String(records.size)} records`;
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof FlowkeeperError) return error.code as string;
    throw error;
  }
}

const HARMS = {
  'cut off': (file: string, at: number) => {
    truncateSync(file, at);
  },
  'with some bytes turned over': (file: string, at: number) => {
    const bytes = readFileSync(file);
    for (let i = at; i < Math.min(at + 16, bytes.length); i += 1) bytes[i] = bytes[i]! ^ 0xff;
    writeFileSync(file, bytes);
  },
} as const;

describe.each(Object.keys(HARMS) as (keyof typeof HARMS)[])('a state file that is %s', (how) => {
  test.each(['state.db', 'state.db-wal'])(
    '(%s) reads with all its records as at some commit, or is told to be damaged: it is never another error',
    async (name) => {
      const size = statSync(join(whole, name)).size;
      const found = new Set<string | number>();
      for (let cut = 0; cut < CUTS; cut += 1) {
        const directory = join(root, `${how}-${name}-${String(cut)}`);
        mkdirSync(directory);
        cpSync(whole, directory, { recursive: true });
        HARMS[how](join(directory, name), Math.floor((size * cut) / CUTS) + 7);
        found.add(await readAll(directory));
        rmSync(directory, { recursive: true });
      }
      // from the first damaged commit of a write-ahead file on SQLite takes it for its end: those before count
      const counts = [...found].filter((one) => typeof one === 'number');
      const codes = [...found].filter((one) => typeof one === 'string');
      expect(codes.filter((code) => code !== 'state.corrupt')).toEqual([]);
      expect(counts.every((count) => count <= 20)).toBe(true);
      if (name === 'state.db') expect(codes).toEqual(['state.corrupt']);
    },
  );
});
