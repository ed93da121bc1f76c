import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { prepareStateFolder } from '../adapters/state/file-system.ts';
import { ownFolder } from '../adapters/state/folder-lock.ts';
import { inspectState } from '../adapters/state/inspect-state.ts';
import type { OnlyHere } from '../adapters/state/inspect-state.ts';
import { openSqliteRateGate } from '../adapters/state/sqlite-rate-gate.ts';
import { openStoreInFile, STATE_FILE } from '../adapters/state/sqlite-state-store.ts';
import type { SqliteStateStore } from '../adapters/state/sqlite-state-store.ts';
import {
  buildingPathOf,
  commitBuilding,
  discardBuilding,
  finishSwap,
  hasBuilt,
} from '../adapters/state/state-swap.ts';
import type { Config } from '../config/config.ts';
import { FlowkeeperError } from '../domain/errors.ts';
import { makeDesiredLoader } from '../engine/load-desired.ts';
import { rebuildOrg } from '../engine/rebuild/rebuild-org.ts';
import type { RebuiltOrg } from '../engine/rebuild/rebuild-org.ts';
import { TimeLimits, withinTime } from '../engine/time-limits.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { silentObserver } from './silent.ts';
import { makeBackends, makeGitAdapters, systemClock } from './system-adapters.ts';

/** Defined by schemas/state-rebuild.schema.json. */
export interface RebuildDocument {
  readonly apiVersion: 'flowkeeper/v1';
  readonly kind: 'StateRebuild';
  readonly file: string;
  /** What was wrong with the old state file; absent: there was none, or it was empty. */
  readonly found?: { readonly code: string; readonly message: string };
  /** Where the old state file is kept. */
  readonly keptAside?: string;
  /** What the old file had, and the status branch never got, as far as it can still be read; absent: it had nothing. */
  readonly lost?: OnlyHere;
  readonly orgs: readonly RebuiltOrg[];
}

interface Given {
  readonly log: Log;
  readonly clock?: Clock;
}

/**
 * Makes a new state file of what the status branch, the history of the desired state and the live orgs tell, and puts
 * it in the place of one that is missing, empty or damaged; that one is kept. It is built beside, so that until it is whole the old one counts.
 *
 * @throws state.whole when there is nothing to rebuild; state.in-use; state.newer, state.unwritable; git.*, api.*,
 *   desired.no-org: then the old state is as it was
 */
export function rebuildState(
  config: Config,
  given: Given,
  signal: AbortSignal,
): Promise<RebuildDocument> {
  const { log, clock = systemClock } = given;
  const limit = { what: 'command', deadlines: config.deadlines } as const;
  return withinTime(clock, limit, signal, (alive) => rebuild(config, { log, clock }, alive));
}

async function rebuild(
  config: Config,
  parts: Required<Given>,
  signal: AbortSignal,
): Promise<RebuildDocument> {
  const { clock } = parts;
  const { directory } = config.state;
  const file = join(directory, STATE_FILE);
  prepareStateFolder(directory);
  const lock = ownFolder(directory);
  try {
    if (hasBuilt(file)) finishSwap(file);
    const found = await inspectState(file, clock);
    if (found.kind === 'whole') throw whole(file);
    const orgs = await build(file, config, parts, signal);
    commitBuilding(file);
    const aside = finishSwap(file);
    const isKept = aside !== undefined && statSync(aside).size > 0;
    return {
      apiVersion: 'flowkeeper/v1',
      kind: 'StateRebuild',
      file,
      ...(isKept && { keptAside: aside }),
      ...(found.kind === 'damaged' && {
        found: { code: found.error.code, message: found.error.message },
        lost: found.onlyHere,
      }),
      orgs,
    };
  } finally {
    lock.release();
  }
}

function whole(file: string): FlowkeeperError {
  return new FlowkeeperError('state.whole', `The state file ${file} is whole`, { file });
}

/** Fills a new file and closes it; whatever goes wrong, nothing of it is left. */
async function build(
  file: string,
  config: Config,
  parts: Required<Given>,
  signal: AbortSignal,
): Promise<readonly RebuiltOrg[]> {
  discardBuilding(file);
  let store: SqliteStateStore | undefined;
  try {
    store = openStoreInFile(buildingPathOf(file), parts.clock);
    const orgs = await fill(store, config, parts, signal);
    await store.close();
    if (existsSync(`${buildingPathOf(file)}-wal`))
      throw new Error('the new state is not in one file');
    return orgs;
  } catch (error) {
    await store?.close();
    discardBuilding(file);
    throw error;
  }
}

async function fill(
  state: SqliteStateStore,
  config: Config,
  { clock, log }: Required<Given>,
  signal: AbortSignal,
): Promise<readonly RebuiltOrg[]> {
  const { source, statusBranch } = makeGitAdapters(config, { clock, log, store: state });
  const backends = makeBackends({ clock, log });
  const { directory } = config.source;
  try {
    const loader = makeDesiredLoader({ source, state }, directory);
    const pinned = await source.pinHead(signal);
    const orgs: RebuiltOrg[] = [];
    for (const org of config.orgs) {
      const client = `${org.environment} ${org.clientId}`;
      const rateGate = openSqliteRateGate({ store: state, clock, client });
      const backend = backends.backendOf(org, rateGate).withPriority('people');
      const shared = { source, statusBranch, state, clock, observer: silentObserver };
      const limits = new TimeLimits(clock, org.name, config.deadlines);
      const run = { org: org.name, orgId: org.orgId, directory, pinned, limits };
      orgs.push(await rebuildOrg({ ...shared, rateGate, backend }, loader, run, signal));
    }
    return orgs;
  } finally {
    backends.close();
  }
}
