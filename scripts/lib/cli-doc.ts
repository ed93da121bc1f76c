import type { Command } from 'commander';
import { commandsFrom } from '../../src/cli/command-tree.ts';
import { helpTail } from '../../src/cli/finish-commands.ts';
import { makeProgram } from '../../src/cli/program.ts';

const INTRODUCTION = `# Command line

What \`flowkeeper --help\` and \`flowkeeper <command> --help\` print. From a clone, \`npm run -s flowkeeper --\` stands
for \`flowkeeper\`. This page is made from the program by \`npm run generate\`.

- Data goes to stdout, progress and errors to stderr. \`--quiet\` leaves out progress, notes and warnings; \`--verbose\` adds a log
  of JSON lines on stderr, and to an error the place in the code where it arose (as the environment variable \`FLOWKEEPER_DEBUG=1\` does).
- Colour, and a bar that is redrawn, are for terminals alone, and not with \`NO_COLOR\` or \`TERM=dumb\`.
- \`--output json\` and \`yaml\` are for programs: documents with \`apiVersion: flowkeeper/v1\`, described by \`schemas/\`.
- Exit codes mean the same everywhere: 0 done, nothing differs; 1 failed; 2 differences remain; 3 config or desired state invalid;
  4 a gate denied the run.
- An error says what happened and why, its code, which [errors.md](errors.md) explains, and the next step.
- \`flowkeeper completion bash|zsh|fish\` prints a script that completes commands, options and their values.
`;

/** docs/cli.md: the help of every command. */
export function renderCliDoc(): string {
  const program = makeProgram(() => Promise.resolve());
  const sections = commandsFrom(program).flatMap(({ path, command }) => [
    `## \`${['flowkeeper', path].join(' ').trim()}\``,
    '',
    '```text',
    helpOf(command, path),
    '```',
    '',
  ]);
  return `${[INTRODUCTION, ...sections].join('\n').trimEnd()}\n`;
}

/** As wide on every machine. */
function helpOf(command: Command, path: string): string {
  const help = command.configureHelp({ ...command.configureHelp(), helpWidth: 100 });
  return `${help.helpInformation().trimEnd()}\n\n${helpTail(path, command)}`.trimEnd();
}
