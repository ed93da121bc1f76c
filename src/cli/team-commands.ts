import { Option } from 'commander';
import type { Command } from 'commander';
import type { AcceptOptions, IgnoreOptions } from './commands/accept.ts';
import type { CommentOptions } from './commands/comment.ts';
import type { ExportOptions } from './commands/export.ts';
import type { InitOptions } from './commands/init.ts';
import type { NotifyOptions } from './commands/notify.ts';
import type { ReportOptions } from './commands/report.ts';
import { outputOption, wholeNumber, withCommon } from './command-options.ts';
import type { OutputFormat, Run } from './options.ts';

/** What a team does with its repository: take an org over, review, answer drift. */
export function addTeamCommands(program: Command, run: Run): void {
  addInit(program, run);
  addExport(program, run);
  addReport(program, run);
  addAccept(program, run);
  addComment(program, run);
  addNotify(program, run);
}

function addInit(program: Command, run: Run): void {
  program
    .command('init')
    .description(
      'asks what a config needs, tries each answer, and writes flowkeeper.yaml and a policy that only reports',
    )
    .argument('[file]', 'the config file that is written', 'flowkeeper.yaml')
    .option('--repository <url>', 'the git repository of the desired state')
    .option('--branch <name>', 'the branch that is the truth')
    .option('--git-token-env <name>', 'the environment variable with the token that reads it')
    .option('--push-token-env <name>', 'that of the token that pushes the status branch')
    .option('--org <name>', 'a name for the org, of its folder in the repository')
    .option('--environment <url>', "the address of the org's API")
    .option('--org-id <uuid>', "the org's id")
    .option('--client-id <id>', 'the id of the OAuth client, or ${NAME} of the environment')
    .option('--client-secret-env <name>', 'the environment variable with its secret')
    .option('--folder <path>', 'a clone, for the first policy; by default the repository itself')
    .option('--force', 'replace a config that is there')
    .option('--no-check', 'try nothing: no git, no org')
    .action((file: string, options: InitOptions) =>
      run(async (io) => (await import('./commands/init.ts')).runInit(io, file, options)),
    );
}

function addExport(program: Command, run: Run): void {
  withCommon(program.command('export'), ['text', 'json', 'yaml'])
    .description('writes desired-state files from the live org, such that the next plan is empty')
    .argument('[folder]', "the repository's work tree; by default the one that the config names")
    .option('--all-blocks', 'blocks that no schema describes, too, as they are')
    .option('--dry-run', 'tell what would be written, and write nothing')
    .action((folder: string | undefined, options: ExportOptions) =>
      run(async (io) => (await import('./commands/export.ts')).runExport(io, folder, options)),
    );
}

function addReport(program: Command, run: Run): void {
  program
    .command('report')
    .description('drift by flow and field: since when, by whom, and one command for each answer')
    .option('--config <file>', 'the config file', 'flowkeeper.yaml')
    .option('--org <name...>', 'only these orgs')
    .addOption(outputOption(['markdown', 'html', 'json', 'csv'], 'markdown'))
    .action((options: ReportOptions) =>
      run(async (io) => (await import('./commands/report.ts')).runReport(io, options)),
    );
}

function addComment(program: Command, run: Run): void {
  program
    .command('comment')
    .description('puts a text on a pull request as its one comment, which is replaced each time')
    .argument('<file>', 'Markdown, as `plan --output markdown` prints it; - reads stdin')
    .addOption(
      new Option('--host <name>', 'by default as the CI system tells').choices([
        'github',
        'gitlab',
      ]),
    )
    .option('--api <url>', 'of the host; by default as the CI system tells')
    .option('--repository <name>', 'owner/name, or the project of GitLab')
    .option('--number <n>', 'of the pull request or merge request', wholeNumber)
    .option('--name <name>', 'tells several comments of one pull request apart', 'plan')
    .option('--strict', 'fail (1) when the comment cannot be written')
    .action((file: string, options: CommentOptions) =>
      run(async (io) => (await import('./commands/comment.ts')).runComment(io, file, options)),
    )
    .addHelpText('after', '\nThe token is GITHUB_TOKEN or GITLAB_TOKEN of the environment.');
}

function addNotify(program: Command, run: Run): void {
  program
    .command('notify')
    .description('what waits for the destinations of notifications, or was given up')
    .option('--config <file>', 'the config file', 'flowkeeper.yaml')
    .option('--destination <name...>', 'only these')
    .addOption(
      new Option('--test', 'send each a test, and print what it answered').conflicts([
        'dryRun',
        'retry',
      ]),
    )
    .addOption(
      new Option('--dry-run', 'print what each would be sent of made-up news').conflicts('retry'),
    )
    .option('--retry', 'what was given up is tried again, by `run` or the next `reconcile`')
    .addOption(outputOption(['text', 'json']))
    .action((options: NotifyOptions) =>
      run(async (io) => (await import('./commands/notify.ts')).runNotify(io, options)),
    );
}

function addAccept(program: Command, run: Run): void {
  const common = (name: string, formats: readonly OutputFormat[]): Command =>
    withCommon(program.command(name), formats)
      .argument('<flow>', 'id, name, or path of its file')
      .option('--folder <path>', "the repository's work tree; by default the one of the config")
      .option('--field <pointers...>', 'only these fields, such as /routing/maxWaitTime');
  common('accept', ['text', 'json', 'yaml'])
    .description('writes what the org has of a flow into its file, comments kept')
    .action((flow: string, options: AcceptOptions) =>
      run(async (io) => (await import('./commands/accept.ts')).runAccept(io, flow, options)),
    );
  common('ignore', ['text'])
    .description(
      'prints the ignore entries that leave what differs of a flow to others for a while',
    )
    .option('--until <date>', 'when git decides again; 14 days from now by default')
    .option('--reason <text>', 'why, in a few words', 'tuned live')
    .option('--owner <name>', 'who decides meanwhile')
    .action((flow: string, options: IgnoreOptions) =>
      run(async (io) => (await import('./commands/accept.ts')).runIgnore(io, flow, options)),
    );
}
