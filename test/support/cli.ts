import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** The checkout. */
export const PROJECT = ROOT;

/** @throws saying what to do when dist/ is not what src/ says: what is run must be what is read */
export function requireBuild(): void {
  const setup = fileURLToPath(new URL('../../scripts/setup.mjs', import.meta.url));
  execFileSync(process.execPath, [setup, '--check-build'], { stdio: ['ignore', 'ignore', 'pipe'] });
}

export interface CliResult {
  /** Undefined when a signal ended it. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
}

export interface CliOptions {
  readonly cwd?: string;
  /** Beside PATH, HOME and TMPDIR, which are all that a command gets of ours. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A command as it runs. */
export class CliProcess {
  readonly child: ChildProcess;
  stdout = '';
  stderr = '';
  readonly #startedMs = performance.now();
  readonly #closed: Promise<unknown[]>;

  constructor(args: readonly string[], { cwd = ROOT, env = {} }: CliOptions = {}) {
    const { PATH = '', HOME = '', TMPDIR } = process.env;
    this.child = spawn(process.execPath, [MAIN, ...args], {
      cwd,
      env: { PATH, HOME, ...(TMPDIR !== undefined && { TMPDIR }), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.#closed = once(this.child, 'close');
  }

  /** Resolves when it has ended and everything that it said is here. */
  async ended(): Promise<CliResult> {
    const [code] = (await this.#closed) as [number | null];
    const { stdout, stderr } = this;
    const durationMs = performance.now() - this.#startedMs;
    return { code: code ?? undefined, stdout, stderr, durationMs };
  }

  /** Resolves with the match once stdout has it. @throws when the command ends before */
  says(pattern: RegExp): Promise<RegExpExecArray> {
    return this.#has('stdout', pattern);
  }

  /** Resolves with the match once stderr has it. @throws when the command ends before */
  logs(pattern: RegExp): Promise<RegExpExecArray> {
    return this.#has('stderr', pattern);
  }

  async #has(name: 'stdout' | 'stderr', pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this[name]);
      if (match) return match;
      const { [name]: stream, exitCode, signalCode } = this.child;
      if (!stream || exitCode !== null || signalCode !== null)
        throw new Error(`it ended without ${String(pattern)}: ${this.stdout}${this.stderr}`);
      await Promise.race([once(stream, 'data'), this.#closed]);
    }
  }

  /** Ends it, if need be. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<CliResult> {
    this.child.kill(signal);
    return this.ended();
  }
}

/** Runs `flowkeeper` with these arguments to its end. */
export function runCli(args: readonly string[], options?: CliOptions): Promise<CliResult> {
  return new CliProcess(args, options).ended();
}
