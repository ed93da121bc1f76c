import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { MortalOrder } from './cut.ts';

const CLI = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const MORTAL = fileURLToPath(new URL('mortal-process.ts', import.meta.url));
const SIMULATOR = fileURLToPath(new URL('simulator-process.ts', import.meta.url));

/** Longer than any run of these tests takes: a process that hangs is a fault, and is told with its output. */
const HANGS_AFTER_MS = 60_000;

/** How a process ended, and all that it said. */
export interface Ended {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly tookMs: number;
}

/** When a process is killed from outside. */
export interface OutsideKill {
  /** Since its start. */
  readonly afterMs: number;
  /** With every process that it started: what the end of a container does. */
  readonly isGroup: boolean;
}

/** One reconcile by the built CLI. */
export function runCli(config: string, kill?: OutsideKill): Promise<Ended> {
  return run([CLI, 'reconcile', '--config', config, '--verbose', '--output', 'json'], kill);
}

/** `doctor --rebuild-state` by the built CLI. */
export function runRebuild(config: string, kill?: OutsideKill): Promise<Ended> {
  return run([CLI, 'doctor', '--rebuild-state', '--config', config, '--output', 'json'], kill);
}

/** One reconcile by a process that kills itself when the order says so. */
export function runMortal(order: MortalOrder): Promise<Ended> {
  return run([MORTAL, JSON.stringify(order)]);
}

async function run(args: readonly string[], kill?: OutsideKill): Promise<Ended> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, [...args], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => (said[name] += text));
  const hangs = setTimeout(() => {
    killGroup(child);
  }, HANGS_AFTER_MS);
  const killer =
    kill &&
    setTimeout(() => {
      if (kill.isGroup) killGroup(child);
      else child.kill('SIGKILL');
    }, kill.afterMs);
  const ended = await new Promise<Pick<Ended, 'exitCode' | 'signal'>>((resolve, reject) => {
    const settle = (exitCode: number | null, signal: NodeJS.Signals | null): void => {
      resolve({ exitCode, signal });
    };
    child.once('error', reject).once('close', settle);
    // a git that outlives its parent may hold the pipes open; the next process does not wait for it either
    child.once('exit', (exitCode, signal) => {
      if (signal !== null) settle(exitCode, signal);
    });
  });
  clearTimeout(hangs);
  clearTimeout(killer);
  return { ...ended, ...said, tookMs: performance.now() - startedMs };
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // all of them had ended
  }
}

/** A process of the simulated service. */
export interface SimulatorProcess {
  readonly url: string;
  stop(): void;
}

export async function startSimulatorProcess(options: object): Promise<SimulatorProcess> {
  const child = spawn(process.execPath, [SIMULATOR], { stdio: ['pipe', 'pipe', 'inherit'] });
  // by stdin: a thousand flows are too long for an argument
  child.stdin.write(`${JSON.stringify(options)}\n`);
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => {
      reject(new Error('the simulator ended'));
    });
    child.stdout.setEncoding('utf8').once('data', (text: string) => {
      resolve(text.trim());
    });
  });
  return { url, stop: () => child.stdin.end() };
}
