import type { Command } from 'commander';
import { makeProgram } from '../../src/cli/program.ts';

const INTRODUCTION = `# Commands

What \`flowkeeper --help\` and \`flowkeeper <command> --help\` print. From a clone, \`npm run -s flowkeeper --\` stands
for \`flowkeeper\`. Data goes to stdout, progress and errors to stderr; there is no colour where stdout is no terminal or
\`NO_COLOR\` is set. This page is made from the program by \`npm run generate\`.
`;

/** docs/commands.md: the help of every command. */
export function renderCommandsDoc(): string {
  const program = makeProgram(() => Promise.resolve());
  const sections = commandsBelow(program).flatMap(({ path, command }) => [
    `## \`${path}\``,
    '',
    '```text',
    helpOf(command).trimEnd(),
    '```',
    '',
  ]);
  return `${[INTRODUCTION, ...sections].join('\n').trimEnd()}\n`;
}

interface NamedCommand {
  readonly path: string;
  readonly command: Command;
}

/** The command itself, and those below it, in their order. */
function commandsBelow(command: Command, before = ''): readonly NamedCommand[] {
  const path = `${before}${command.name()}`;
  const below = command.commands.flatMap((each) => commandsBelow(each, `${path} `));
  return [{ path, command }, ...below];
}

/** As wide on every machine. */
function helpOf(command: Command): string {
  return command.configureHelp({ ...command.configureHelp(), helpWidth: 100 }).helpInformation();
}
