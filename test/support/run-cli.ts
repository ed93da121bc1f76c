import { EventEmitter } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { stringify } from 'yaml';
import { runProgram } from '../../src/cli/program.ts';
import type { IntegrationRig } from './integration-rig.ts';

interface CliEnd {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line with the config (if it names none) and the state of a rig, whose own process ends first. */
export function runRigCli(rig: IntegrationRig, ...argv: readonly string[]): Promise<CliEnd> {
  return runRigCliWith(rig, {}, ...argv);
}

/** The same with this environment. */
export async function runRigCliWith(
  rig: IntegrationRig,
  env: Readonly<Record<string, string>>,
  ...argv: readonly string[]
): Promise<CliEnd> {
  await rig.stop();
  const line = argv.includes('--config') ? argv : [...argv, '--config', await configFileOf(rig)];
  return runProgramHere(line, env);
}

/** Writes the config of a rig as a file. @param more top-level keys beside */
export async function configFileOf(rig: IntegrationRig, more: object = {}): Promise<string> {
  const file = `${rig.stateFolder}.yaml`;
  const orgs = rig.config.orgs.map(
    ({ name, backend, environment, orgId, clientId, clientSecret }) =>
      [name, { backend, environment, orgId, clientId, clientSecret }] as const,
  );
  await writeFile(
    file,
    stringify({
      source: {
        repository: rig.repository.path,
        ...(rig.config.source.verify && { verify: rig.config.source.verify }),
      },
      status: { repository: rig.config.status.repository, branch: rig.config.status.branch },
      orgs: Object.fromEntries(orgs),
      state: rig.config.state,
      ...more,
    }),
  );
  return file;
}

/** Runs a command line in this process, as on a machine without a terminal. */
export async function runProgramHere(
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CliEnd> {
  const streams = { stdout: new TextSink(), stderr: new TextSink() };
  const host = Object.assign(new EventEmitter(), streams, { env });
  const line = ['node', 'flowkeeper', ...argv];
  const exitCode = await runProgram(line, host as unknown as NodeJS.Process);
  return { exitCode, stdout: streams.stdout.text, stderr: streams.stderr.text };
}

class TextSink extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }
}
