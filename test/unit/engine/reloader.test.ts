import { describe, expect, test } from '@jest/globals';
import { makeReloader } from '../../../src/engine/reloader.ts';

/** Reloads that end when the test says so. */
function manualReload(): {
  readonly started: number[];
  readonly reload: () => Promise<void>;
  end(index: number, error?: Error): void;
} {
  const started: number[] = [];
  const ends: ((error?: Error) => void)[] = [];
  return {
    started,
    reload: () =>
      new Promise((resolve, reject) => {
        started.push(started.length);
        ends.push((error) => {
          if (error) reject(error);
          else resolve();
        });
      }),
    end: (index, error) => ends[index]?.(error),
  };
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

describe('makeReloader', () => {
  test('a reload asked for while one is in flight starts after it, once for all who asked', async () => {
    const remote = manualReload();
    const reloader = makeReloader(remote.reload);

    const first = reloader.reload();
    const second = reloader.reload();
    const third = reloader.reload();
    await settle();
    expect(remote.started).toHaveLength(1);

    remote.end(0);
    await first;
    await settle();
    expect(remote.started).toHaveLength(2);

    remote.end(1);
    await Promise.all([second, third]);
    expect(remote.started).toHaveLength(2);
  });

  test('a failed reload fails those who shared it and not those who come next', async () => {
    const remote = manualReload();
    const reloader = makeReloader(remote.reload);

    const first = reloader.reload().catch((error: unknown) => error);
    const second = reloader.reload();
    remote.end(0, new Error('no'));
    expect(await first).toEqual(new Error('no'));
    await settle();
    remote.end(1);
    await expect(second).resolves.toBeUndefined();
  });

  test.each([
    { name: 'before a reload began', when: 'before', isCaughtUp: true },
    { name: 'while a reload was under way', when: 'during', isCaughtUp: false },
    { name: 'after it', when: 'after', isCaughtUp: false },
  ])('what was stored $name: caught up is $isCaughtUp', async ({ when, isCaughtUp }) => {
    const remote = manualReload();
    const reloader = makeReloader(remote.reload);
    if (when === 'before') reloader.noteStored();
    const reload = reloader.reload();
    if (when === 'during') reloader.noteStored();
    remote.end(0);
    await reload;
    if (when === 'after') reloader.noteStored();
    expect(reloader.isCaughtUp).toBe(isCaughtUp);
  });

  test('after everything ended the next one starts at once', async () => {
    const remote = manualReload();
    const reloader = makeReloader(remote.reload);
    const first = reloader.reload();
    remote.end(0);
    await first;
    await settle();
    void reloader.reload();
    expect(remote.started).toHaveLength(2);
    remote.end(1);
  });
});
