import type { Deadlines } from '../../domain/deadlines.ts';
import type { OrgName } from '../../domain/flow.ts';
import type { TriggerReason } from '../../domain/trigger.ts';
import type { Chance } from '../../ports/chance.ts';
import type { LoopObserver } from '../../ports/loop-observer.ts';
import type { Ports } from '../../ports/ports.ts';
import type { TriggerLog } from '../../ports/trigger-log.ts';
import { loadDesiredOrg } from '../load-desired.ts';
import type { DesiredLoader } from '../load-desired.ts';
import type { Approval, OrgRun } from '../org-run.ts';
import { reportedError } from '../reported-error.ts';
import { reconcileOne } from '../run-all.ts';
import type { OrgSetup } from '../run-all.ts';
import { TimeLimits } from '../time-limits.ts';
import { makeHead } from './head.ts';
import type { Head, HeadView } from './head.ts';
import { OrgWorker } from './org-worker.ts';
import type { WorkerView } from './org-worker.ts';
import { pause } from './pause.ts';

/** How often triggers of other processes are looked for. */
const LOOK_MS = 2_000;
/** While the policy of an org cannot be read. */
const DEFAULT_INTERVAL_MS = 300_000;

export interface LoopParts {
  readonly ports: Pick<Ports, 'source' | 'clock' | 'log'>;
  readonly triggers: TriggerLog;
  readonly setups: readonly OrgSetup[];
  readonly loader: DesiredLoader;
  /** Folder of the desired state in the repository. */
  readonly directory: string;
  readonly pollMs: number;
  readonly deadlines: Deadlines;
  readonly chance: Chance;
  readonly observer: LoopObserver;
}

export interface LoopView {
  readonly head: HeadView;
  readonly orgs: readonly WorkerView[];
}

/** Runs by itself, whenever something calls for it. */
export interface Loop {
  /**
   * "Look again": on the disk when it resolves, and answered by a run that starts after it.
   *
   * @param asked `orgs` undefined: all; `by`: who or what says so, for people
   * @throws state.*: then it was not accepted
   */
  accept(
    reason: Extract<TriggerReason, 'push' | 'person'>,
    asked?: {
      readonly orgs?: readonly OrgName[];
      readonly by?: string;
      /** A plan of these orgs that a person wants written, though a gate holds it. */
      readonly approval?: Approval;
    },
  ): Promise<void>;
  /** Git may have moved: it is looked at now. Nothing is stored, and nothing runs if it has not. */
  look(): void;
  view(): LoopView;
  /** Works until `drain` aborts and the runs under way are over; `cancel` ends those early. Never rejects. */
  work(signals: { readonly drain: AbortSignal; readonly cancel: AbortSignal }): Promise<void>;
}

export function makeLoop(parts: LoopParts): Loop {
  const { ports, setups } = parts;
  /** When somebody last said that git moved, until a look that came after it. */
  let hintedAt: number | undefined;
  const accept = makeAccept(parts, () => workers);
  const head: Head = makeHead(ports, {
    pollMs: parts.pollMs,
    chance: parts.chance,
    async onMoved(revision) {
      parts.observer.moved(hintedAt !== undefined);
      await accept('git', { by: revision.slice(0, 10) }, () => undefined);
    },
    onLooked() {
      if (hintedAt !== undefined && head.after(hintedAt)) hintedAt = undefined;
      for (const worker of workers.values()) worker.wake();
    },
  });
  const workers: Workers = new Map(
    setups.map((setup) => [setup.org, makeWorker(parts, setup, head)]),
  );

  return {
    async accept(reason, asked = {}) {
      if (reason === 'push') hintedAt = head.ticket();
      await accept(reason, asked, () => head.ticket());
      head.wanted();
    },
    look() {
      head.wanted();
    },
    view: () => ({ head: head.view(), orgs: [...workers.values()].map((worker) => worker.view()) }),
    async work({ drain, cancel }) {
      await accept('start', {}, () => 0).catch((thrown: unknown) => {
        const { code, message } = reportedError(thrown);
        ports.log.error('no trigger could be stored; it is tried again', {
          code,
          reason: message,
        });
      });
      const watching = [head.watch(drain), watchOthers(parts, workers, head, drain)];
      const working = [...workers.values()].map((worker) => worker.work({ drain, cancel }));
      await Promise.all([...watching, ...working]);
    },
  };
}

type Workers = ReadonlyMap<OrgName, OrgWorker>;
type Asked = NonNullable<Parameters<Loop['accept']>[1]>;

/**
 * Stores triggers, then tells the workers.
 *
 * @param ticketOf asked once they are stored: git has to be looked at after it
 */
function makeAccept(
  { ports, triggers, observer }: LoopParts,
  workersOf: () => Workers,
): (reason: TriggerReason, asked: Asked, ticketOf: () => number | undefined) => Promise<void> {
  return async (reason, { orgs, by, approval }, ticketOf) => {
    const workers = workersOf();
    const chosen = orgs ?? [...workers.keys()];
    const told = { reason, at: ports.clock.now(), ...(by !== undefined && { by }) };
    const numbers = await triggers.accept(chosen.map((org) => ({ org, ...told })));
    const ticket = ticketOf();
    chosen.forEach((org, i) => {
      if (approval) workers.get(org)?.approve(approval);
      workers.get(org)?.announce(numbers[i] ?? 0, ticket);
      observer.accepted(org, reason);
    });
  };
}

function makeWorker(parts: LoopParts, setup: OrgSetup, head: Head): OrgWorker {
  const { loader, directory, deadlines, triggers, chance } = parts;
  const { org, orgId } = setup;
  const { clock, log } = parts.ports;
  return new OrgWorker({
    ...{ org, ports: { clock, log }, triggers, head, chance },
    run: (pinned, approval, signal) => {
      const options = { directory, pinned, deadlines, ...(approval && { approval }) };
      return reconcileOne(setup, loader, options, signal);
    },
    intervalAt: (pinned, signal) => {
      const limits = new TimeLimits(clock, org, deadlines);
      return intervalOf(loader, { org, orgId, directory, pinned, limits }, signal);
    },
    onRunEnded: (entry) => {
      parts.observer.runEnded(entry);
    },
  });
}

async function intervalOf(
  loader: DesiredLoader,
  run: OrgRun,
  signal: AbortSignal,
): Promise<number> {
  try {
    const { policy, policyFaults } = await loadDesiredOrg(loader, run, signal);
    return policyFaults.length > 0 ? DEFAULT_INTERVAL_MS : policy.intervalMs;
  } catch {
    return DEFAULT_INTERVAL_MS;
  }
}

/** What another process accepted (`flowkeeper retry`) calls for a run as what this one did. Never rejects. */
async function watchOthers(
  { triggers, ports }: LoopParts,
  workers: Workers,
  head: Head,
  signal: AbortSignal,
): Promise<void> {
  while (await pause(ports.clock, LOOK_MS, signal)) {
    try {
      let isNews = false;
      for (const [org, number] of await triggers.latest())
        isNews = workers.get(org)?.announce(number, head.ticket()) === true || isNews;
      if (isNews) head.wanted();
    } catch (thrown) {
      const { code, message } = reportedError(thrown);
      ports.log.warn('the triggers of others could not be read', { code, reason: message });
    }
  }
}
