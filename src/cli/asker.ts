import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { usageError } from '../domain/usage-error.ts';
import { write } from './io.ts';

/** Asks a person, line by line. */
export interface Asker {
  /** @throws cli.usage when there is nobody to answer any more */
  ask(question: { readonly text: string; readonly byDefault?: string }): Promise<string>;
  close(): void;
}

export function makeAsker(input: Readable, output: Writable, signal: AbortSignal): Asker {
  // every line counts, also those that were typed before their question
  const reader = createInterface({ input, signal });
  const lines = reader[Symbol.asyncIterator]();
  return {
    async ask({ text, byDefault }) {
      await write(output, byDefault === undefined ? `${text}: ` : `${text} [${byDefault}]: `);
      const next = await lines.next();
      signal.throwIfAborted();
      if (next.done !== true) return next.value;
      throw usageError(
        'the answers ended before the questions',
        'Answer all of them, or give them as flags: `flowkeeper init --help`.',
      );
    },
    close: () => {
      reader.close();
    },
  };
}
