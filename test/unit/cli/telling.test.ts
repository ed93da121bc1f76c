import { EventEmitter } from 'node:events';
import { Writable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { wantsColour } from '../../../src/cli/io.ts';
import type { Io } from '../../../src/cli/io.ts';
import { levelOf } from '../../../src/cli/open-app.ts';
import { makeProgress } from '../../../src/cli/progress.ts';
import { runProgram } from '../../../src/cli/program.ts';

describe('what is told beside the result', () => {
  test.each([
    { name: 'a terminal', isTTY: true, env: {}, coloured: true },
    { name: 'a pipe or a log', isTTY: false, env: {}, coloured: false },
    { name: 'NO_COLOR=1', isTTY: true, env: { NO_COLOR: '1' }, coloured: false },
    { name: 'an empty NO_COLOR', isTTY: true, env: { NO_COLOR: '' }, coloured: true },
    { name: 'TERM=dumb', isTTY: true, env: { TERM: 'dumb' }, coloured: false },
  ])('colour in $name: $coloured', ({ isTTY, env, coloured }) => {
    const io = makeIo({ isTTY, env });
    expect(wantsColour(io, io.stdout)).toBe(coloured);
  });

  test('progress in a log is a line every five seconds, without control characters', () => {
    const io = makeIo({ isTTY: false });
    expect(progressOf(io)).toBe(
      'acme: reading the org [########................] 1/3 (5 s)\n' +
        'acme: reading the org [################........] 2/3 (10 s)\n',
    );
  });

  test('progress on a terminal is one bar, which is gone at the end', () => {
    expect(progressOf(makeIo({ isTTY: true }))).toMatch(/3\/3 \(11 s\)\r\u001b\[2K$/);
  });

  test('with --quiet there is none, in neither', () => {
    expect(progressOf(makeIo({ isTTY: false, isQuiet: true }))).toBe('');
    expect(progressOf(makeIo({ isTTY: true, isQuiet: true }))).toBe('');
  });

  test.each([
    { name: 'a terminal', isTTY: true, options: {}, level: 'silent' },
    { name: 'a log', isTTY: false, options: {}, level: 'warn' },
    { name: 'a log with --quiet', isTTY: false, isQuiet: true, options: {}, level: 'silent' },
    { name: '--verbose', isTTY: true, options: { verbose: true }, level: 'debug' },
  ])('the log lines of $name: $level', ({ options, level, ...given }) => {
    const common = { config: '', output: 'text', ...options } as const;
    expect(levelOf(makeIo(given), common)).toBe(level);
  });

  test('a reader that goes away (`| head`) is no error', async () => {
    const stdout = new Writable({
      write: (_chunk, _encoding, done) => {
        done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
      },
    });
    const host = Object.assign(new EventEmitter(), { stdout, stderr: new Sink(), env: {} });
    const line = ['node', 'flowkeeper', 'completion', 'bash'];
    expect(await runProgram(line, host as unknown as NodeJS.Process)).toBe(0);
    expect(host.stderr.text).toBe('');
  });
});

/** What three pages of an org tell in eleven seconds. */
function progressOf(io: TestIo): string {
  let now = 0;
  const progress = makeProgress(io, () => now);
  for (const [at, done] of [
    [500, 0],
    [5_000, 1],
    [10_000, 2],
    [11_000, 3],
  ] as const) {
    now = at;
    progress.progress({ org: 'acme', phase: 'live', done, total: 3 });
  }
  progress.close();
  return io.stderr.text;
}

function makeIo(given: {
  readonly isTTY: boolean;
  readonly isQuiet?: boolean;
  readonly env?: Io['env'];
}): TestIo {
  const { isTTY, isQuiet = false, env = {} } = given;
  const sink = (): Sink => new Sink(isTTY);
  const signal = new AbortController().signal;
  return { stdout: sink(), stderr: sink(), env, isQuiet, signal };
}

interface TestIo extends Io {
  readonly stderr: Sink;
}

class Sink extends Writable {
  text = '';
  readonly isTTY: boolean;

  constructor(isTTY = false) {
    super();
    this.isTTY = isTTY;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }
}
