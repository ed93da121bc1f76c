import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

test('the README lists every command that there is, and no other', () => {
  const readme = readFileSync(`${ROOT}README.md`, 'utf8');
  const listed = [...readme.matchAll(/^\| `([a-z]+)[^`]*` +\|/gm)].map(([, name]) => name);
  expect(listed.toSorted()).toEqual(commandsOf(help()).toSorted());
});

function help(): string {
  const { stdout } = spawnSync(process.execPath, [`${ROOT}src/cli/main.ts`, '--help'], {
    encoding: 'utf8',
  });
  return stdout;
}

function commandsOf(text: string): string[] {
  const list = text.slice(text.indexOf('Commands:'));
  const names = [...list.matchAll(/^ {2}([a-z]+)(?: |$)/gm)].map(([, name]) => name ?? '');
  return names.filter((name) => name !== 'help');
}
