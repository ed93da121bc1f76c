import { describe, expect, jest, test } from '@jest/globals';
import type { Command } from 'commander';
import { commandsFrom, leafCommands } from '../../../src/cli/command-tree.ts';
import { makeProgram } from '../../../src/cli/program.ts';
import { runProgramHere } from '../../support/run-cli.ts';

// the first use of a command loads most of the program
jest.setTimeout(60_000);

const program = makeProgram(() => Promise.resolve());
const all = commandsFrom(program).map(({ path, command }) => ({
  path: path === '' ? 'flowkeeper' : path,
  words: path.split(' ').filter(Boolean),
  command,
}));
const leaves = leafCommands(program).map(({ path, command }) => ({
  path,
  words: path.split(' '),
  command,
  args: argumentsOf(command),
}));
const configReaders = leaves
  .filter(({ command }) => has(command, '--config'))
  // `explain` reads it for a revision only
  .map((leaf) => ({
    ...leaf,
    args: [...leaf.command.registeredArguments.map(() => 'a'), ...mandatory(leaf.command)],
  }));

const STACK = /^ +at .+:\d+:\d+\)?$/m;
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;

describe('every command', () => {
  test.each(all)(
    '$path --help: each option and argument in words, and no control characters',
    async ({ words, command }) => {
      const { exitCode, stdout, stderr } = await runProgramHere([...words, '--help']);
      expect([exitCode, stderr]).toEqual([0, '']);
      expect(stdout).not.toMatch(CONTROL);
      // an example is for copying, and so on one line
      const prose = stdout.split('\n').filter((line) => !line.startsWith('  flowkeeper '));
      expect(prose.filter((line) => line.length > 120)).toEqual([]);
      expect(command.description()).not.toBe('');
      for (const { description } of [...command.options, ...command.registeredArguments])
        expect(description).toMatch(/\w{2}/);
      if (command.commands.length === 0)
        expect(stdout).toMatch(/^Examples:\n {2}# [^]*^Exit codes:\n {2}0 /m);
    },
  );

  test.each(all.filter(({ words }) => words.length > 0))(
    '$path, misspelt, is refused with the right word',
    async ({ words }) => {
      const last = words.at(-1) ?? '';
      const slip = [...words.slice(0, -1), `${last.slice(0, -2)}${last.slice(-1)}`];
      const end = await runProgramHere(slip);
      expectRefused(end);
      expect(end.stderr).toContain(`Did you mean ${last}?`);
    },
  );

  test.each(leaves)(
    '$path refuses a flag that it has not, and names the one that is meant',
    async ({ words, command, args }) => {
      const flags = command.options.flatMap(({ long }) => (typeof long === 'string' ? [long] : []));
      for (const flag of flags.filter((each) => each.length > 6)) {
        const end = await runProgramHere([
          ...words,
          ...args,
          `${flag.slice(0, 4)}${flag.slice(5)}`,
        ]);
        expectRefused(end);
        expect(end.stderr).toContain(`Did you mean ${flag}?`);
        expect(end.stderr).toContain(`flowkeeper ${words.join(' ')} --help`);
      }
    },
  );

  test.each(leaves)(
    '$path takes --quiet or --verbose, not both',
    async ({ words, command, args }) => {
      expect([has(command, '--quiet'), has(command, '--verbose')]).toEqual([true, true]);
      expectRefused(await runProgramHere([...words, ...args, '--quiet', '--verbose']));
    },
  );

  test.each(leaves)('$path refuses an argument too many', async ({ words, command }) => {
    const tooMany = command.registeredArguments.map(({ argChoices }) => argChoices?.[0] ?? 'a');
    expectRefused(await runProgramHere([...words, ...mandatory(command), ...tooMany, 'one-more']));
  });

  test.each(leaves.filter(({ command }) => has(command, '--output')))(
    '$path refuses a format that it has not, and lists those that it has',
    async ({ words, args, command }) => {
      const end = await runProgramHere([...words, ...args, '--output', 'xlsx']);
      expectRefused(end);
      for (const choice of choicesOf(command, '--output')) expect(end.stderr).toContain(choice);
    },
  );
});

describe('every command that reads the config', () => {
  test.each(configReaders)(
    '$path says that there is none, with code and next step: 3',
    async ({ words, args, command }) => {
      for (const output of [undefined, ...choicesOf(command, '--output')]) {
        const flags = output === undefined ? [] : ['--output', output];
        const end = await runProgramHere([...words, ...args, ...flags, '--config', 'nowhere.yaml']);
        expect(end.exitCode).toBe(3);
        const said = `${end.stdout}${end.stderr}`;
        expect(said).toContain('config.missing');
        expect(said).toMatch(/next"?: /);
        expect(said).toContain('nowhere.yaml');
        expect(said).not.toMatch(STACK);
        expect(said).not.toMatch(CONTROL);
      }
    },
  );

  test.each(configReaders.filter(({ path }) => path !== 'doctor'))(
    '$path shows where an error arose when it is asked to',
    async ({ words, args }) => {
      const line = [...words, ...args, '--config', 'nowhere.yaml'];
      expect((await runProgramHere([...line, '--verbose'])).stderr).toMatch(STACK);
      expect((await runProgramHere(line, { FLOWKEEPER_DEBUG: '1' })).stderr).toMatch(STACK);
      expect((await runProgramHere(line, { FLOWKEEPER_DEBUG: '' })).stderr).not.toMatch(STACK);
    },
  );
});

function expectRefused({
  exitCode,
  stdout,
  stderr,
}: Awaited<ReturnType<typeof runProgramHere>>): void {
  expect([exitCode, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^flowkeeper: .+ \[cli\.usage\]\n {2}next: .+\n$/);
  expect(stderr).not.toMatch(CONTROL);
}

function has(command: Command, flag: string): boolean {
  return command.options.some(({ long }) => long === flag);
}

function choicesOf(command: Command, flag: string): readonly string[] {
  return command.options.find(({ long }) => long === flag)?.argChoices ?? [];
}

/** As many as it needs, and the options that it cannot do without. */
function argumentsOf(command: Command): readonly string[] {
  const words = command.registeredArguments
    .filter(({ required }) => required)
    .map(({ argChoices }) => argChoices?.[0] ?? 'a');
  return [...words, ...mandatory(command)];
}

function mandatory(command: Command): readonly string[] {
  return command.options.flatMap(({ long, mandatory: isNeeded }) =>
    isNeeded && typeof long === 'string' ? [long, '2026-01-01'] : [],
  );
}
