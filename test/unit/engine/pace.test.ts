import { describe, expect, test } from '@jest/globals';
import { Pace } from '../../../src/engine/pace.ts';
import type { Waited } from '../../../src/engine/pace.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';

function aPace() {
  const clock = new FakeClock();
  const held = { ms: 0 };
  const pace = new Pace(clock, () => held.ms);
  /** Something that takes so long, and whether it was noticed. */
  const lasting = async (what: Waited, ms: number): Promise<boolean> => {
    let isLate = false;
    const work = pace.during(
      what,
      () => clock.sleep(ms, new AbortController().signal),
      () => (isLate = true),
    );
    await clock.advance(ms);
    await work;
    return isLate;
  };
  const known = async (what: Waited, ...lastMs: readonly number[]): Promise<void> => {
    for (const ms of lastMs) await lasting(what, ms);
  };
  return { clock, held, pace, lasting, known };
}

describe('what takes longer than is usual is noticed', () => {
  test.each<{
    readonly name: string;
    readonly what: Waited;
    readonly usual: readonly number[];
    readonly mostMs: number;
  }>([
    { name: 'a read: twice the median', what: 'read', usual: [100, 200, 900], mostMs: 400 },
    { name: 'a write: twice the median', what: 'write', usual: [300, 300, 300], mostMs: 600 },
    {
      name: 'a flow that waits for a reload: twice the median',
      what: 'in-effect',
      usual: [300, 300, 300],
      mostMs: 600,
    },
    {
      name: 'a reload: a quarter above the median',
      what: 'reload',
      usual: [400, 400, 400],
      mostMs: 500,
    },
    { name: 'not in the first 50 ms', what: 'read', usual: [1, 1, 1], mostMs: 50 },
    { name: 'where nothing is known: after 5 s', what: 'read', usual: [100, 100], mostMs: 5_000 },
    {
      name: 'a look-up: after 2 s, whatever others took',
      what: 'look-up',
      usual: [1, 1, 1],
      mostMs: 2_000,
    },
    {
      name: 'by the last fifteen',
      what: 'read',
      usual: [...Array<number>(15).fill(9_000), ...Array<number>(15).fill(100)],
      mostMs: 200,
    },
  ])('$name', async ({ what, usual, mostMs }) => {
    const { known, lasting } = aPace();
    await known(what, ...usual);
    expect(await lasting(what, mostMs - 1)).toBe(false);
    // what that took is known by now as well, and changes no median here
    const again = aPace();
    await again.known(what, ...usual);
    expect(await again.lasting(what, mostMs + 1)).toBe(true);
  });

  test.each([
    { name: 'twice as late as anything that is known', readMs: 500, mostMs: 2_000 },
    { name: 'not later than what nothing is known of', readMs: 4_000, mostMs: 5_000 },
  ])('of another kind than is known: $name', async ({ readMs, mostMs }) => {
    const { known, lasting } = aPace();
    await known('read', readMs, readMs, readMs);
    expect(await lasting('write', mostMs - 1)).toBe(false);
    expect(await lasting('write', mostMs + 1)).toBe(true);
  });

  test('by what is known now, though it began before', async () => {
    const { clock, pace, known } = aPace();
    let lateAtMs: number | undefined;
    void pace.during(
      'read',
      () => new Promise(() => undefined),
      () => (lateAtMs = clock.monotonicMs()),
    );
    await known('read', 100, 100, 100);
    await clock.advance(10_000);
    expect(lateAtMs).toBe(300);
  });

  test('once', async () => {
    const { clock, pace, known } = aPace();
    let times = 0;
    void pace.during(
      'read',
      () => new Promise(() => undefined),
      () => (times += 1),
    );
    await clock.advance(6_000);
    await known('read', 100, 900, 100, 900);
    await clock.advance(60_000);
    expect(times).toBe(1);
  });

  test('and what failed tells nothing of what is usual', async () => {
    const { clock, pace, lasting } = aPace();
    for (let i = 0; i < 3; i += 1) {
      const failing = pace.during(
        'read',
        () => Promise.reject(new Error('no')),
        () => undefined,
      );
      await expect(failing).rejects.toThrow('no');
    }
    expect(await lasting('read', 4_000)).toBe(false);
    expect(clock.sleepers).toBe(0);
  });

  test('but not while the rate gate holds requests back', async () => {
    const { clock, held, pace } = aPace();
    let isLate = false;
    void pace.during(
      'read',
      () => new Promise(() => undefined),
      () => (isLate = true),
    );
    await clock.advance(4_000);
    held.ms += 3_000;
    await clock.advance(3_999);
    expect(isLate).toBe(false);
    await clock.advance(1);
    expect(isLate).toBe(true);
  });

  test('by who waits for a look-up that others have waited for long: at once', async () => {
    const { clock, pace } = aPace();
    const late: string[] = [];
    const wait = (who: string): void => {
      void pace.during(
        'look-up',
        () => new Promise(() => undefined),
        () => late.push(who),
      );
    };
    wait('first');
    await clock.advance(1_999);
    expect(late).toEqual([]);
    await clock.advance(1);
    wait('second');
    await clock.advance(0);
    expect(late).toEqual(['first', 'second']);
  });
});
