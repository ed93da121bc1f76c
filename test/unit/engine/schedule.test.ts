import { describe, expect, test } from '@jest/globals';
import { runSchedule } from '../../../src/engine/schedule.ts';

interface Item {
  readonly id: string;
  readonly after?: readonly string[];
}

const scheduleOf = (concurrency: number) => ({
  concurrency,
  idOf: (item: Item) => item.id,
  after: (item: Item) => item.after ?? [],
});

/** Work that ends when the test says so. */
function gatedWork() {
  const started: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  return {
    started,
    work: (item: Item): Promise<string> => {
      started.push(item.id);
      return new Promise((resolve, reject) => {
        ends.set(item.id, (error) => {
          if (error) reject(error);
          else resolve(item.id);
        });
      });
    },
    end: async (id: string, error?: Error): Promise<void> => {
      ends.get(id)?.(error);
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    },
  };
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
