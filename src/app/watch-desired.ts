import { join } from 'node:path';
import type { FolderWatch } from '../adapters/files/watch-folder.ts';
import type { OrgName } from '../domain/flow.ts';
import { isError } from '../domain/errors.ts';
import type { PlanReport } from '../plan/plan-report.ts';
import type { Clock } from '../ports/clock.ts';
import type { App } from './create-app.ts';
import type { FolderMemory } from './desired-folder.ts';
import { planFolderOrg } from './plan-folder.ts';
import { checkFolder } from './validate-files.ts';
import type { CheckedFolder, ValidationResult } from './validate-files.ts';
import { WatchedLive } from './watch-live.ts';
import type { LiveState } from './watch-live.ts';

export { watchFolder } from '../adapters/files/watch-folder.ts';

export interface WatchParts {
  /** As `checkFolder` takes it. */
  readonly path: string;
  readonly clock: Clock;
  readonly watch: (folder: string, onHint: () => void) => FolderWatch;
  /** Undefined: nothing is planned, only checked. */
  readonly planning?: {
    readonly app: Pick<App, 'config' | 'knownFlows' | 'live'>;
    readonly orgs: readonly OrgName[];
    /** Between two reads of the orgs. */
    readonly refreshMs: number;
  };
}

/** What is to be seen after a save. */
export interface WatchView {
  readonly checked: ValidationResult;
  /** The last ones that were made of files without a fault; undefined: none yet, or nothing is planned. */
  readonly planned?: { readonly plans: readonly PlanReport[]; readonly at: number };
  /** False: the files have faults, and what is planned is from before. */
  readonly isCurrent: boolean;
  readonly live?: LiveState;
  /** From the first sign of a change on. */
  readonly tookMs: number;
}

/** A save, or a checkout, is over when nothing more comes for so long. */
const SETTLE_MS = 25;
/** A file with faults may be half written: it is looked at once more after this time before it is told. */
const HALF_WRITTEN_MS = 75;
/** The system may lose a folder without a word: it is looked at so often anyway. */
const POLL_MS = 2_000;

/**
 * Checks and plans again at every save, until it is told to end. Reads files and orgs, and writes to neither.
 *
 * @throws cli.usage when the folder is none at the start; what `show` throws
 */
export async function watchDesired(
  parts: WatchParts,
  show: (view: WatchView) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const { clock, planning } = parts;
  const wake = new Wake(clock);
  const memory: FolderMemory = new Map();
  const first = await checkFolder(parts.path, memory);
  const live = planning && new WatchedLive(planning.app, planning.orgs, clock);
  await live?.read(signal);
  const watched = parts.watch(join(first.loaded.root, first.loaded.directory), wake.hint);
  const look = makeLook(parts, live, memory);
  try {
    while (!signal.aborted) {
      watched.refresh();
      const view = await look(wake.since(), signal);
      if (view) await show(view);
      live?.refreshAfter(planning?.refreshMs ?? Infinity, wake.hint, signal);
      await wake.next(view ? POLL_MS : SETTLE_MS, signal);
    }
  } finally {
    await watched.close();
  }
}

type Look = (sinceMs: number, signal: AbortSignal) => Promise<WatchView | undefined>;

/** One look; undefined while files come and go under it. */
function makeLook(parts: WatchParts, live: WatchedLive | undefined, memory: FolderMemory): Look {
  const { path, clock, planning } = parts;
  let planned: WatchView['planned'];
  return async (sinceMs, signal) => {
    const again = (): Promise<void> => clock.sleep(HALF_WRITTEN_MS, signal).catch(ignore);
    const found = await checkTwice(() => checkFolder(path, memory), again);
    if (!found) return undefined;
    const isCurrent = !hasFaults(found) || planned === undefined;
    const state = live?.state;
    if (isCurrent) planned = (await planAll(planning?.app, found, state, clock.now())) ?? planned;
    const told = { ...(planned && { planned }), ...(state && { live: state }) };
    return { checked: found.result, isCurrent, tookMs: clock.monotonicMs() - sinceMs, ...told };
  };
}

/** Of the orgs that were read; undefined while none was. */
async function planAll(
  app: NonNullable<WatchParts['planning']>['app'] | undefined,
  { loaded }: CheckedFolder,
  state: LiveState | undefined,
  now: number,
): Promise<WatchView['planned']> {
  if (!app || !state) return undefined;
  const { flows } = state;
  const plans: PlanReport[] = [];
  for (const org of loaded.orgs) {
    const live = flows.get(org.org);
    if (live) plans.push(await planFolderOrg(app, org, { live, now }));
  }
  return plans.length > 0 ? { plans, at: now } : undefined;
}

/** What has faults is checked once more, later. */
async function checkTwice(
  check: () => Promise<CheckedFolder>,
  later: () => Promise<void>,
): Promise<CheckedFolder | undefined> {
  const found = await calmly(check);
  if (!found || !hasFaults(found)) return found;
  await later();
  return calmly(check);
}

function hasFaults({ result }: CheckedFolder): boolean {
  return result.diagnostics.length > 0;
}

/** A file, or the folder, may go between two calls: then it is looked at anew. */
async function calmly<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || isError(error, 'cli.usage')) return undefined;
    throw error;
  }
}

/** Hints that come while nobody waits are kept, as one. */
class Wake {
  readonly #clock: Clock;
  #hintedAt: number | undefined;
  #nap: AbortController | undefined = undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#hintedAt = clock.monotonicMs();
  }

  readonly hint = (): void => {
    this.#hintedAt ??= this.#clock.monotonicMs();
    this.#nap?.abort();
  };

  /** Since when something may be new; taken, so that the next hint counts anew. */
  since(): number {
    const at = this.#hintedAt ?? this.#clock.monotonicMs();
    this.#hintedAt = undefined;
    return at;
  }

  /** Resolves after a hint, once no more come; or after the time, or when it is to end. */
  async next(ms: number, signal: AbortSignal): Promise<void> {
    let wait = ms;
    for (;;) {
      if (this.#hintedAt === undefined || wait === SETTLE_MS) {
        this.#nap = new AbortController();
        await this.#clock.sleep(wait, AbortSignal.any([signal, this.#nap.signal])).catch(ignore);
        if (signal.aborted || !this.#nap.signal.aborted) return;
      }
      wait = SETTLE_MS;
    }
  }
}

function ignore(): void {
  // it was woken
}
