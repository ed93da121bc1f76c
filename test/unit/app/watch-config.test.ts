import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../../src/adapters/clock/system-clock.ts';
import { watchConfig } from '../../../src/app/watch-config.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { MemoryLog } from '../../support/fakes/memory-log.ts';

const LOOK_MS = 5_000;

describe('a watched config file', () => {
  let text: string | undefined;
  let end: AbortController;
  let watching: Promise<void>;
  let changes: number;
  let hint: () => void;
  let isWatched: boolean;
  const clock = new FakeClock();

  beforeEach(async () => {
    text = 'a: 1\n';
    end = new AbortController();
    changes = 0;
    isWatched = true;
    const hints = (_: unknown, onHint: () => void): (() => Promise<void>) => {
      hint = onHint;
      return async () => void (isWatched = false);
    };
    const watched = { file: 'f', clock, log: new MemoryLog(), hints, read: async () => text };
    watching = watchConfig(watched, async () => void (changes += 1), end.signal);
    await clock.advance(0);
  });

  afterEach(async () => {
    end.abort();
    await watching;
    expect(isWatched).toBe(false);
  });

  test('that changes is told of by the clock, without any hint: a link may point elsewhere now', async () => {
    text = 'a: 2\n';
    await clock.advance(LOOK_MS - 1);
    expect(changes).toBe(0);
    await clock.advance(1);
    expect(changes).toBe(1);
    await clock.advance(LOOK_MS);
    expect(changes).toBe(1);
  });

  test('is read at once when the file system says so', async () => {
    text = 'a: 2\n';
    hint();
    await clock.advance(50);
    expect(changes).toBe(1);
  });

  test('that is written in parts is told of once', async () => {
    text = 'a: ';
    hint();
    await clock.advance(49);
    text = 'a: 2\n';
    hint();
    await clock.advance(60);
    await clock.advance(LOOK_MS);
    expect(changes).toBe(1);
  });

  test('of which a hint says nothing true causes nothing', async () => {
    hint();
    await clock.advance(50);
    expect(changes).toBe(0);
  });

  test('that is gone for a moment is no change', async () => {
    text = undefined;
    await clock.advance(LOOK_MS);
    text = 'a: 1\n';
    await clock.advance(LOOK_MS);
    expect(changes).toBe(0);
  });
});

test('the file system itself tells of a change', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'flowkeeper-config-'));
  const file = join(folder, 'flowkeeper.yaml');
  await writeFile(file, 'a: 1\n');
  const end = new AbortController();
  // what is not hinted is not looked at
  const clock = {
    ...systemClock,
    sleep: (ms: number, signal: AbortSignal) =>
      systemClock.sleep(ms === LOOK_MS ? 600_000 : ms, signal),
  };
  const changed = Promise.withResolvers<undefined>();
  const onChanged = async (): Promise<void> => {
    changed.resolve(undefined);
  };
  const watching = watchConfig({ file, clock, log: new MemoryLog() }, onChanged, end.signal);
  // chokidar takes its time to begin, and tells of nothing that came before
  const write = setInterval(() => void writeFile(file, `a: ${String(performance.now())}\n`), 100);
  await changed.promise;
  clearInterval(write);
  end.abort();
  await watching;
  await rm(folder, { recursive: true, force: true });
}, 30_000);
