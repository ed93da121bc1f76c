import { freeBytesOf } from '../adapters/state/file-system.ts';
import { openSqliteRateGate } from '../adapters/state/sqlite-rate-gate.ts';
import { openSqliteStateStore } from '../adapters/state/sqlite-state-store.ts';
import type { SqliteStateStore } from '../adapters/state/sqlite-state-store.ts';
import type { Config, OrgConfig } from '../config/config.ts';
import { UNSPENT } from '../domain/request-budget.ts';
import { exitCodeOfChecks, failed, ok } from '../engine/doctor/check.ts';
import type { Check } from '../engine/doctor/check.ts';
import { checkSource, checkStatusBranch } from '../engine/doctor/check-git.ts';
import { checkOrg } from '../engine/doctor/check-org.ts';
import { checkMemory, checkState } from '../engine/doctor/check-state.ts';
import { makeDesiredLoader } from '../engine/load-desired.ts';
import { TimeLimits, withinTime } from '../engine/time-limits.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { ParseCache } from '../ports/state-store.ts';
import type { RateGate } from '../ports/rate-gate.ts';
import { checkWebhooks } from './check-webhooks.ts';
import { chooseOrgs } from './choose-orgs.ts';
import { loadConfigFile } from './load-config-file.ts';
import { makeBackends, makeGitAdapters, systemClock } from './system-adapters.ts';
import { timedSource } from './timed-source.ts';

/** Defined by schemas/doctor.schema.json. */
export interface DoctorDocument {
  readonly apiVersion: 'flowkeeper/v1';
  readonly kind: 'Doctor';
  readonly exitCode: number;
  /** Of the installation first, then org by org. */
  readonly checks: readonly Check[];
}

interface DoctorGiven {
  /** What the log is made of depends on the config: its credentials are kept out. */
  readonly logOf: (config: Config) => Log;
  /** Names; undefined: all of the config. */
  readonly orgs?: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
}

/**
 * Looks whether everything is there that a run needs, and says of what is not what to do. Nothing is written to an
 * org or a repository. A part that fails leaves the others to be looked at.
 *
 * @param file of the config
 * @throws cli.usage for an unknown org; deadline.command; the signal's reason when it aborts
 */
export async function runDoctor(
  file: string,
  given: DoctorGiven,
  signal: AbortSignal,
): Promise<DoctorDocument> {
  let config: Config;
  try {
    config = await loadConfigFile(file, given.env);
  } catch (error) {
    return documentOf([failed({ check: 'config' }, error)]);
  }
  return documentOf([
    ok({ check: 'config' }, `${file} describes ${config.orgs.map(({ name }) => name).join(', ')}`),
    ...(await checkInTime(config, given, signal)),
  ]);
}

function documentOf(checks: readonly Check[]): DoctorDocument {
  const exitCode = exitCodeOfChecks(checks);
  return { apiVersion: 'flowkeeper/v1', kind: 'Doctor', exitCode, checks };
}

function checkInTime(
  config: Config,
  given: DoctorGiven,
  signal: AbortSignal,
): Promise<readonly Check[]> {
  const { clock = systemClock } = given;
  const limit = { what: 'command', deadlines: config.deadlines } as const;
  return withinTime(clock, limit, signal, (alive) => checkAll(config, given, alive));
}

async function checkAll(
  config: Config,
  given: DoctorGiven,
  signal: AbortSignal,
): Promise<readonly Check[]> {
  const { clock = systemClock } = given;
  const log = given.logOf(config);
  const named = config.orgs.map((org) => ({ org: org.name, orgId: org.orgId, config: org }));
  const orgs = chooseOrgs(named, given.orgs);
  const { check, store } = await openState(config, { clock, log, orgs });
  const backends = makeBackends({ clock, log });
  try {
    const { deadlines } = config;
    const { statusBranch, ...git } = makeGitAdapters(config, { clock, log, store });
    const source = timedSource(git.source, clock, deadlines);
    const limitsOf = (org: string): TimeLimits => new TimeLimits(clock, org, deadlines);
    const { directory } = config.source;
    const state = { parseCache: store?.parseCache ?? NO_CACHE };
    const loader = makeDesiredLoader({ source, state }, directory);
    const names = orgs.map(({ org }) => org);
    const [read, pushed] = await Promise.all([
      checkSource(
        { source, loader, directory, orgs, limitsOf, verify: config.source.verify?.mode },
        signal,
      ),
      checkStatusBranch(statusBranch, signal),
    ]);
    const canCompare = store !== undefined && pushed.result === 'ok';
    const remembered = canCompare
      ? await checkMemory({ state: store, tip: await statusBranch.tip(signal) }, names)
      : [];
    const ofOrgs = await Promise.all(
      orgs.map(({ org, config: orgConfig }) => {
        const gate = gateOf(orgConfig, { clock, store });
        const backend = backends.backendOf(orgConfig, gate).withPriority('people');
        return checkOrg({ org, backend, clock, desired: read.desired.get(org) }, signal);
      }),
    );
    const webhooks = await checkWebhooks(config, clock, signal);
    const others = [...read.checks, pushed, ...remembered, webhooks, ...ofOrgs.flat()];
    return [check, ...inOrder(others, orgs)];
  } finally {
    backends.close();
    await store?.close();
  }
}

/** A state that cannot be used is told, and the rest is looked at without it. */
async function openState(
  config: Config,
  parts: {
    readonly clock: Clock;
    readonly log: Log;
    readonly orgs: readonly { readonly org: string }[];
  },
): Promise<{ readonly check: Check; readonly store?: SqliteStateStore }> {
  const { directory } = config.state;
  const orgs = parts.orgs.map(({ org }) => org);
  let store: SqliteStateStore | undefined;
  try {
    store = await openSqliteStateStore({ directory, ...parts });
    const freeBytes = freeBytesOf(directory);
    return { check: await checkState({ state: store, directory, freeBytes, orgs }), store };
  } catch (error) {
    await store?.close();
    return { check: failed({ check: 'state' }, error) };
  }
}

/** The few requests of a look go out in any case; where the budget is known they count in it. */
function gateOf(
  { environment, clientId }: OrgConfig,
  { clock, store }: { readonly clock: Clock; readonly store: SqliteStateStore | undefined },
): RateGate {
  if (!store) return OPEN_GATE;
  return openSqliteRateGate({ store, clock, client: `${environment} ${clientId}` });
}

export const OPEN_GATE: RateGate = {
  configure: () => undefined,
  admit: () => Promise.resolve(),
  stall: () => Promise.resolve(),
  spent: () => Promise.resolve(UNSPENT),
  waitedMs: 0,
};

const NO_CACHE: ParseCache = {
  get: () => Promise.resolve(new Map()),
  put: () => Promise.resolve(),
};

/** What is of the installation, then what is of each org. */
function inOrder(
  checks: readonly Check[],
  orgs: readonly { readonly org: string }[],
): readonly Check[] {
  const shared = checks.filter(({ org }) => org === undefined);
  return [...shared, ...orgs.flatMap(({ org }) => checks.filter((one) => one.org === org))];
}
