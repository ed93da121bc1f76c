import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { makeProgram } from '../../src/cli/program.ts';

const ROOT = new URL('../../', import.meta.url);
const PAGES = [
  'README.md',
  ...readdirSync(new URL('docs', ROOT))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

describe('the command lines of the pages', () => {
  test.each(PAGES)('%s shows only lines that the program understands', async (page) => {
    const text = readFileSync(new URL(page, ROOT), 'utf8');
    const blocks = [...text.matchAll(/^```sh[^\n]*\n([^]*?)^```$/gm)].map(([, body = '']) => body);
    const lines = blocks.flatMap((body) => body.replaceAll('\\\n', ' ').split('\n'));
    for (const line of lines) {
      const [, words] = /^(?:npm run -s flowkeeper -- |flowkeeper )([^|>#]*)/.exec(line) ?? [];
      if (words === undefined) continue;
      await expect(understood(words)).resolves.toBe(words);
    }
  });
});

/** Parses a line as far as to what it would do. @throws saying what is wrong with it */
async function understood(words: string): Promise<string> {
  const argv = [...words.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, a, b, c]) => a ?? b ?? c ?? '',
  );
  const program = makeProgram(() => Promise.resolve());
  try {
    await program.parseAsync(['node', 'flowkeeper', ...argv]);
  } catch (error) {
    throw new Error(`flowkeeper ${words}: ${(error as Error).message}`, { cause: error });
  }
  return words;
}
