import './silence-debug.ts';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { simpleGit } from 'simple-git';
import type { SimpleGitOptions } from 'simple-git';
import { FlowkeeperError } from '../../domain/errors.ts';

/** How one git process ended. */
export interface GitExit {
  /** -1: killed by a signal, or never started. */
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface GitProcess {
  /** Nothing secret: arguments can be read by everybody on the machine. */
  readonly args: readonly string[];
  readonly input?: Uint8Array | string;
  readonly timeoutMs: number;
  readonly directory: string;
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * simple-git's guard tests configuration *keys*, and the key that binds a credential to its host holds
 * that host's name: `pager.example.com` would be taken for a pager. All settings here are our own
 * (git-environment.ts); nothing foreign reaches a key, an option or the environment.
 */
const OUR_OWN_SETTINGS: NonNullable<SimpleGitOptions['unsafe']> = {
  allowUnsafeConfigEnvCount: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeHooksPath: true,
  allowUnsafeSshCommand: true,
  allowUnsafeTemplateDir: true,
  allowUnsafeAlias: true,
  allowUnsafeCommandBinaries: true,
  allowUnsafeCredentialHelper: true,
  allowUnsafeDiffExternal: true,
  allowUnsafeDiffTextConv: true,
  allowUnsafeFilter: true,
  allowUnsafeGpgProgram: true,
  allowUnsafeInclude: true,
  allowUnsafeMergeDriver: true,
  allowUnsafePager: true,
  allowUnsafeProtocolOverride: true,
  allowUnsafeSubmodule: true,
  allowUnsafeUrlRewrite: true,
};

/** How long a stopped git may take to remove its lock files before we go on without it. */
const GRACE_MS = 1000;

/**
 * Runs git once and tells how it ended, whatever that was.
 * @throws git.timeout; the signal's reason when it aborts: at the latest a second after, even when a
 * grandchild still holds the pipes
 */
export async function runGitProcess(call: GitProcess, signal: AbortSignal): Promise<GitExit> {
  signal.throwIfAborted();
  const { exit, stop } = startGit(call);
  const { promise: stopped, resolve: onStop } = Promise.withResolvers<undefined>();
  const onAbort = (): void => {
    onStop(undefined);
  };
  const timer = setTimeout(onAbort, call.timeoutMs);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const first = await Promise.race([exit, stopped]);
    if (first !== undefined) return first;
    await stop();
    signal.throwIfAborted();
    throw timeoutOf(call);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

interface RunningGit {
  /** Never rejects. */
  readonly exit: Promise<GitExit>;
  /** Resolves when git is gone, or after the grace. */
  readonly stop: () => Promise<void>;
}

/**
 * simple-git takes "exit 0, or nothing on stderr" for success, and waits for everybody who holds the
 * pipes; so its `errors` plugin only notes how the process ended, and the pipes are closed by us.
 */
function startGit(call: GitProcess): RunningGit {
  const abort = new AbortController();
  const pipes: NodeJS.ReadableStream[] = [];
  const ended: { exit?: GitExit } = {};
  // without any input the pipe would stay open, and a command that reads it would wait for ever
  const input = Buffer.from(call.input ?? '');
  const run = async (): Promise<GitExit> => {
    const git = simpleGit({
      baseDir: call.directory,
      abort: abort.signal,
      allowEnvironment: Object.keys(call.env),
      unsafe: OUR_OWN_SETTINGS,
      // `exit` may come before the last of the output
      completion: { onClose: true, onExit: false },
      input: () => input,
      errors: (error, { exitCode, stdOut, stdErr }) => {
        ended.exit = exitOf(exitCode, stdOut, stdErr);
        return error;
      },
    });
    git.env(call.env).outputHandler((_command, stdout, stderr) => pipes.push(stdout, stderr));
    await git.raw([...call.args]);
    return ended.exit ?? notStarted('it was not started');
  };
  const exit = run().catch((error: unknown) => ended.exit ?? notStarted(messageOf(error)));
  return {
    exit,
    stop: async () => {
      abort.abort();
      for (const pipe of pipes) if (pipe instanceof Readable) pipe.destroy();
      await Promise.race([exit, delay(GRACE_MS, undefined, { ref: false })]);
    },
  };
}

/** simple-git types the code as a number, yet it is null for a process that a signal killed. */
function exitOf(
  exitCode: number | null,
  stdOut: readonly Buffer[],
  stdErr: readonly Buffer[],
): GitExit {
  const stderr = Buffer.concat(stdErr).toString('utf8');
  return { exitCode: exitCode ?? -1, stdout: Buffer.concat(stdOut), stderr };
}

function notStarted(reason: string): GitExit {
  return { exitCode: -1, stdout: Buffer.alloc(0), stderr: `Error: spawn failed: ${reason}` };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function timeoutOf(call: GitProcess): FlowkeeperError {
  const command = `git ${call.args[0] ?? ''}`;
  const message = `${command} did not end within ${String(call.timeoutMs)} ms and was stopped`;
  return new FlowkeeperError('git.timeout', message, { command, afterMs: call.timeoutMs });
}
