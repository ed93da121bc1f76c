import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { parseDuration } from '../domain/duration.ts';
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

/** @returns milliseconds of `30s`, `5m`, … */
export function duration(text: string): number {
  const ms = parseDuration(text);
  if (ms !== undefined) return ms;
  throw new InvalidArgumentError('a duration such as 30s, 5m or 1h is expected');
}

export function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a whole number is expected');
}
