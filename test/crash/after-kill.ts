import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { systemClock } from '../../src/adapters/clock/system-clock.ts';
import { openSqliteStateStore } from '../../src/adapters/state/sqlite-state-store.ts';
import { createApp } from '../../src/app/create-app.ts';
import { loadConfigFile } from '../../src/app/load-config-file.ts';
import { silentLog, silentObserver } from '../../src/app/silent.ts';
import { snapshotPathOf } from '../../src/domain/flow-status.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { Snapshot, StateStore, UnfinishedAttempt } from '../../src/ports/state-store.ts';
import type { LoggedRequest } from '../../src/simulator/request-log.ts';
import { canonical } from '../support/audit-chain.ts';
import { ORG, STATUS_BRANCH } from './crash-world.ts';
import type { CrashWorld } from './crash-world.ts';

/** What a PATCH asked for. */
export interface PatchBody {
  readonly flowId: string;
  readonly version: number;
  readonly settings: Readonly<Record<string, unknown>>;
}

export const bodyOf = ({ body }: LoggedRequest): PatchBody => body as PatchBody;

/** As the product hashes, computed apart from it. */
export function hashApart(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex');
}

/** Opens the state file as the next process would. */
async function withStore<T>(
  world: CrashWorld,
  work: (store: StateStore) => Promise<T>,
): Promise<T> {
  const directory = world.stateFolder;
  const store = await openSqliteStateStore({ directory, clock: systemClock, log: silentLog });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/**
 * PATCHes that were sent although the state file does not hold, whole, what the flow was before: the version that
 * the write is based on, or, of a write that puts a snapshot back, that snapshot.
 */
export async function writesWithoutSnapshot(
  world: CrashWorld,
  patches: readonly LoggedRequest[],
): Promise<readonly string[]> {
  return withStore(world, ({ snapshots }) =>
    unprotected(patches, (flowId, version) => snapshots.get(ORG, flowId, version)),
  );
}

/** Those whose snapshot the status branch does not hold. */
export async function writesWithoutPushedSnapshot(
  world: CrashWorld,
  patches: readonly LoggedRequest[],
): Promise<readonly string[]> {
  const files = await world.repository.files(STATUS_BRANCH);
  const found = await unprotected(patches, async (flowId, version) => {
    const text = files.get(snapshotPathOf(ORG, flowId, version));
    return text === undefined ? undefined : (JSON.parse(text) as Snapshot);
  });
  return found.map((fault) => `${fault} on the status branch`);
}

async function unprotected(
  patches: readonly LoggedRequest[],
  snapshotOf: (flowId: string, version: number) => Promise<Snapshot | undefined>,
): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const patch of patches) {
    const { flowId, version, settings } = bodyOf(patch);
    const base = await snapshotOf(flowId, version - 1);
    if (base && isWhole(base)) continue;
    const older = await snapshotOf(flowId, version - 2);
    const putsBack = older && isWhole(older) && isSubset(settings, older.settings);
    if (!putsBack) faults.push(`version ${String(version)} of ${flowId} has no snapshot before it`);
  }
  return faults;
}

function isWhole({ hash, settings }: Snapshot): boolean {
  return hashApart(settings) === hash;
}

function isSubset(blocks: object, settings: object): boolean {
  const known = new Map(Object.entries(settings));
  return Object.entries(blocks).every(
    ([block, value]) => canonical(value) === canonical(known.get(block)),
  );
}

/** Attempts that nobody finished. */
export async function openAttempts(world: CrashWorld): Promise<readonly UnfinishedAttempt[]> {
  return withStore(world, ({ journal }) => journal.unfinished(ORG));
}

/** `ok`, or what SQLite says is wrong with its file. */
export function integrityOf(world: CrashWorld): string {
  const database = new DatabaseSync(join(world.stateFolder, 'state.db'), { readOnly: true });
  try {
    const row = database.prepare('pragma integrity_check').get();
    return String(row?.['integrity_check']);
  } finally {
    database.close();
  }
}

/** What would be changed now. */
export async function planNow(world: CrashWorld): Promise<Plan> {
  const config = await loadConfigFile(world.config, {});
  const app = await createApp(config, { log: silentLog, observer: silentObserver });
  try {
    const [report] = await app.plan({}, new AbortController().signal);
    if (report?.plan) return report.plan;
    throw new Error(report?.error?.message ?? 'no plan');
  } finally {
    await app.close();
  }
}
