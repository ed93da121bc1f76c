import type { CommandExit } from './options.ts';

/** What the help of a command says beside its options. */
export interface CommandHelp {
  /** What is wanted, and the line that does it. */
  readonly examples: readonly Example[];
  /** What its exit codes say, beside those that go without saying: 1 failed, and 3 where it reads the config. */
  readonly exits: Partial<Readonly<Record<CommandExit, string>>>;
}

type Example = readonly [wanted: string, line: string];
