import type { Command } from 'commander';
import { duration, outputOption, withCommon } from './command-options.ts';
import type { DiffOptions } from './commands/diff.ts';
import type { PromoteOptions } from './commands/promote.ts';
import type { RevertOptions } from './commands/revert.ts';
import type { WaitOptions } from './commands/wait.ts';
import type { Run } from './options.ts';

/** What became of what was merged. */
export function addFollowCommands(program: Command, run: Run): void {
  addWait(program, run);
  addDiff(program, run);
  addRevert(program, run);
  addPromote(program, run);
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

function addDiff(program: Command, run: Run): void {
  withCommon(program.command('diff'), ['text', 'json', 'yaml'])
    .description(
      'how a flow stood at a time, as it was recorded: what differed between git (+) and the org (-), and the writes around it; asks no org',
    )
    .argument('<flow>', 'id or name')
    .option('--at <time>', 'an instant with its zone, a date, or now', 'now')
    .action((flow: string, options: DiffOptions) =>
      run(async (io) => (await import('./commands/diff.ts')).runDiff(io, flow, options)),
    );
}

function addPromote(program: Command, run: Run): void {
  program
    .command('promote')
    .description(
      "makes the file of a flow in one org say what another org's says, comments kept; commits nothing",
    )
    .argument('<flow>', 'id, name, or path of its file')
    .requiredOption('--from <org>', 'the org whose file is taken over')
    .requiredOption('--to <org>', 'the org whose file is edited, or made')
    .option('--folder <path>', "the repository's work tree; by default the one of the config")
    .option('--config <file>', 'the config file', 'flowkeeper.yaml')
    .addOption(outputOption(['text', 'json', 'yaml']))
    .action((flow: string, options: PromoteOptions) =>
      run(async (io) => (await import('./commands/promote.ts')).runPromote(io, flow, options)),
    );
}
