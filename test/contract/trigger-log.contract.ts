import { describe, expect, test } from '@jest/globals';
import type { TriggerLog } from '../../src/ports/trigger-log.ts';
import { aRunEntry } from '../support/run-entries.ts';

/** What every TriggerLog owes the loop. `open` gives one and the same memory each time within a test. */
export function describeTriggerLog(
  name: string,
  start: () => Promise<{ open: () => Promise<TriggerLog>; stop: () => Promise<void> }>,
): void {
  const given = (body: (open: () => Promise<TriggerLog>) => Promise<void>) => async () => {
    const memory = await start();
    try {
      await body(memory.open);
    } finally {
      await memory.stop();
    }
  };

  describe(`TriggerLog contract: ${name}`, () => {
    test(
      'numbers count up over all orgs, and a later process knows them',
      given(async (open) => {
        const log = await open();
        expect((await log.latest()).size).toBe(0);
        const first = await log.accept([
          { org: 'a', reason: 'start', at: 1 },
          { org: 'b', reason: 'start', at: 1 },
        ]);
        const second = await log.accept([{ org: 'a', reason: 'push', at: 2, by: 'github' }]);
        const numbers = [...first, ...second];
        expect(numbers.toSorted((x, y) => x - y)).toEqual(numbers);
        expect(new Set(numbers).size).toBe(3);

        const later = await open();
        expect(await later.latest()).toEqual(
          new Map([
            ['a', numbers[2]],
            ['b', numbers[1]],
          ]),
        );
        expect(await later.pending('a')).toEqual([
          { org: 'a', reason: 'start', at: 1, number: numbers[0] },
          { org: 'a', reason: 'push', at: 2, by: 'github', number: numbers[2] },
        ]);
      }),
    );

    test(
      'a run answers its own org up to its number, and no trigger after it',
      given(async (open) => {
        const log = await open();
        const at = 1;
        const [first, second, , other] = await log.accept([
          { org: 'a', reason: 'start', at },
          { org: 'a', reason: 'push', at },
          { org: 'a', reason: 'push', at },
          { org: 'b', reason: 'start', at },
        ]);
        expect([first, other].every((number) => number !== undefined)).toBe(true);
        await log.runEnded(aRunEntry({ org: 'a', runId: 'run-1' }), second);
        const waiting = await (await open()).pending('a');
        expect(waiting.map(({ number }) => number)).toEqual([second! + 1]);
        expect(await log.pending('b')).toHaveLength(1);
      }),
    );

    test(
      'a run that did not get far enough answers nothing, and is remembered all the same',
      given(async (open) => {
        const log = await open();
        await log.accept([{ org: 'a', reason: 'start', at: 1 }]);
        const failed = aRunEntry({
          org: 'a',
          exitCode: 1,
          error: { code: 'api.unreachable', message: 'nobody answers' },
        });
        await log.runEnded(failed, undefined);
        expect(await log.pending('a')).toHaveLength(1);
        expect(await (await open()).runs('a', 5)).toEqual([failed]);
      }),
    );

    test(
      'runs come newest first, each org its own, as many as asked for',
      given(async (open) => {
        const log = await open();
        for (const runId of ['run-1', 'run-2', 'run-3'])
          await log.runEnded(aRunEntry({ org: 'a', runId }), undefined);
        await log.runEnded(aRunEntry({ org: 'b', runId: 'run-4' }), undefined);
        expect((await log.runs('a', 2)).map(({ runId }) => runId)).toEqual(['run-3', 'run-2']);
        expect(await log.runs('c', 2)).toEqual([]);
      }),
    );
  });
}
