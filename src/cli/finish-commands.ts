import { Option } from 'commander';
import type { Command, CommanderError, OutputConfiguration } from 'commander';
import { usageError } from '../domain/usage-error.ts';
import { COMMAND_HELP } from './command-help.ts';
import type { CommandHelp } from './help-words.ts';
import { commandsFrom, leafCommands } from './command-tree.ts';
import type { Io } from './io.ts';

/** Columns where there is no terminal. */
const LOG_WIDTH = 100;

/**
 * Gives every command what all of them have: `--quiet`, `--verbose`, examples and exit codes in its help, typed errors.
 *
 * @param out where help goes
 */
export function finishCommands(program: Command, out: Pick<Io, 'stdout' | 'stderr'>): void {
  const output: OutputConfiguration = {
    writeOut: (text) => void out.stdout.write(text),
    writeErr: (text) => void out.stderr.write(text),
    outputError: () => undefined,
    getOutHelpWidth: () => out.stdout.columns ?? LOG_WIDTH,
    getErrHelpWidth: () => out.stderr.columns ?? LOG_WIDTH,
  };
  for (const { path, command } of commandsFrom(program)) {
    command
      .helpOption('-h, --help', 'show this help')
      .configureOutput(output)
      .exitOverride((error) => {
        throw typed(error, path);
      });
    if (command.commands.length > 0) command.helpCommand('help [command]', 'show its help');
  }
  for (const { path, command } of leafCommands(program)) {
    command
      .addOption(
        new Option(
          '--quiet',
          'no progress, notes or warnings: the result and errors alone',
        ).conflicts('verbose'),
      )
      .option('--verbose', 'log what happens, as JSON lines on stderr, and where an error arose')
      .addHelpText('after', () => `\n${helpTail(path, command)}\n`);
  }
}

/** The examples and exit codes, as they stand below the options. */
export function helpTail(path: string, command: Command): string {
  const help = COMMAND_HELP[path];
  if (!help) return '';
  const examples = help.examples.flatMap(([wanted, line]) => [`  # ${wanted}`, `  ${line}`]);
  const exits = exitsOf(help, command).map(([code, says]) => `  ${code}  ${says}`);
  return ['Examples:', ...examples, '', 'Exit codes:', ...exits].join('\n');
}

function exitsOf({ exits }: CommandHelp, command: Command): readonly (readonly [string, string])[] {
  const readsConfig = command.options.some(({ long }) => long === '--config');
  const all = { 1: 'failed', ...(readsConfig && { 3: 'the config is invalid' }), ...exits };
  return Object.entries(all).sort(([a], [b]) => Number(a) - Number(b));
}

/** What commander found wrong with the line, as an error of ours; its own ends (help, version) stay as they are. */
function typed(error: CommanderError, path: string): Error {
  if (error.exitCode === 0 || error.code === 'commander.help') return error;
  const [first = '', ...others] = error.message.replace(/^error: /, '').split('\n');
  const where = path === '' ? 'flowkeeper' : `flowkeeper ${path}`;
  const reason = (path === '' ? first : `${path}: ${first}`).replace(/\.$/, '');
  const meant = others.map((line) => line.replace(/^\((.*)\)$/, '$1')).filter(Boolean);
  const hint = [...meant, `\`${where} --help\` shows what there is.`].join(' ');
  return usageError(reason, hint);
}
