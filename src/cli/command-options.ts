import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import type { OutputFormat } from './options.ts';

export function withCommon(command: Command, formats: readonly OutputFormat[]): Command {
  return command
    .option('--config <file>', 'the config file', 'flowkeeper.yaml')
    .option('--org <name...>', 'only these orgs')
    .addOption(outputOption(formats));
}

export function outputOption(formats: readonly string[], byDefault = 'text'): Option {
  return new Option('--output <format>', 'how the result is printed')
    .choices(formats)
    .default(byDefault);
}

export function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a whole number is expected');
}
