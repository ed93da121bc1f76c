import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { FlowRecord } from '../../../../src/ports/state-store.ts';
import { aFlowId, aFlowRecord, aFlowStatus } from '../../../support/builders.ts';
import { aSqliteStore } from '../../../support/sqlite-store.ts';
import type { TestStore } from '../../../support/sqlite-store.ts';

const ORG = 'acme-prod';
let memory: TestStore;

beforeEach(async () => {
  memory = await aSqliteStore();
});
afterEach(() => memory.stop());

function aRecord(n: number, liveVersion = 1): FlowRecord {
  const flowId = aFlowId(n);
  return aFlowRecord({ flowId, status: aFlowStatus({ flowId, liveVersion }) });
}

test('an index that nobody changed is given again, not read again', async () => {
  const { flows } = memory.store;
  await flows.save(ORG, [aRecord(1)]);
  const index = await flows.index(ORG);
  expect(await flows.index(ORG)).toBe(index);
  await flows.save('other', [aRecord(1)]);
  expect(await flows.index(ORG)).toBe(index);
});

test('what another process saves is seen, and what it saves between two writes of ours', async () => {
  const { flows: ours } = memory.store;
  const { flows: theirs } = await memory.another();
  await ours.save(ORG, [aRecord(1)]);
  await ours.index(ORG);
  await theirs.save(ORG, [aRecord(2)]);
  expect((await ours.index(ORG)).size).toBe(2);

  await theirs.save(ORG, [aRecord(3)]);
  await ours.save(ORG, [aRecord(4)]);
  expect((await ours.index(ORG)).size).toBe(4);
  await theirs.remove(ORG, [aFlowId(1)]);
  expect([...(await ours.index(ORG)).keys()].sort()).toEqual([2, 3, 4].map(aFlowId));
  expect([...(await theirs.index(ORG)).keys()].sort()).toEqual([2, 3, 4].map(aFlowId));
});

test('a write that failed leaves the index as the file is', async () => {
  const { flows, database } = memory.store;
  await flows.save(ORG, [aRecord(1)]);
  await flows.index(ORG);
  database.durable.exec('pragma max_page_count = 1');
  const many = Array.from({ length: 500 }, (_, i) => aRecord(i + 1, 99));
  await expect(flows.save(ORG, many)).rejects.toMatchObject({ code: 'state.unwritable' });
  const index = await flows.index(ORG);
  expect([index.size, index.get(aFlowId(1))?.liveVersion]).toEqual([1, 1]);
});

test('the index read from the file equals the one that followed the writes', async () => {
  const { flows } = memory.store;
  await flows.index(ORG);
  const bare: FlowRecord = { flowId: 'b', status: aFlowStatus({ flowId: 'b' }), pastHashes: [] };
  await flows.save(ORG, [aRecord(1, 5), bare, aRecord(2)]);
  await flows.remove(ORG, [aFlowId(2)]);
  const fresh = await memory.another();
  expect(new Map(await fresh.flows.index(ORG))).toEqual(new Map(await flows.index(ORG)));
});
