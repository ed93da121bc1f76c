import type { Argument, Command, Option } from 'commander';
import { commandsFrom } from '../command-tree.ts';

/** What can be typed after the words of a command. */
export interface CompletedCommand {
  /** `/audit/verify`; empty for `flowkeeper` alone. */
  readonly at: string;
  readonly subcommands: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly CompletedOption[];
  /** Values of its first argument. */
  readonly argument: Value;
}

export interface CompletedOption {
  /** `--output` */
  readonly flag: string;
  readonly description: string;
  /** Undefined for a flag that takes none. */
  readonly value?: Value;
}

export type Value =
  | { readonly kind: 'choices'; readonly choices: readonly string[] }
  /** Anything else: a number, a name. */
  | { readonly kind: 'files' | 'other' };

/** The whole command line, as completion scripts need it. */
export function completedCommands(program: Command): readonly CompletedCommand[] {
  return commandsFrom(program).map(({ path, command }) => ({
    at: path === '' ? '' : `/${path.replaceAll(' ', '/')}`,
    subcommands: command.commands.map((each) => ({
      name: each.name(),
      description: each.description(),
    })),
    options: command
      .createHelp()
      .visibleOptions(command)
      .flatMap((option) => optionOf(option)),
    argument: argumentOf(command.registeredArguments[0]),
  }));
}

function optionOf(option: Option): readonly CompletedOption[] {
  const { long, description } = option;
  if (typeof long !== 'string') return [];
  const takesValue = option.required || option.optional;
  return [
    {
      flag: long,
      description,
      ...(takesValue && { value: valueOf(option.flags, option.argChoices) }),
    },
  ];
}

function argumentOf(argument: Argument | undefined): Value {
  if (!argument) return { kind: 'other' };
  return valueOf(argument.name(), argument.argChoices);
}

/** @param words what the help calls it, such as `--config <file>` or `path` */
function valueOf(words: string, choices: readonly string[] | undefined): Value {
  if (choices) return { kind: 'choices', choices };
  return { kind: /\b(file|folder|path)\b[^-]*$/.test(words) ? 'files' : 'other' };
}

/** For bash and zsh, the branches of `case "$at:$prev" in` that complete the value of an option. */
export function valueCases(
  commands: readonly CompletedCommand[],
  actionOf: (value: Value) => string,
): string {
  const cases = commands.flatMap(({ at, options }) =>
    options.flatMap(({ flag, value }) =>
      value === undefined ? [] : [`    '${at}:${flag}') ${actionOf(value)}; return ;;`],
    ),
  );
  return cases.join('\n');
}
