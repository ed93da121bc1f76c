import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { makeProgram } from '../../src/cli/program.ts';

test('the README lists every command that there is, and no other', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const listed = [...readme.matchAll(/^\| `([a-z]+)[^`]*` +\|/gm)].map(([, name]) => name);
  const { commands } = makeProgram(() => Promise.resolve());
  expect(listed.toSorted()).toEqual(commands.map((command) => command.name()).toSorted());
});
