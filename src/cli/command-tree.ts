import type { Command } from 'commander';

export interface NamedCommand {
  /** Its words without `flowkeeper`: `audit verify`; empty for the program itself. */
  readonly path: string;
  readonly command: Command;
}

/** A command and those below it, in their order; commander's own `help` is none of them. */
export function commandsFrom(command: Command, path = ''): readonly NamedCommand[] {
  const below = command.commands.flatMap((each) =>
    commandsFrom(each, path === '' ? each.name() : `${path} ${each.name()}`),
  );
  return [{ path, command }, ...below];
}

/** Those that do something by themselves. */
export function leafCommands(program: Command): readonly NamedCommand[] {
  return commandsFrom(program).filter(({ command }) => command.commands.length === 0);
}
