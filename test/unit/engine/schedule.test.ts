import { describe, expect, test } from '@jest/globals';
import type { Place, Turn } from '../../../src/engine/place.ts';
import { runSchedule } from '../../../src/engine/schedule.ts';

interface Item {
  readonly id: string;
  readonly after?: readonly string[];
}

const scheduleOf = (concurrency: number) => ({
  concurrency,
  idOf: (item: Item) => item.id,
  after: (item: Item) => item.after ?? [],
  isWell: () => true,
});

/** Work that ends when the test says so. */
function gatedWork() {
  const started: string[] = [];
  const places = new Map<string, Place>();
  const ends = new Map<string, (error?: Error) => void>();
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  return {
    started,
    work: (item: Item, place: Place): Promise<string> => {
      started.push(item.id);
      places.set(item.id, place);
      return new Promise((resolve, reject) => {
        ends.set(item.id, (error) => {
          if (error) reject(error);
          else resolve(item.id);
        });
      });
    },
    end: async (id: string, error?: Error): Promise<void> => {
      ends.get(id)?.(error);
      await settle();
    },
    leave: async (...ids: string[]): Promise<void> => {
      for (const id of ids) places.get(id)?.leave();
      await settle();
    },
    park: async (...ids: string[]): Promise<void> => {
      for (const id of ids) places.get(id)?.park();
      await settle();
    },
    /** Takes a place again, and notes it as a start. */
    take: async (id: string, turn: Turn, signal = new AbortController().signal): Promise<void> => {
      void places
        .get(id)
        ?.take(turn, signal)
        .then(
          () => started.push(`${id} again`),
          () => started.push(`${id} not`),
        );
      await settle();
    },
  };
}

function items(count: number): Item[] {
  return Array.from({ length: count }, (_, i) => ({ id: `i${String(i)}` }));
}

describe('runSchedule', () => {
  test('starts in the given order and no more at once than allowed', async () => {
    const { started, work, end } = gatedWork();
    const done = runSchedule([{ id: 'a' }, { id: 'b' }, { id: 'c' }], scheduleOf(2), work);
    expect(started).toEqual(['a', 'b']);
    await end('b');
    expect(started).toEqual(['a', 'b', 'c']);
    await end('a');
    await end('c');
    expect(await done).toEqual(['a', 'b', 'c']);
  });

  test('an item that waits for another lets the next ones pass', async () => {
    const { started, work, end } = gatedWork();
    const items: Item[] = [{ id: 'slow' }, { id: 'child', after: ['slow'] }, { id: 'free' }];
    const done = runSchedule(items, scheduleOf(2), work);
    expect(started).toEqual(['slow', 'free']);
    await end('free');
    expect(started).toEqual(['slow', 'free']);
    await end('slow');
    expect(started).toEqual(['slow', 'free', 'child']);
    await end('child');
    expect(await done).toEqual(['slow', 'child', 'free']);
  });

  test('a predecessor that is not scheduled does not hold anything', async () => {
    const work = (item: Item) => Promise.resolve(item.id);
    const items: Item[] = [{ id: 'a', after: ['elsewhere'] }];
    expect(await runSchedule(items, scheduleOf(1), work)).toEqual(['a']);
  });

  test('an error stops what has not started, waits for what has, and is thrown', async () => {
    const { started, work, end } = gatedWork();
    const done = runSchedule([{ id: 'a' }, { id: 'b' }, { id: 'c' }], scheduleOf(2), work);
    const caught = done.catch((error: unknown) => error);
    await end('a', new Error('broken'));
    expect(started).toEqual(['a', 'b']);
    await end('b');
    expect(await caught).toEqual(new Error('broken'));
    expect(started).toEqual(['a', 'b']);
  });

  test('nothing to do ends at once', async () => {
    expect(await runSchedule<Item, string>([], scheduleOf(4), () => Promise.resolve(''))).toEqual(
      [],
    );
  });
});

