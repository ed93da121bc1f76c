import type { ExitCode } from '../domain/error-catalog.ts';
import type { Io } from './io.ts';

/** Options that every command has. */
export interface CommonOptions {
  readonly config: string;
  readonly org?: readonly string[];
  readonly output: OutputFormat;
  readonly verbose?: boolean;
}

/** The orgs that a command is about, as the app takes them. */
export function orgsOf({ org }: CommonOptions): { readonly orgs?: readonly string[] } {
  return org === undefined ? {} : { orgs: org };
}

export type OutputFormat = 'text' | 'json' | 'yaml' | 'markdown';

/** 5: not known yet, of `wait` alone. */
export type CommandExit = ExitCode | 5;
/** What a command does, once it is known which. */
export type Action = (io: Io) => Promise<CommandExit>;
export type Run = (action: Action) => Promise<void>;

/** How much is to be told beside the result. */
export interface Asked {
  readonly isQuiet: boolean;
  readonly isVerbose: boolean;
}
