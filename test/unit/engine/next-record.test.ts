import { expect, test } from '@jest/globals';
import type { Settings } from '../../../src/domain/flow.ts';
import { settledRecord } from '../../../src/engine/next-record.ts';
import { aFlowId, aFlowRecord, NOW } from '../../support/builders.ts';

const factsOf = (desiredHash: string) => ({
  flowId: aFlowId(),
  name: 'IVR',
  org: 'acme-prod',
  file: 'f.yaml',
  state: 'InSync' as const,
  desiredHash,
  revision: 'rev-1',
  liveVersion: 7,
  conditions: [],
  differences: [],
  settled: true,
});
const found = (settings: Settings) => ({ settings, orgId: 'org-1', now: NOW });
const hashes = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `h${String(i)}`);

test.each([
  { name: 'another one goes to the end', before: ['a', 'b'], hash: 'c', after: ['a', 'b', 'c'] },
  { name: 'the newest again changes nothing', before: ['a', 'b'], hash: 'b', after: ['a', 'b'] },
  { name: 'an old one moves to the end', before: ['a', 'b'], hash: 'a', after: ['b', 'a'] },
  { name: 'fifty are kept', before: hashes(49), hash: 'x', after: [...hashes(49), 'x'] },
  {
    name: 'of more the oldest goes',
    before: hashes(50),
    hash: 'x',
    after: [...hashes(50).slice(1), 'x'],
  },
])('of the settings a flow was in sync with, $name', ({ before, hash, after }) => {
  const record = settledRecord(aFlowRecord({ pastHashes: before }), factsOf(hash), found({}));
  expect(record.pastHashes).toEqual(after);
});

test('a flow found in sync keeps since when these settings are applied, and is held back no longer', () => {
  const known = aFlowRecord({ heldBack: { hash: 'x', reason: 'r' }, lastUpdateAt: 5 });
  const { applied } = known;
  const same = settledRecord(known, factsOf(applied?.hash ?? ''), found({}));
  expect(same).toMatchObject({ applied, lastUpdateAt: 5 });
  expect(same).not.toHaveProperty('heldBack');
  const other = settledRecord(known, factsOf('other'), found({ a: 1 }));
  expect(other.applied).toMatchObject({ hash: 'other', settings: { a: 1 }, version: 7, at: NOW });
});
