import { describe, expect, test } from '@jest/globals';
import { makeSerial } from '../../../../src/adapters/git/serial.ts';

const signal = new AbortController().signal;

describe('makeSerial', () => {
  test('runs work one after the other, in order, failures included', async () => {
    const serial = makeSerial();
    const events: string[] = [];
    const work = (name: string, fails = false) =>
      serial(signal, async () => {
        events.push(`${name} begins`);
        await Promise.resolve();
        events.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      });

    const results = await Promise.allSettled([work('a'), work('b', true), work('c')]);

    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(events.map((event) => event.split(' ')[0])).toEqual(['a', 'a', 'b', 'b', 'c', 'c']);
  });

  test('who waits and aborts is let go at once, and never starts', async () => {
    const serial = makeSerial();
    const gate = Promise.withResolvers<undefined>();
    const cancel = new AbortController();
    let started = false;
    const first = serial(signal, () => gate.promise);
    const second = serial(cancel.signal, async () => {
      started = true;
    });

    cancel.abort(new Error('enough'));

    await expect(second).rejects.toThrow('enough');
    gate.resolve(undefined);
    await first;
    await serial(signal, () => Promise.resolve());
    expect(started).toBe(false);
  });

  test('work that has begun ends by itself', async () => {
    const serial = makeSerial();
    const cancel = new AbortController();
    const gate = Promise.withResolvers<string>();
    const running = serial(cancel.signal, () => gate.promise);
    await Promise.resolve();
    await new Promise(setImmediate);

    cancel.abort(new Error('enough'));
    gate.resolve('cleaned up');

    expect(await running).toBe('cleaned up');
  });
});
