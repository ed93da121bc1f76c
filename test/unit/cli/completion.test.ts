import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { commandsFrom } from '../../../src/cli/command-tree.ts';
import { completionScript } from '../../../src/cli/completion/completion-script.ts';
import { SHELLS } from '../../../src/cli/completion/shells.ts';
import { completedCommands } from '../../../src/cli/completion/words.ts';
import { makeProgram } from '../../../src/cli/program.ts';

const program = makeProgram(() => Promise.resolve());
const names = program.commands.map((command) => command.name());
const IN_ZSH = fileURLToPath(new URL('../../support/complete-in-zsh.zsh', import.meta.url));

/** What is typed, up to the Tab, and what must be offered then. */
const CASES: readonly (readonly [line: string, offered: readonly string[]])[] = [
  ['flowkeeper ', names],
  ['flowkeeper rec', ['reconcile']],
  ['flowkeeper audit v', ['verify']],
  ['flowkeeper audit verify --o', ['--org', '--output']],
  ['flowkeeper plan --output ', ['text', 'json', 'yaml', 'markdown']],
  ['flowkeeper plan --org plan --output j', ['json']],
  ['flowkeeper completion ', ['bash', 'zsh', 'fish']],
  ['flowkeeper plan --config or', ['orgs.yaml']],
  ['flowkeeper status --conf', ['--config']],
];

describe('shell completion', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'flowkeeper-completion-'));
    for (const shell of SHELLS)
      writeFileSync(join(folder, fileOf(shell)), completionScript(program, shell));
    writeFileSync(join(folder, 'orgs.yaml'), '');
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('knows every command, option and choice of the program', () => {
    const known = completedCommands(program);
    const commands = commandsFrom(program);
    expect(known).toHaveLength(commands.length);
    commands.forEach(({ command }, i) => {
      const flags = command.options.map(({ long }) => long);
      expect(known[i]?.options.map(({ flag }) => flag)).toEqual([...flags, '--help']);
    });
  });

  const offered: Readonly<Record<(typeof SHELLS)[number], () => readonly string[][]>> = {
    bash: () => linesOf('bash', ['-c', BASH, 'bash', ...CASES.map(([line]) => line)]),
    zsh: () => {
      const text = run('zsh', ['-f', IN_ZSH, folder, ...CASES.map(([line]) => line)]);
      return text
        .split(/^LINE .*\n/m)
        .slice(1)
        .map(wordsOf);
    },
    fish: () => linesOf('fish', ['--no-config', '-c', FISH, ...CASES.map(([line]) => line)]),
  };

  for (const shell of SHELLS) {
    const isThere = spawnSync(shell, ['--version']).status === 0;
    // what this machine lacks cannot be tried; the words themselves are tested above
    (isThere ? test : test.skip)(`${shell} offers what can be typed`, () => {
      const words = offered[shell]();
      const found = CASES.map(([line], i) => [line, (words[i] ?? []).toSorted()]);
      expect(found).toEqual(CASES.map(([line, wanted]) => [line, wanted.toSorted()]));
    });
  }

  function linesOf(shell: string, args: readonly string[]): readonly string[][] {
    return run(shell, args).split('\n').slice(0, -1).map(wordsOf);
  }

  function run(shell: string, args: readonly string[]): string {
    const { PATH = '' } = process.env;
    const env = { PATH, HOME: folder, TERM: 'xterm' };
    const { stdout, stderr } = spawnSync(shell, args, { cwd: folder, env, encoding: 'utf8' });
    expect(stderr).toBe('');
    return stdout;
  }
});

function fileOf(shell: string): string {
  return shell === 'zsh' ? '_flowkeeper' : `flowkeeper.${shell}`;
}

function wordsOf(line: string): string[] {
  return line.split(/\s+/).filter(Boolean);
}

/** Calls the function as readline does; where it leaves file names to readline, so does this. */
const BASH = `
compopt() { files=1; }
source ./flowkeeper.bash
for line in "$@"; do
  read -ra COMP_WORDS <<< "$line"
  if [[ $line == *' ' ]]; then COMP_WORDS+=(''); fi
  COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)) files=
  _flowkeeper
  if [ -n "$files" ]; then COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}")); fi
  echo "\${COMPREPLY[*]}"
done
`;

const FISH = `
source ./flowkeeper.fish
for line in $argv
  echo (complete -C "$line" | cut -f 1)
end
`;
