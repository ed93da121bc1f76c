import type { Command } from 'commander';
import { duration, withCommon } from './command-options.ts';
import type { RevertOptions } from './commands/revert.ts';
import type { WaitOptions } from './commands/wait.ts';
import type { Run } from './options.ts';

/** What became of what was merged. */
export function addFollowCommands(program: Command, run: Run): void {
  addWait(program, run);
  addRevert(program, run);
}

function addWait(program: Command, run: Run): void {
  withCommon(program.command('wait'), ['text', 'json', 'yaml'])
    .description(
      'waits until the status branch tells what became of a commit, for pipelines; asks no org',
    )
    .argument('<revision>', 'a commit, branch or tag')
    .option('--timeout <duration>', 'how long at most; 0s looks once', duration, 300_000)
    .option(
      '--base <ref>',
      'what the commit is compared with; by default its first parent, for a push of several commits the head before',
    )
    .action((revision: string, options: WaitOptions) =>
      run(async (io) => (await import('./commands/wait.ts')).runWait(io, revision, options)),
    );
}

function addRevert(program: Command, run: Run): void {
  withCommon(program.command('revert'), ['text', 'json', 'yaml'])
    .description(
      'makes the commit that reverts a flow, or all that a run brought, on a new branch of a clone; pushes nothing',
    )
    .argument('<flow|run>', 'a flow by id, name or path of its file; or the id of a run')
    .option('--folder <path>', 'the clone; by default the repository of the config')
    .option('--branch <name>', 'a name for the new branch')
    .action((what: string, options: RevertOptions) =>
      run(async (io) => (await import('./commands/revert.ts')).runRevert(io, what, options)),
    );
}
