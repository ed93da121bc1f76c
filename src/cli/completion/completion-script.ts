import type { Command } from 'commander';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import type { Shell } from './shells.ts';
import { completedCommands } from './words.ts';
import type { CompletedCommand } from './words.ts';
import { zshScript } from './zsh.ts';

const SCRIPTS: Readonly<Record<Shell, (commands: readonly CompletedCommand[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/** A script of plain words: completing starts no process of ours. */
export function completionScript(program: Command, shell: Shell): string {
  return SCRIPTS[shell](completedCommands(program));
}
