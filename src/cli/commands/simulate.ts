import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { makeSimulatedOrg, startSimulator } from '../../app/simulate-org.ts';
import type { Fault, Simulator } from '../../app/simulate-org.ts';
import type { ExitCode } from '../../domain/error-catalog.ts';
import { FlowkeeperError } from '../../domain/errors.ts';
import { usageError } from '../../domain/usage-error.ts';
import { write } from '../io.ts';
import type { Io } from '../io.ts';

export interface SimulateOptions {
  readonly port: number;
  readonly flows?: number;
  readonly from?: string;
  readonly orgId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly latency: number;
  readonly reloadLatency: number;
  readonly rateLimit: number;
  readonly faults?: string;
}

/** Made-up flows when neither `--flows` nor `--from` says what the org has. */
const DEFAULT_FLOWS = 25;

/** Serves a simulated org until a signal ends it. */
export async function runSimulate(io: Io, options: SimulateOptions): Promise<ExitCode> {
  const flows = options.flows ?? (options.from === undefined ? DEFAULT_FLOWS : 0);
  const org = await makeSimulatedOrg({ ...options, flows });
  const faults = options.faults === undefined ? [] : await readFaults(options.faults);
  const simulator = await start(options, { orgs: [org], faults });
  await write(io.stdout, introduction(simulator, options));
  await untilAborted(io.signal);
  await simulator.close();
  return 0;
}

async function start(
  options: SimulateOptions,
  parts: Parameters<typeof startSimulator>[0],
): Promise<Simulator> {
  try {
    return await startSimulator({
      ...parts,
      port: options.port,
      latencyMs: options.latency,
      reloadLatencyMs: options.reloadLatency,
      ...(options.rateLimit > 0 && { rateLimit: { requestsPerMinute: options.rateLimit } }),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FlowkeeperError('simulator.failed', `the simulator cannot start: ${reason}`, {
      reason,
    });
  }
}

async function readFaults(file: string): Promise<readonly Fault[]> {
  try {
    const faults: unknown = JSON.parse(await readFile(file, 'utf8'));
    return (Array.isArray(faults) ? faults : [faults]) as readonly Fault[];
  } catch (error) {
    throw usageError(
      `${file} is not a JSON list of faults: ${(error as Error).message}`,
      'Write a list such as [{ "kind": "hang", "path": "/api/v2/architect/flows" }].',
      error,
    );
  }
}

function introduction(simulator: Simulator, options: SimulateOptions): string {
  const { url } = simulator;
  const name = options.from === undefined ? 'acme-demo' : basename(resolve(options.from));
  return `simulated org at ${url} (Ctrl-C ends it)

what the config says of it:

  orgs:
    ${name}:
      backend: architect-settings
      environment: ${url}
      orgId: ${options.orgId}
      clientId: ${options.clientId}
      clientSecret: ${options.clientSecret}

look inside:   curl ${url}/_simulator/state
a hand edit:   curl -X POST ${url}/_simulator/edit -H 'content-type: application/json' \\
                 -d '{"flowId":"ID","by":"Sam Supervisor","settings":{"routing":{"maxWaitTime":30}}}'
`;
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else
      signal.addEventListener('abort', () => {
        resolve();
      });
  });
}
