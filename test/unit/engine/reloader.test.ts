import { describe, expect, test } from '@jest/globals';
import { Pace } from '../../../src/engine/pace.ts';
import { makeReloader } from '../../../src/engine/reloader.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';

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

const somePace = (clock = new FakeClock()): Pace => new Pace(clock, () => 0);

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

describe('makeReloader', () => {
  test('a reload asked for while one is in flight starts after it, once for all who asked', async () => {
    const remote = manualReload();
    const reloader = makeReloader(remote.reload, somePace());

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
    const reloader = makeReloader(remote.reload, somePace());

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
    const reloader = makeReloader(remote.reload, somePace());
    if (when === 'before') reloader.noteStored();
    const reload = reloader.reload();
    if (when === 'during') reloader.noteStored();
    remote.end(0);
    await reload;
    if (when === 'after') reloader.noteStored();
    expect(reloader.isCaughtUp).toBe(isCaughtUp);
  });

  describe('one that takes longer than is usual', () => {
    /** Reloads take a second here, and then one is under way for two, and others ask. */
    async function aLateOne() {
      const clock = new FakeClock();
      const remote = manualReload();
      const reloader = makeReloader(remote.reload, somePace(clock));
      for (let i = 0; i < 3; i += 1) {
        const usual = reloader.reload();
        await clock.advance(1_000);
        remote.end(i);
        await usual;
        await settle();
      }
      const ended: string[] = [];
      const ask = (who: string): void => {
        void reloader.reload().then(
          () => ended.push(who),
          () => ended.push(`not ${who}`),
        );
      };
      ask('late');
      ask('next');
      ask('another');
      await clock.advance(1_249);
      expect(remote.started).toHaveLength(4);
      await clock.advance(1);
      expect(remote.started).toHaveLength(5);
      return { clock, remote, reloader, ended, ask };
    }

    test('lets the next one start, whose success is for those of the late one too', async () => {
      const { remote, reloader, ended } = await aLateOne();
      expect(reloader.isCaughtUp).toBe(false);
      remote.end(4);
      await settle();
      expect(ended.sort()).toEqual(['another', 'late', 'next']);
      expect(reloader.isCaughtUp).toBe(true);
      remote.end(3, new Error('at last'));
      await settle();
      expect(reloader.isCaughtUp).toBe(true);
    });

    test('that succeeds is for its own alone: it started before the others asked', async () => {
      const { remote, reloader, ended } = await aLateOne();
      remote.end(3);
      await settle();
      expect(ended).toEqual(['late']);
      expect(reloader.isCaughtUp).toBe(false);
      remote.end(4, new Error('no'));
      await settle();
      expect(ended.sort()).toEqual(['late', 'not another', 'not next']);
      expect(reloader.isCaughtUp).toBe(false);
    });

    test('fails its own alone, and who asks then shares the one that is under way no more', async () => {
      const { remote, ended, ask } = await aLateOne();
      ask('later');
      remote.end(3, new Error('no'));
      await settle();
      expect(ended).toEqual(['not late']);
      expect(remote.started).toHaveLength(5);
      remote.end(4);
      await settle();
      expect(remote.started).toHaveLength(6);
      expect(ended.sort()).toEqual(['another', 'next', 'not late']);
      remote.end(5);
      await settle();
      expect(ended).toContain('later');
    });
  });

  test('after everything ended the next one starts at once', async () => {
    const remote = manualReload();
    const reloader = makeReloader(remote.reload, somePace());
    const first = reloader.reload();
    remote.end(0);
    await first;
    await settle();
    void reloader.reload();
    expect(remote.started).toHaveLength(2);
    remote.end(1);
  });
});
