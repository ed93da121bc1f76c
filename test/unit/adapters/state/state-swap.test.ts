import { cpSync, existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ownFolder } from '../../../../src/adapters/state/folder-lock.ts';
import {
  openSqliteStateStore,
  openStoreInFile,
} from '../../../../src/adapters/state/sqlite-state-store.ts';
import type { SqliteStateStore } from '../../../../src/adapters/state/sqlite-state-store.ts';
import {
  buildingPathOf,
  commitBuilding,
  discardBuilding,
  finishSwap,
} from '../../../../src/adapters/state/state-swap.ts';
import { isError } from '../../../../src/domain/errors.ts';
import { aFlowId, aFlowRecord, aFlowStatus } from '../../../support/builders.ts';
import { FakeClock } from '../../../support/fakes/fake-clock.ts';
import { MemoryLog } from '../../../support/fakes/memory-log.ts';
import { aStateFolder } from '../../../support/state-folder.ts';

const ORG = 'acme';
const clock = new FakeClock();
let root: string;
let folder: string;
let file: string;
const opened: SqliteStateStore[] = [];

const recordOf = (n: number) =>
  aFlowRecord({ flowId: aFlowId(n), status: aFlowStatus({ flowId: aFlowId(n) }) });

/** A state with flow 1, of which part is still in the write-ahead file; and a new one with flow 2, built beside it. */
beforeEach(async () => {
  root = await aStateFolder();
  folder = join(root, 'state');
  file = join(folder, 'state.db');
  const living = join(root, 'living');
  const store = await openSqliteStateStore({ directory: living, clock, log: new MemoryLog() });
  await store.flows.save(ORG, [recordOf(1)]);
  // as a process leaves it that is killed
  cpSync(living, folder, { recursive: true });
  await store.close();
  expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
  const fresh = openStoreInFile(buildingPathOf(file), clock);
  await fresh.flows.save(ORG, [recordOf(2)]);
  await fresh.close();
});

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  rmSync(root, { recursive: true, force: true });
});

/** Ids of the flows that the next process finds. */
async function flowsFound(): Promise<readonly string[]> {
  const store = await openSqliteStateStore({ directory: folder, clock, log: new MemoryLog() });
  opened.push(store);
  return [...(await store.flows.index(ORG)).keys()];
}

async function flowsIn(path: string): Promise<readonly string[]> {
  const store = openStoreInFile(path, clock);
  opened.push(store);
  return [...(await store.flows.index(ORG)).keys()];
}

const names = (): readonly string[] => readdirSync(folder).sort();
const lost = (): string => names().find((name) => /^state\.db\.lost-[\dTZ-]+$/.test(name)) ?? '';

describe('a state file that is exchanged for one that was built beside it', () => {
  test('counts until the new one is committed', async () => {
    expect(await flowsFound()).toEqual([aFlowId(1)]);
  });

  test('is kept whole, with what is in its write-ahead file', async () => {
    commitBuilding(file);
    const aside = finishSwap(file);
    expect(aside).toBe(join(folder, lost()));
    expect(await flowsFound()).toEqual([aFlowId(2)]);
    expect(await flowsIn(aside ?? '')).toEqual([aFlowId(1)]);
  });

  const STEPS = ['-wal', '-shm', ''];

  // the process dies after so many of the renames
  test.each([0, 1, 2, 3])(
    'after %i of its three files were put aside, the next process goes on and finds the new one',
    async (count) => {
      commitBuilding(file);
      const built = statSync(`${file}.built`).mtime.toISOString().replaceAll(/[:.]/g, '-');
      for (const part of STEPS.slice(0, count))
        renameSync(`${file}${part}`, `${file}.lost-${built}${part}`);

      expect(await flowsFound()).toEqual([aFlowId(2)]);
      expect(await flowsIn(join(folder, lost()))).toEqual([aFlowId(1)]);
      expect(names().filter((name) => name.includes('built'))).toEqual([]);
    },
  );

  test('is put in place by one of several that come at once', async () => {
    commitBuilding(file);
    const found = await Promise.all([flowsFound(), flowsFound(), flowsFound()]);
    expect(found).toEqual([[aFlowId(2)], [aFlowId(2)], [aFlowId(2)]]);
  });

  test('where there was none, leaves nothing aside', async () => {
    for (const part of STEPS) rmSync(`${file}${part}`);
    commitBuilding(file);
    expect(finishSwap(file)).toBeUndefined();
    expect(await flowsFound()).toEqual([aFlowId(2)]);
  });

  test('lets nobody open the state while somebody owns the folder', async () => {
    const owner = ownFolder(folder);
    const failure: unknown = await flowsFound().catch((error: unknown) => error);
    owner.release();
    expect(isError(failure, 'state.in-use')).toBe(true);
  });

  test('a build that was given up leaves nothing', () => {
    discardBuilding(file);
    expect(names()).toEqual(['state.db', 'state.db-shm', 'state.db-wal', 'state.lock']);
    expect(existsSync(buildingPathOf(file))).toBe(false);
  });
});
