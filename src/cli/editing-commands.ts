import { Argument } from 'commander';
import type { Command } from 'commander';
import { outputOption, wholeNumber } from './command-options.ts';
import type { ValidateOptions } from './commands/validate.ts';
import type { WatchOptions } from './commands/watch.ts';
import { SHELLS } from './completion/shells.ts';
import type { Shell } from './completion/shells.ts';
import { write } from './io.ts';
import type { Run } from './options.ts';

/** What helps while files, or a line, are written. */
export function addEditingCommands(program: Command, run: Run): void {
  addValidate(program, run);
  addWatch(program, run);
  addCompletion(program, run);
}

function addValidate(program: Command, run: Run): void {
  program
    .command('validate')
    .argument('[path]', 'the desired-state folder, or a repository that has one', '.')
    .description('checks desired-state files, offline, every fault at file:line:column')
    .addOption(outputOption(['text', 'json', 'yaml', 'github', 'gitlab', 'junit', 'sarif']))
    .option('--explain [flow]', 'what is in effect, value by value, and at which line it is said')
    .option('--config <file>', 'check this config too; its variables must be set')
    .action((path: string, options: ValidateOptions) =>
      run(async (io) => (await import('./commands/validate.ts')).runValidate(io, path, options)),
    );
}

function addWatch(program: Command, run: Run): void {
  program
    .command('watch')
    .argument('[path]', 'as validate takes it; by default the repository of the config, or .')
    .description('validates and plans again at every save; writes neither files nor flows')
    .option('--config <file>', 'by default flowkeeper.yaml, if it is there; without one, no plan')
    .option('--org <name...>', 'plan only these orgs')
    .option('--refresh <seconds>', 'time between two reads of the orgs', wholeNumber, 60)
    .action((path: string | undefined, options: WatchOptions) =>
      run(async (io) => (await import('./commands/watch.ts')).runWatch(io, path, options)),
    );
}

function addCompletion(program: Command, run: Run): void {
  program
    .command('completion')
    .description('prints a script that completes commands, options and their values in a shell')
    .addArgument(new Argument('<shell>', 'which one').choices(SHELLS))
    .action((shell: Shell) =>
      run(async (io) => {
        const { completionScript } = await import('./completion/completion-script.ts');
        return write(io.stdout, completionScript(program, shell)).then(() => 0 as const);
      }),
    );
}
