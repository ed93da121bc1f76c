import { watchRefs } from '../adapters/files/watch-refs.ts';
import type { Config } from '../config/config.ts';
import { FlowkeeperError, isError } from '../domain/errors.ts';
import type { Loop } from '../engine/loop/run-loop.ts';
import type { LoopObserver } from '../ports/loop-observer.ts';
import { reportedError } from '../engine/reported-error.ts';
import type { Clock } from '../ports/clock.ts';
import { faultLine } from '../domain/diagnostic.ts';
import type { HeldLease } from '../ports/lease.ts';
import type { Log } from '../ports/log.ts';
import type { App } from './create-app.ts';
import { keepReports } from './scheduled-reports.ts';

/** What a controller is made of; replaced in tests. */
export interface ControllerWorld {
  readonly clock: Clock;
  /** Reads the config anew. @throws config.* */
  readonly load: () => Promise<Config>;
  /** Opens adapters and log for a config. @throws state.*, git.* */
  readonly open: (config: Config) => Promise<{ readonly app: App; readonly log: Log }>;
  readonly observer: LoopObserver;
  /** How long runs under way may go on once the end was asked for. */
  readonly graceMs: number;
}

/** What works by one config, from its start to the next. */
export interface Generation {
  readonly config: Config;
  readonly app: App;
  readonly log: Log;
  readonly loop: Loop;
}

export type Reloaded = 'reloaded' | 'same' | 'refused';

/** What `flowkeeper run` starts: runs by itself until it is asked to end. */
export interface Controller {
  readonly current: () => Generation;
  /** A config that is invalid, or cannot be worked by, is refused whole; the old one stays. Never rejects. */
  reload(): Promise<Reloaded>;
  /**
   * Works until `end` aborts: then no run starts any more, and those under way are cancelled when their grace is over.
   *
   * @throws state.busy when the state folder was taken by another controller meanwhile
   */
  work(end: AbortSignal): Promise<void>;
}

interface Running extends Generation {
  readonly drain: AbortController;
  readonly over: Promise<void>;
}

const LAST_NOTICES_MS = 3_000;

/** No org can be named so. */
const CONTROLLER_LEASE = '*controller*';

/** @throws config.*, state.*: state.busy when another controller works on the state folder */
export async function startController(
  world: ControllerWorld,
  signal: AbortSignal,
): Promise<Controller> {
  const config = await world.load();
  const opened = await world.open(config);
  try {
    const lease = await acquire(opened.app, signal);
    return new SystemController(world, { config, ...opened }, lease);
  } catch (error) {
    await opened.app.close();
    throw error;
  }
}

class SystemController implements Controller {
  readonly #world: ControllerWorld;
  readonly #lease: HeldLease;
  readonly #cancel = new AbortController();
  readonly #ending = new AbortController();
  #running: Running;
  /** Of the last reload: they come one after the other. */
  #reloading: Promise<Reloaded> = Promise.resolve('same');

  constructor(world: ControllerWorld, first: Omit<Generation, 'loop'>, lease: HeldLease) {
    this.#world = world;
    this.#lease = lease;
    this.#running = this.#begin(first);
  }

  current(): Generation {
    return this.#running;
  }

  reload(): Promise<Reloaded> {
    this.#reloading = this.#reloading.then(() => this.#reloadOnce());
    return this.#reloading;
  }

