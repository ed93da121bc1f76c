import { Writable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { makeWinstonLog } from '../../../../src/adapters/logger/winston-log.ts';
import type { WinstonLogOptions } from '../../../../src/adapters/logger/winston-log.ts';
import type { LogFields } from '../../../../src/ports/log.ts';
import type { Log } from '../../../../src/ports/log.ts';

const CANARY = 'canary"4711\\/x';

class Sink extends Writable {
  text = '';
  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

async function linesOf(
  write: (log: Log) => void,
  options: Partial<WinstonLogOptions> = {},
): Promise<string[]> {
  const stream = new Sink();
  write(makeWinstonLog({ level: 'debug', stream, secrets: [CANARY], ...options }));
  await new Promise((resolve) => setImmediate(resolve));
  return stream.text.split('\n').slice(0, -1);
}

async function objectsOf(write: (log: Log) => void): Promise<Record<string, unknown>[]> {
  return (await linesOf(write)).map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('makeWinstonLog', () => {
  test('writes one JSON line an event: time, level, message, fields', async () => {
    const [line] = await objectsOf((log) => {
      log.info('started\nnow', { runId: 'run-1', n: 3, nested: { a: [1, null] }, gone: undefined });
    });
    expect(line).toEqual({
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      level: 'info',
      message: 'started\nnow',
      runId: 'run-1',
      n: 3,
      nested: { a: [1, null] },
    });
  });

  test('a child’s fields are on each of its lines; a line’s own win', async () => {
    const lines = await objectsOf((log) => {
      const child = log.with({ runId: 'run-1', org: 'a' }).with({ flowId: 'f' });
      child.warn('one');
      child.warn('two', { org: 'b' });
      log.warn('three');
    });
    expect(lines.map(({ runId, org, flowId }) => [runId, org, flowId])).toEqual([
      ['run-1', 'a', 'f'],
      ['run-1', 'b', 'f'],
      [undefined, undefined, undefined],
    ]);
  });

  test('a field cannot pretend to be the time, the level or the message', async () => {
    const [line] = await objectsOf((log) => {
      log.error('true', { message: 'false', level: 'debug', timestamp: 'never', splat: ['x'] });
    });
    expect(line).toMatchObject({
      message: 'true',
      level: 'error',
      message_: 'false',
      level_: 'debug',
    });
    expect(line?.['splat']).toEqual(['x']);
  });

  test('messages with percent signs are what they are', async () => {
    const [line] = await objectsOf((log) => {
      log.info('100 %s %d %o', { a: 1 });
    });
    expect(line?.['message']).toBe('100 %s %d %o');
  });

  test.each([
    ['error', ['error']],
    ['warn', ['warn', 'error']],
    ['info', ['info', 'warn', 'error']],
    ['debug', ['debug', 'info', 'warn', 'error']],
  ] as const)('level %s writes %j', async (level, expected) => {
    const lines = await linesOf(
      (log) => {
        log.debug('x');
        log.info('x');
        log.warn('x');
        log.error('x');
      },
      { level },
    );
    expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual(expected);
  });

  const everywhere: readonly [string, (log: Log) => void][] = [
    [
      'the message',
      (log) => {
        log.info(`with ${CANARY} inside`);
      },
    ],
    [
      'a field',
      (log) => {
        log.info('m', { a: CANARY });
      },
    ],
    [
      'a nested field',
      (log) => {
        log.info('m', { a: { b: [{ c: `x${CANARY}` }] } });
      },
    ],
    [
      'a child’s field',
      (log) => {
        log.with({ a: CANARY }).error('m');
      },
    ],
    [
      'a key',
      (log) => {
        log.info('m', { [CANARY]: 1 });
      },
    ],
    [
      'a nested key',
      (log) => {
        log.info('m', { a: { [CANARY]: 1 } });
      },
    ],
    [
      'JSON in a field',
      (log) => {
        log.info('m', { body: JSON.stringify({ a: JSON.stringify(CANARY) }) });
      },
    ],
    [
      'an error in a field',
      (log) => {
        log.error('m', { error: { message: CANARY, stack: `Error: ${CANARY}\n  at x` } });
      },
    ],
    [
      'a real error in a field',
      (log) => {
        log.error('m', { error: new Error(CANARY) } as unknown as LogFields);
      },
    ],
    [
      'a header',
      (log) => {
        log.debug('m', { headers: { authorization: `Bearer ${CANARY}` } });
      },
    ],
    [
      'Base64',
      (log) => {
        log.debug('m', { a: Buffer.from(`id:${CANARY}`).toString('base64') });
      },
    ],
    [
      'a URL',
      (log) => {
        log.debug(`GET https://x/?a=${encodeURIComponent(CANARY)}`);
      },
    ],
  ];
  test.each(
    everywhere.flatMap(([name, write]) =>
      [true, false].map((json) => [name, json, write] as const),
    ),
  )('a secret in %s is never written (JSON: %p)', async (_, json, write) => {
    const [line = ''] = await linesOf(write, { json });
    expect(line).not.toBe('');
    for (const form of ['4711', Buffer.from('id:canary').toString('base64').slice(4), 'canary%22'])
      expect(line).not.toContain(form);
  });

  test('a secret that is a number is taken out too, and the line is still JSON', async () => {
    const [line = ''] = await linesOf(
      (log) => {
        log.info('m', { n: 87654321 });
      },
      { secrets: ['87654321'] },
    );
    expect(line).not.toContain('87654321');
    expect(JSON.parse(line)).toMatchObject({ level: 'info' });
  });

  test('fields that are not JSON do not stop the caller', async () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    const [one, two] = await objectsOf((log) => {
      log.info('cycle', { cycle } as unknown as LogFields);
      log.info('big', { n: 1n } as unknown as LogFields);
    });
    expect([one?.['message'], two?.['message']]).toEqual(['cycle', 'big']);
  });

  test('a stream that breaks stops nothing', async () => {
    const stream = new Writable({
      write: (_chunk, _encoding, done) => {
        done(new Error('EPIPE'));
      },
    });
    const log = makeWinstonLog({ level: 'info', stream, secrets: [] });
    log.info('one');
    await new Promise((resolve) => setImmediate(resolve));
    log.info('two');
    await new Promise((resolve) => setImmediate(resolve));
    expect(stream.destroyed).toBe(true);
  });

  test('for people: a short line, control characters made visible', async () => {
    const [line] = await linesOf(
      (log) => {
        log.warn('slow \u001b[31mred\n', {
          runId: 'run-1',
          why: 'two words',
          n: { a: 1 },
          no: undefined,
        });
      },
      { json: false },
    );
    expect(line).toMatch(
      /^\d\d:\d\d:\d\d warn {2}slow \\u001b\[31mred\\u000a runId=run-1 why="two words" n=\{"a":1\}$/,
    );
  });
});
