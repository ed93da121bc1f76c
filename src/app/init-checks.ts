import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { resolvePaths } from '../config/config.ts';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load-config.ts';
import { FlowkeeperError, isError } from '../domain/errors.ts';
import { checkStatusBranch } from '../engine/doctor/check-git.ts';
import { checkOrg } from '../engine/doctor/check-org.ts';
import { failed, ok, warn } from '../engine/doctor/check.ts';
import type { Check } from '../engine/doctor/check.ts';
import type { Log } from '../ports/log.ts';
import { OPEN_GATE } from './doctor.ts';
import { makeBackends, makeGitAdapters, systemClock } from './system-adapters.ts';

/** What of a config is tried: the repository, the orgs, or the folder of the state. */
export type ConfigPart = 'git' | 'org' | 'state';

interface Tried {
  /** Where the config is to be. */
  readonly file: string;
  readonly text: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly logOf: (config: Config) => Log;
  readonly parts: readonly ConfigPart[];
}

/**
 * Tries what a config says that is not written yet: reads the repository and asks for a push, gets a token and reads a
 * flow, writes a file in the folder of the state. Nothing of it stays but that folder.
 */
export async function checkNewConfig(tried: Tried, signal: AbortSignal): Promise<readonly Check[]> {
  const { file, text, env, logOf, parts } = tried;
  const loaded = loadConfig(file, text, env);
  if (!loaded.ok) return [failed({ check: 'config' }, invalid(file, loaded.diagnostics))];
  const config = resolvePaths(loaded.value, dirname(resolve(file)));
  const log = logOf(config);
  const checks: Check[] = [];
  if (parts.includes('git')) checks.push(...(await checkGit(config, log, signal)));
  if (parts.includes('org')) checks.push(...(await checkOrgs(config, log, signal)));
  if (parts.includes('state')) checks.push(await checkFolder(config));
  return checks;
}

type Diagnostics = FlowkeeperError<'config.invalid'>['details']['diagnostics'];

function invalid(file: string, diagnostics: Diagnostics): FlowkeeperError {
  const message = `${file} would have ${String(diagnostics.length)} fault(s)`;
  return new FlowkeeperError('config.invalid', message, { diagnostics });
}

async function checkGit(config: Config, log: Log, signal: AbortSignal): Promise<readonly Check[]> {
  // the mirrors of a trial go away with it
  const directory = await mkdtemp(join(tmpdir(), 'flowkeeper-init-'));
  try {
    const trial = { ...config, state: { directory } };
    const { source, statusBranch } = makeGitAdapters(trial, { clock: systemClock, log });
    return [await checkRead(source, config, signal), await checkStatusBranch(statusBranch, signal)];
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function checkRead(
  source: ReturnType<typeof makeGitAdapters>['source'],
  { source: { branch } }: Config,
  signal: AbortSignal,
): Promise<Check> {
  const subject = { check: 'source' } as const;
  try {
    const { revision } = await source.pinHead(signal);
    return ok(subject, `read at ${revision.slice(0, 10)}`);
  } catch (error) {
    signal.throwIfAborted();
    if (!isError(error, 'git.no-branch')) return failed(subject, error);
    const next = 'Push the files that `flowkeeper export` writes, or correct the name.';
    return warn(subject, `the repository answers, and has no branch ${branch} yet`, next);
  }
}

async function checkOrgs(config: Config, log: Log, signal: AbortSignal): Promise<readonly Check[]> {
  const backends = makeBackends({ clock: systemClock, log });
  try {
    const checks: Check[] = [];
    for (const org of config.orgs) {
      const backend = backends.backendOf(org, OPEN_GATE).withPriority('people');
      const parts = { org: org.name, backend, clock: systemClock, desired: undefined };
      checks.push(...(await checkOrg(parts, signal)));
    }
    return checks;
  } finally {
    backends.close();
  }
}

async function checkFolder({ state: { directory } }: Config): Promise<Check> {
  const subject = { check: 'state' } as const;
  try {
    await mkdir(directory, { recursive: true });
    const trial = join(directory, `.init-${String(process.pid)}`);
    await writeFile(trial, '');
    await rm(trial);
    return ok(subject, `${directory} can be written`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const details = { file: directory, reason };
    return failed(
      subject,
      new FlowkeeperError('state.unwritable', `${directory} cannot be written: ${reason}`, details),
    );
  }
}