  async work(end: AbortSignal): Promise<void> {
    const { lost } = this.#lease;
    await aborted(AbortSignal.any([end, lost]));
    this.#ending.abort();
    if (lost.aborted) this.#cancel.abort(lost.reason);
    this.#running.log.info('ending: no run starts any more', { graceMs: this.#world.graceMs });
    this.#running.drain.abort();
    await this.#withGrace(async () => {
      await this.#reloading;
      await this.#running.over;
    });
    await this.#lease.release();
    this.#running.log.info('ended');
    await this.#running.app.close();
    if (lost.aborted) throw lost.reason;
  }

  #begin(opened: Omit<Generation, 'loop'>): Running {
    const { app, config, log } = opened;
    const loop = app.loop(this.#world.observer);
    const drain = new AbortController();
    if (this.#ending.signal.aborted) drain.abort();
    const orgs = config.orgs.map(({ name }) => name);
    log.info('started', { orgs, pollMs: config.source.pollMs });
    const stopWatching = watchLocal({ config, log }, loop);
    const signals = { drain: drain.signal, cancel: this.#cancel.signal };
    const isLast = (): boolean => this.#ending.signal.aborted;
    const over = workAll({ app, loop }, signals, isLast).finally(stopWatching);
    return { ...opened, loop, drain, over };
  }

  async #reloadOnce(): Promise<Reloaded> {
    const old = this.#running;
    if (this.#ending.signal.aborted) return 'refused';
    try {
      const config = await this.#world.load();
      if (JSON.stringify(config) === JSON.stringify(old.config)) return 'same';
      checkReloadable(old.config, config);
      const opened = await this.#world.open(config);
      old.log.info('the config changed: runs under way end by the old one');
      old.drain.abort();
      await old.over;
      this.#running = this.#begin({ config, ...opened });
      await old.app.close();
      return 'reloaded';
    } catch (thrown) {
      const { code, message, advice } = reportedError(thrown);
      const told = isError(thrown, 'config.invalid') ? faultsOf(thrown) : {};
      old.log.error('the changed config is refused, the old one stays', {
        ...{ code, reason: message, advice },
        ...told,
      });
      return 'refused';
    }
  }

  async #withGrace(work: () => Promise<void>): Promise<void> {
    const done = new AbortController();
    const { clock, graceMs } = this.#world;
    clock.sleep(graceMs, done.signal).then(
      () => {
        this.#running.log.warn('the grace is over: runs under way are cancelled');
        this.#cancel.abort();
      },
      () => undefined,
    );
    await work();
    done.abort();
  }
}

/** Runs, and beside them deliveries and reports, none of which a run waits for. */
async function workAll(
  { app, loop }: Pick<Generation, 'app' | 'loop'>,
  signals: { readonly drain: AbortSignal; readonly cancel: AbortSignal },
  isLast: () => boolean,
): Promise<void> {
  const over = new AbortController();
  const beside = [app.courier.work(over.signal), keepReports(app, loop, signals.drain)];
  await loop.work(signals);
  over.abort();
  await Promise.all(beside);
  // what the last runs have to tell goes out as far as it goes quickly; whoever comes next brings the rest
  if (isLast()) await app.courier.drain(LAST_NOTICES_MS, signals.cancel);
}

async function acquire(app: App, signal: AbortSignal): Promise<HeldLease> {
  try {
    return await app.lease.acquire(CONTROLLER_LEASE, signal);
  } catch (error) {
    if (!isError(error, 'state.busy')) throw error;
    const { holder } = error.details;
    const message = `another controller works on ${app.config.state.directory}: ${holder}`;
    throw new FlowkeeperError('state.busy', message, { org: 'all orgs', holder }, { cause: error });
  }
}

/** A repository of this machine tells by itself when a branch moved. */
function watchLocal(
  { config, log }: Pick<Generation, 'config' | 'log'>,
  loop: Loop,
): () => Promise<void> {
  const { repository, repositoryKind, branch } = config.source;
  if (repositoryKind !== 'local') return () => Promise.resolve();
  return watchRefs({ repository, branch, log }, () => {
    loop.look();
  });
}

function checkReloadable(before: Config, after: Config): void {
  const listens = ({ server }: Config): string => `${server.host}:${String(server.port)}`;
  const fixed = [
    { key: 'state', isSame: before.state.directory === after.state.directory },
    { key: 'server.listen', isSame: listens(before) === listens(after) },
  ];
  const changed = fixed.filter(({ isSame }) => !isSame).map(({ key }) => key);
  if (changed.length === 0) return;
  const reason = `${changed.join(' and ')} cannot change while it runs`;
  throw new FlowkeeperError('config.needs-restart', reason, { keys: changed });
}

function faultsOf(error: FlowkeeperError<'config.invalid'>): { readonly faults: string[] } {
  return { faults: error.details.diagnostics.map(faultLine) };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else
      signal.addEventListener('abort', () => {
        resolve();
      });
  });
}
