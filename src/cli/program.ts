import { Command, CommanderError } from 'commander';
import { packageVersion } from '../app/package-folder.ts';
import { asFlowkeeperError, FlowkeeperError } from '../domain/errors.ts';
import type { AuditExportOptions } from './commands/audit-export.ts';
import type { ExplainOptions } from './commands/explain.ts';
import type { PlanOptions } from './commands/plan.ts';
import type { ReconcileOptions } from './commands/reconcile.ts';
import type { RetryOptions } from './commands/retry.ts';
import type { RollbackOptions } from './commands/rollback.ts';
import type { RunOptions } from './commands/run.ts';
import type { StatusOptions } from './commands/status.ts';
import type { SimulateOptions } from './commands/simulate.ts';
import { duration, outputOption, wholeNumber, withCommon } from './command-options.ts';
import { addEditingCommands } from './editing-commands.ts';
import { finishCommands } from './finish-commands.ts';
import { addFollowCommands } from './follow-commands.ts';
import type { Action, Asked, CommonOptions, Run } from './options.ts';
import { addTeamCommands } from './team-commands.ts';
import type { Io } from './io.ts';
import { write } from './io.ts';
import { crashText, guardCrashes } from './crash.ts';
import { renderError } from './render-error.ts';

/** Each asks a command to end, which it does within one request. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Runs the command line. Resolves with the exit code (DESIGN section 6); prints errors, never throws them. */
export async function runProgram(argv: readonly string[], host: NodeJS.Process): Promise<number> {
  const cancel = new AbortController();
  const stop = (): void => {
    cancel.abort(new FlowkeeperError('run.cancelled', 'cancelled by a signal', { org: '' }));
    forget();
  };
  // the second one, of either kind, ends the process at once: the system does that where nobody listens
  const forget = (): void => {
    for (const name of SIGNALS) host.removeListener(name, stop);
  };
  for (const name of SIGNALS) host.on(name, stop);
  const unguard = guardCrashes(host);
  const io: Io = {
    ...{ stdout: host.stdout, stderr: host.stderr, env: host.env, signal: cancel.signal },
    stdin: host.stdin,
    onHangup: (listener) => void host.on('SIGHUP', listener),
  };
  for (const stream of [host.stdout, host.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  let exitCode: number = 0;
  const told = { isVerbose: false };
  const run = async (action: Action, asked: Asked): Promise<void> => {
    told.isVerbose = asked.isVerbose;
    exitCode = await action({ ...io, isQuiet: asked.isQuiet });
  };
  try {
    await makeProgram(run, io).parseAsync(argv);
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    const typed = asFlowkeeperError(error);
    const isDebug = told.isVerbose || (io.env['FLOWKEEPER_DEBUG'] ?? '') !== '';
    await write(io.stderr, isDebug ? crashText(typed) : renderError(typed));
    return typed.exit;
  } finally {
    forget();
    unguard();
  }
}

/**
 * The command line; `runAsked` is given what a command is to do, and how much is to be told meanwhile.
 *
 * @param out where help goes
 */
export function makeProgram(
  runAsked: (action: Action, asked: Asked) => Promise<void>,
  out: Pick<Io, 'stdout' | 'stderr'> = process,
): Command {
  let asked: Asked = { isQuiet: false, isVerbose: false };
  const run: Run = (action) => runAsked(action, asked);
  const program = new Command('flowkeeper')
    .description(
      'Keeps the settings of Genesys Cloud Architect flows as a git repository says they should be.',
    )
    .version(packageVersion(), '--version', 'print the version')
    .showSuggestionAfterError()
    .addHelpText('after', EXIT_CODES)
    .hook('preAction', (_program, command) => {
      const { quiet, verbose } = command.opts<{ quiet?: boolean; verbose?: boolean }>();
      asked = { isQuiet: quiet === true, isVerbose: verbose === true };
    });

  addDemo(program, run);
  addRun(program, run);
  addReconcile(program, run);
  addPlan(program, run);
  addEditingCommands(program, run);
  addTeamCommands(program, run);
  addFollowCommands(program, run);
  addStatus(program, run);
  addExplain(program, run);
  addHistory(program, run);
  addRetry(program, run);
  addRollback(program, run);
  addAudit(program, run);
  addDoctor(program, run);
  addSimulate(program, run);
  finishCommands(program, out);
  return program;
}

const EXIT_CODES = `
\`flowkeeper <command> --help\` has examples.

Exit codes: 0 done, nothing differs; 1 failed; 2 differences remain; 3 config or desired state
invalid; 4 a gate denied the run; 5 nothing is known yet (wait).`;

function addDemo(program: Command, run: Run): void {
  program
    .command('demo')
    .description('the main job on a simulated org: converge, merge, hand edit, revert, rollback')
    .action(() => run(async (io) => (await import('./commands/demo.ts')).runDemo(io)));
}

function addRun(program: Command, run: Run): void {
  program
    .command('run')
    .description('the controller: runs by itself whenever git, time or a person calls for it')
    .option('--config <file>', 'the config file', 'flowkeeper.yaml')
    .option('--grace <seconds>', 'what runs under way get when a signal ends it', wholeNumber, 25)
    .action((options: RunOptions) =>
      run(async (io) => (await import('./commands/run.ts')).runRun(io, options)),
    );
}

function addReconcile(program: Command, run: Run): void {
  withCommon(program.command('reconcile'), ['text', 'json', 'yaml'])
    .description('one run of each org: read, plan, write what differs, verify, record')
    .option('--approve <digest>', 'go on with the plan of this digest, which mass change holds')
    .option('--by <name>', 'who approves it; the user of this machine by default')
    .action((options: ReconcileOptions) =>
      run(async (io) => (await import('./commands/reconcile.ts')).runReconcile(io, options)),
    );
}

function addPlan(program: Command, run: Run): void {
  withCommon(program.command('plan'), ['text', 'json', 'yaml', 'markdown'])
    .description('desired against live; writes nothing')
    .option('--revision <ref>', 'plan another commit, branch or tag')
    .option('--base <ref>', 'only what merging the revision into this branch would change live')
    .action((options: PlanOptions) =>
      run(async (io) => (await import('./commands/plan.ts')).runPlan(io, options)),
    );
}

function addStatus(program: Command, run: Run): void {
  withCommon(program.command('status'), ['text', 'json', 'yaml'])
    .description('what the status branch knows of each org and flow')
    .argument('[flow]', 'one flow by id or name')
    .option(
      '--watch',
      'go on until it is stopped: repaint a terminal, print what changed elsewhere',
    )
    .option('--every <duration>', 'how often the branch is looked at', duration, 5_000)
    .action((flow: string | undefined, options: StatusOptions) =>
      run(async (io) => (await import('./commands/status.ts')).runStatus(io, flow, options)),
    );
}

function addExplain(program: Command, run: Run): void {
  withCommon(program.command('explain'), ['text', 'json', 'yaml'])
    .description(
      'with a revision: which run covered it, or why none did yet; without: which freeze windows stand at a time, until when, and what passes them, offline',
    )
    .argument('[revision]', 'a commit, branch or tag')
    .option('--at <time>', 'an instant with its zone, a date, or now', 'now')
    .option('--path <folder>', 'the desired-state folder, or a repository that has one', '.')
    .action((revision: string | undefined, options: ExplainOptions & CommonOptions) =>
      run(async (io) =>
        revision === undefined
          ? (await import('./commands/explain.ts')).runExplain(io, options)
          : (await import('./commands/explain-revision.ts')).runExplainRevision(
              io,
              revision,
              options,
            ),
      ),
    );
}

function addHistory(program: Command, run: Run): void {
  withCommon(program.command('history'), ['text', 'json', 'yaml'])
    .description('what flowkeeper wrote to a flow, when, for whom, and what it cost; newest last')
    .argument('<flow>', 'id or name')
    .action((flow: string, options: CommonOptions) =>
      run(async (io) => (await import('./commands/history.ts')).runHistory(io, flow, options)),
    );
}

function addRetry(program: Command, run: Run): void {
  withCommon(program.command('retry'), ['text', 'json', 'yaml'])
    .description('lets the next run try again what is held back or left alone of a flow')
    .argument('<flow>', 'id or name')
    .option('--by <name>', 'who asks for it; the user of this machine by default')
    .action((flow: string, options: RetryOptions) =>
      run(async (io) => (await import('./commands/retry.ts')).runRetry(io, flow, options)),
    );
}

function addRollback(program: Command, run: Run): void {
  withCommon(program.command('rollback'), ['text', 'json', 'yaml'])
    .description('puts a recorded snapshot of a flow back, and holds back what git says of it')
    .argument('<flow>', 'id or name')
    .option(
      '--to <version>',
      'the version whose snapshot it is; the one before the last write by default',
      wholeNumber,
    )
    .option('--by <name>', 'who asks for it; the user of this machine by default')
    .action((flow: string, options: RollbackOptions) =>
      run(async (io) => (await import('./commands/rollback.ts')).runRollback(io, flow, options)),
    );
}

function addAudit(program: Command, run: Run): void {
  const audit = program.command('audit').description('the history on the status branch');
  audit
    .command('export')
    .description(
      'the audit records of a time as JSON Lines or CSV, with what proves them part of the chain',
    )
    .requiredOption('--from <time>', 'an instant with its zone, or a date')
    .requiredOption('--to <time>', 'the same; a date counts to its end (UTC)')
    .option('--config <file>', 'the config file', 'flowkeeper.yaml')
    .option('--org <name...>', 'only these orgs')
    .addOption(outputOption(['jsonl', 'csv'], 'jsonl'))
    .option('--proof <file>', 'where the proof is written to; docs/audit.md says how it is checked')
    .action((options: AuditExportOptions) =>
      run(async (io) => (await import('./commands/audit-export.ts')).runAuditExport(io, options)),
    );
  withCommon(audit.command('verify'), ['text', 'json', 'yaml'])
    .description('checks that no audit record was changed, taken out, moved or put in')
    .action((options: CommonOptions) =>
      run(async (io) => (await import('./commands/audit-verify.ts')).runAuditVerify(io, options)),
    );
}

function addDoctor(program: Command, run: Run): void {
  withCommon(program.command('doctor'), ['text', 'json', 'yaml'])
    .description(
      'looks whether everything is there that a run needs; writes to no org and no branch',
    )
    .option(
      '--rebuild-state',
      'makes a lost or damaged state file anew, of what the status branch knows',
    )
    .action((options: CommonOptions & { readonly rebuildState?: boolean }) =>
      run(async (io) =>
        options.rebuildState === true
          ? (await import('./commands/rebuild-state.ts')).runRebuildState(io, options)
          : (await import('./commands/doctor.ts')).runDoctorCommand(io, options),
      ),
    );
}

function addSimulate(program: Command, run: Run): void {
  program
    .command('simulate')
    .description('a simulated org with the contract of architect-settings, until it is stopped')
    .option('--port <port>', 'port on 127.0.0.1; 0 takes a free one', wholeNumber, 0)
    .option('--flows <count>', 'so many made-up flows (25 without --from)', wholeNumber)
    .option('--from <folder>', 'the flows that a desired-state/<org> folder describes')
    .option('--org-id <uuid>', 'id of the org', '0b1e5f0c-3c1c-4a52-9a0e-0f6b3e1f2a11')
    .option('--client-id <id>', 'OAuth client', 'flowkeeper')
    .option('--client-secret <secret>', 'its secret', 'simulated-secret')
    .option('--latency <ms>', 'delay of each answer', wholeNumber, 0)
    .option('--reload-latency <ms>', 'time until a reload is in effect', wholeNumber, 0)
    .option('--rate-limit <count>', 'requests per minute and client; 0: no limit', wholeNumber, 0)
    .option('--faults <file>', 'JSON file with a list of faults')
    .action((options: SimulateOptions) =>
      run(async (io) => (await import('./commands/simulate.ts')).runSimulate(io, options)),
    );
}
