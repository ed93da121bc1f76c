import { dirname } from 'node:path';
import type { FlowkeeperError } from '../../domain/errors.ts';
import type { Log } from '../../ports/log.ts';
import { parseGitAddress } from './git-address.ts';
import type { GitAddress } from './git-address.ts';
import { gitEnvironment, secretsOf } from './git-environment.ts';
import type { Environment, GitIdentity } from './git-environment.ts';
import { gitFailureOf } from './git-failure.ts';
import { runGitProcess } from './git-process.ts';
import type { GitExit } from './git-process.ts';
import type { GitTimeouts } from './git-timeouts.ts';
import { makeRedactor } from './redact.ts';
import type { Redact } from './redact.ts';

export interface GitRunnerOptions extends GitIdentity {
  readonly repository: string;
  /** The bare repository that commands work on. */
  readonly gitDirectory: string;
  /** Stands in for the user's own git configuration. */
  readonly configFile: string;
  readonly timeouts: GitTimeouts;
}

export interface GitRunnerDeps {
  readonly log: Log;
  /** What may be passed on to git is taken from here; by default this process' environment. */
  readonly env?: Environment;
}

export interface GitCall {
  /** Nothing secret: arguments can be read by everybody on the machine. */
  readonly args: readonly string[];
  readonly input?: Uint8Array | string;
  readonly timeoutMs: number;
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Works without the mirror, in its parent folder: for making one. */
  readonly outside?: boolean;
}

/** git for one remote and one mirror: hardened, with a deadline, its failures typed and redacted. */
export interface GitRunner {
  readonly address: GitAddress;
  readonly timeouts: GitTimeouts;
  readonly redact: Redact;
  /** However the process ended. @throws git.timeout; the signal's reason when it aborts */
  exitOf(call: GitCall, signal: AbortSignal): Promise<GitExit>;
  /** What the process wrote. @throws git.unreachable, git.auth-failed, git.timeout, git.failed */
  run(call: GitCall, signal: AbortSignal): Promise<Buffer>;
  failureOf(exit: GitExit, call: Pick<GitCall, 'args'>): FlowkeeperError;
}

/** @throws git.unreachable, git.failed when address or ssh files cannot be used at all */
export function makeGitRunner(options: GitRunnerOptions, deps: GitRunnerDeps): GitRunner {
  const { gitDirectory, configFile, timeouts } = options;
  const address = parseGitAddress(options.repository);
  const redact = makeRedactor(secretsOf(address, options));
  const env = gitEnvironment(address, options, timeouts, deps.env ?? process.env);
  const inside = { ...env, GIT_DIR: gitDirectory, GIT_CONFIG_GLOBAL: configFile };
  const outside = { ...env, GIT_CONFIG_GLOBAL: '/dev/null' };

  const failureOf: GitRunner['failureOf'] = (exit, call) =>
    gitFailureOf(exit, { command: call.args[0] ?? '', directory: gitDirectory, address, redact });

  const exitOf: GitRunner['exitOf'] = async (call, signal) => {
    const startedAt = performance.now();
    const exit = await runGitProcess(
      call.outside
        ? { ...call, directory: dirname(gitDirectory), env: outside }
        : { ...call, directory: gitDirectory, env: { ...inside, ...call.env } },
      signal,
    );
    const ms = Math.round(performance.now() - startedAt);
    deps.log.debug(`git ${call.args[0] ?? ''}`, { ms, exitCode: exit.exitCode });
    return exit;
  };

  const run: GitRunner['run'] = async (call, signal) => {
    const exit = await exitOf(call, signal);
    if (exit.exitCode !== 0) throw failureOf(exit, call);
    return exit.stdout;
  };
  return { address, timeouts, redact, exitOf, run, failureOf };
}
