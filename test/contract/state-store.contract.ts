import { describe } from '@jest/globals';
import type { StateStore } from '../../src/ports/state-store.ts';
import { describeJournal } from './state-store.journal.ts';
import { describeOutbox } from './state-store.outbox.ts';
import { describeRecords } from './state-store.records.ts';
import type { Given } from './state-store.words.ts';

/** What every StateStore owes the engine. `open` gives one and the same memory each time within a test. */
export function describeStateStore(
  name: string,
  start: () => Promise<{ open: () => Promise<StateStore>; stop: () => Promise<void> }>,
): void {
  const given: Given = (body) => async () => {
    const memory = await start();
    try {
      await body(memory.open);
    } finally {
      await memory.stop();
    }
  };
  describe(`StateStore contract: ${name}`, () => {
    describeJournal(given);
    describeRecords(given);
    describeOutbox(given);
  });
}
