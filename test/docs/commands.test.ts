import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { COMMAND_HELP } from '../../src/cli/command-help.ts';
import { leafCommands } from '../../src/cli/command-tree.ts';
import { makeProgram } from '../../src/cli/program.ts';

const program = makeProgram(() => Promise.resolve());

test('the README lists every command that there is, and no other', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const listed = [...readme.matchAll(/^\| `([a-z]+)[^`]*` +\|/gm)].map(([, name]) => name);
  const words = leafCommands(program).map(({ path }) => path.split(' ')[0]);
  expect([...new Set(listed)].toSorted()).toEqual([...new Set(words)].toSorted());
});

describe('the examples of the help', () => {
  const commands = leafCommands(program).map(({ path }) => path);

  test('are for the commands that there are (src/cli/command-help.ts)', () => {
    expect(Object.keys(COMMAND_HELP).toSorted()).toEqual(commands.toSorted());
  });

  test.each(commands)('%s has some, each of which the program understands', async (path) => {
    const lines = (COMMAND_HELP[path]?.examples ?? []).map(([, line]) => line);
    expect(lines).not.toEqual([]);
    for (const line of lines) {
      expect(line).toContain(`flowkeeper ${path}`);
      await expect(understood(line)).resolves.toBe(line);
    }
  });
});

/** Every command of a line is parsed, as far as to what it would do. */
async function understood(line: string): Promise<string> {
  let actions = 0;
  const commands = [...line.matchAll(/flowkeeper ([^|>)]*)/g)].map(([, words = '']) => words);
  for (const words of commands) {
    const argv = [...words.matchAll(/'([^']*)'|(\S+)/g)].map(([, a, b]) => a ?? b ?? '');
    await makeProgram(() => {
      actions += 1;
      return Promise.resolve();
    }).parseAsync(['node', 'flowkeeper', ...argv]);
  }
  expect(actions).toBe(commands.length);
  return line;
}
