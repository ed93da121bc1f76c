import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openSqliteLease } from '../../../../src/adapters/state/sqlite-lease.ts';
import { openSqliteStateStore } from '../../../../src/adapters/state/sqlite-state-store.ts';
import type { SqliteStateStore } from '../../../../src/adapters/state/sqlite-state-store.ts';
import { FakeClock } from '../../../support/fakes/fake-clock.ts';
import { MemoryLog } from '../../../support/fakes/memory-log.ts';
import { aStateFolder } from '../../../support/state-folder.ts';

const SCRIPT = fileURLToPath(new URL('../../../support/journal-until-killed.ts', import.meta.url));
let directory: string;

beforeAll(async () => {
  directory = await aStateFolder();
});
afterAll(() => rm(directory, { recursive: true }));

/** What the process had said to be done when it was killed, right after so many words. */
async function wordsOfKilled(name: string, words: number): Promise<string[]> {
  const child = spawn(process.execPath, [SCRIPT, directory, name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: string[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    said.push(line);
    if (said.length === words) child.kill('SIGKILL');
  });
  await Promise.all([once(child, 'exit'), once(lines, 'close')]);
  return said;
}

/** Entries in the journal by attempt, and whether it has ended. */
function journalOf(store: SqliteStateStore): Map<string, { entries: number; ended: boolean }> {
  const rows = store.database.durable.all(
    `select attempt_id, ended_at, count(entry_no) as entries from attempts
     left join journal_entries on attempt_seq = seq group by seq`,
  );
  return new Map(
    rows.map((row) => [
      String(row['attempt_id']),
      { entries: Number(row['entries']), ended: row['ended_at'] !== null },
    ]),
  );
}

describe('a process that is killed while it journals', () => {
  test.each([1, 2, 3, 4, 5, 9, 27, 58, 111, 240])(
    'has kept all that was done, after %i words: whole ends, the lease free at once',
    async (words) => {
      const name = `run${String(words)}`;
      const said = await wordsOfKilled(name, words);
      expect(said.length).toBeGreaterThanOrEqual(words);

      const log = new MemoryLog();
      const clock = new FakeClock({ startAt: Date.now() });
      const store = await openSqliteStateStore({ directory, clock, log });
      try {
        const journal = journalOf(store);
        for (const line of said) {
          const [word, attemptId = '', count] = line.split(' ');
          const kept = journal.get(attemptId);
          expect(kept?.entries).toBeGreaterThanOrEqual(Number(count));
          if (word === 'closed') expect(kept?.ended).toBe(true);
        }

        const ended = [...journal].filter(([, { ended: isEnded }]) => isEnded).map(([id]) => id);
        const { audits } = await store.outbox.pending('acme');
        expect(audits.map(({ attemptId }) => attemptId).sort()).toEqual(ended.sort());
        expect([...(await store.flows.index('acme')).keys()].sort()).toEqual(
          ended.map((id) => `flow-of-${id}`).sort(),
        );
        expect((await store.journal.unfinished('acme')).length).toBe(journal.size - ended.length);

        const lease = openSqliteLease({ store, clock, log });
        await (await lease.acquire('acme', new AbortController().signal)).release();
      } finally {
        await store.close();
      }
    },
  );
});
