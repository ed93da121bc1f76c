import { describe, expect, test } from '@jest/globals';
import { openSqliteVerifiedHeads } from '../../src/adapters/state/sqlite-verified-heads.ts';
import type { VerifiedHeads } from '../../src/ports/verified-heads.ts';
import { FakeVerifiedHeads } from '../support/fakes/fake-commit-verifier.ts';
import { aSqliteStore } from '../support/sqlite-store.ts';

const WATCHED = { repository: 'https://git.example.com/cc.git', branch: 'main' };

/** What every VerifiedHeads owes the engine. `open` gives one and the same memory each time. */
function describeVerifiedHeads(
  name: string,
  start: () => Promise<{ open: () => Promise<VerifiedHeads>; stop: () => Promise<void> }>,
): void {
  test(`VerifiedHeads contract: ${name}: the last one saved is known, over restarts`, async () => {
    const { open, stop } = await start();
    try {
      const heads = await open();
      expect(await heads.last()).toBeUndefined();
      await heads.save('a');
      await heads.save('b');
      expect(await heads.last()).toBe('b');
      expect(await (await open()).last()).toBe('b');
    } finally {
      await stop();
    }
  });
}

describeVerifiedHeads('FakeVerifiedHeads', () => {
  const heads = new FakeVerifiedHeads();
  return Promise.resolve({
    open: () => Promise.resolve(heads),
    stop: () => Promise.resolve(),
  });
});

describeVerifiedHeads('SQLite', async () => {
  const { another, stop } = await aSqliteStore();
  return { open: async () => openSqliteVerifiedHeads(await another(), WATCHED), stop };
});

describe('SQLite', () => {
  test('what was verified of one branch says nothing of another, or of another repository', async () => {
    const { store, stop } = await aSqliteStore();
    try {
      await openSqliteVerifiedHeads(store, WATCHED).save('a');
      for (const other of [{ branch: 'other' }, { repository: 'https://git.example.com/x.git' }])
        expect(
          await openSqliteVerifiedHeads(store, { ...WATCHED, ...other }).last(),
        ).toBeUndefined();
    } finally {
      await stop();
    }
  });
});