describe('a place that is left', () => {
  const ids = (count: number): string[] => items(count).map(({ id }) => id);

  test('goes to the next one, in the given order, and to nobody who depends on who left it', async () => {
    const { started, work, leave } = gatedWork();
    const given = [{ id: 'a' }, { id: 'child', after: ['a'] }, { id: 'b' }, { id: 'c' }];
    void runSchedule(given, scheduleOf(1), work);
    await leave('a');
    expect(started).toEqual(['a', 'b']);
    await leave('a');
    expect(started).toEqual(['a', 'b']);
  });

  test('is needed again by nobody who only ends', async () => {
    const { started, work, leave, end } = gatedWork();
    const done = runSchedule(items(2), scheduleOf(1), work);
    await leave('i0');
    await end('i0');
    await end('i1');
    expect(await done).toEqual(started);
  });

  test('comes back before anything new is begun, first to whom is first in the given order', async () => {
    const { started, work, leave, take, end } = gatedWork();
    void runSchedule(items(6), scheduleOf(2), work);
    await leave('i0', 'i1');
    await take('i1', 'first');
    await take('i0', 'first');
    expect(started).toEqual(ids(4));
    await end('i2');
    await end('i3');
    expect(started).toEqual([...ids(4), 'i0 again', 'i1 again']);
    await end('i0');
    expect(started.at(-1)).toBe('i4');
  });

  test('is there at once where one is free, and for who has one', async () => {
    const { started, work, leave, take } = gatedWork();
    void runSchedule(items(1), scheduleOf(1), work);
    await take('i0', 'last');
    await leave('i0');
    await take('i0', 'last');
    expect(started).toEqual(['i0', 'i0 again', 'i0 again']);
  });

  test('comes back after what is new to who has to repeat, but for one in twenty', async () => {
    const { started, work, leave, take, end } = gatedWork();
    void runSchedule(items(30), scheduleOf(1), work);
    await leave('i0');
    await take('i0', 'last');
    for (let i = 1; i < 19; i += 1) await end(`i${String(i)}`);
    expect(started).toEqual([...ids(19), 'i0 again']);
    await end('i0');
    expect(started.at(-1)).toBe('i19');
  });

  test('is given up waiting for as soon as the signal aborts', async () => {
    const { started, work, leave, take, end } = gatedWork();
    void runSchedule(items(3), scheduleOf(1), work);
    const abort = new AbortController();
    await leave('i0');
    await take('i0', 'first', abort.signal);
    abort.abort(new Error('over'));
    await end('i0');
    await end('i1');
    expect(started).toEqual(['i0', 'i1', 'i0 not', 'i2']);
  });

  test.each([
    { concurrency: 1, most: 1 + 4 },
    { concurrency: 4, most: 4 + 4 },
    { concurrency: 6, most: 6 + 6 },
  ])('of $concurrency: when none ends well, $most are begun', async ({ concurrency, most }) => {
    const { started, work, leave } = gatedWork();
    void runSchedule(items(100), scheduleOf(concurrency), work);
    for (let i = 0; i < 100; i += 1) await leave(`i${String(i)}`);
    expect(started).toEqual(ids(most));
  });

  test('goes on to new ones as soon as one ends well again, and not for one that does not', async () => {
    const { started, work, leave, end } = gatedWork();
    const schedule = { ...scheduleOf(4), isWell: (id: string) => id !== 'i7' };
    void runSchedule(items(100), schedule, work);
    for (let i = 0; i < 8; i += 1) await leave(`i${String(i)}`);
    await end('i7');
    expect(started).toHaveLength(8);
    await end('i6');
    expect(started).toHaveLength(12);
  });

  test.each([
    { concurrency: 1, most: 32 },
    { concurrency: 100, most: 350 },
  ])('of $concurrency: no more than $most are under way', async ({ concurrency, most }) => {
    const { started, work, leave, end } = gatedWork();
    void runSchedule(items(1_000), scheduleOf(concurrency), work);
    for (let i = 0; i < 1_000; i += 1) {
      // every second one ends well
      if (i % 2 === 0) await leave(`i${String(i)}`);
      else await end(`i${String(i)}`);
    }
    const ended = started.filter((id) => Number(id.slice(1)) % 2 === 1).length;
    expect(started.length - ended).toBeLessThanOrEqual(most);
    expect(started.length - ended).toBeGreaterThan(most - concurrency - 1);
    expect(started.length).toBeLessThan(1_000);
  });

  test('by who has nothing under way yet does not count', async () => {
    const { started, work, park, take, end } = gatedWork();
    void runSchedule(items(100), scheduleOf(1), work);
    for (let i = 0; i < 60; i += 1) await park(`i${String(i)}`);
    expect(started).toEqual(ids(61));
    await take('i0', 'first');
    await end('i60');
    expect(started.at(-1)).toBe('i0 again');
  });
});
