import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '../../src/simulator/random.ts';
import { readAuditChain } from '../support/audit-chain.ts';
import { writesWithoutPushedSnapshot, writesWithoutSnapshot } from './after-kill.ts';
import { findBreaches } from './check-invariants.ts';
import { runCli, runMortal } from './child-runs.ts';
import type { Ended } from './child-runs.ts';
import { CrashWorld, ORG, STATUS_BRANCH } from './crash-world.ts';
import { renderCut } from './cut.ts';
import type { Cut, CutCall, MortalReport } from './cut.ts';
import { SCENARIOS } from './scenarios.ts';
import type { Scenario } from './scenarios.ts';

/** A process that was killed and did not get well in so many runs needs a person: that is a breach. */
const MOST_RUNS = 4;
const LATE_MARGIN_MS = 100;

/** One kill that is to be made. */
export interface StepKill {
  readonly scenario: Scenario;
  readonly cut: Cut;
}

/** What one round showed. */
export interface RoundResult {
  /** How it was killed, to find it again. */
  readonly title: string;
  /** False when the process ended before its time came. */
  readonly wasKilled: boolean;
  /** Runs until nothing was left to do. */
  readonly restarts: number;
  readonly breaches: readonly string[];
  readonly tookMs: number;
  /** What the processes said, the killed one first. */
  readonly runs: readonly Ended[];
}

interface RoundPlan {
  readonly title: string;
  readonly scenario: Scenario;
  /** Whether some of the flows were edited by hand before, too. */
  readonly isDrifted?: true;
  readonly kill: (flowIds: readonly string[]) => Promise<Ended>;
}

/** Kills one installation again and again, and looks after each kill whether everything holds. */
export class CrashRounds {
  readonly world: CrashWorld;
  readonly #remote: 'path' | 'http';
  #round = 0;

  private constructor(world: CrashWorld, remote: 'path' | 'http') {
    this.world = world;
    this.#remote = remote;
  }

  static async start(options: Parameters<typeof CrashWorld.start>[0]): Promise<CrashRounds> {
    const world = await CrashWorld.start(options);
    const rounds = new CrashRounds(world, options.remote);
    const first = await runCli(world.config);
    if (first.exitCode === 0) return rounds;
    await world.stop();
    throw new Error(`the first run failed: ${first.stderr}${first.stdout}`);
  }

  /** Every boundary of a scenario, found by a run that nobody kills. */
  async stepKills(scenario: Scenario): Promise<readonly StepKill[]> {
    let calls: readonly CutCall[] = [];
    const result = await this.#play({
      title: `${scenario.name}, not killed`,
      scenario,
      kill: async (flowIds) => {
        const ended = await this.#mortal(scenario, flowIds);
        calls = (JSON.parse(ended.stdout) as MortalReport).calls;
        return ended;
      },
    });
    if (result.breaches.length > 0) throw new Error(describeBreaches(result));
    return calls.flatMap((call, index) => {
      const nth = calls.slice(0, index + 1).filter((called) => called === call).length;
      return cutsOf(scenario, call, nth).map((cut) => ({ scenario, cut }));
    });
  }

  /** One process that kills itself at this boundary, and what comes after. */
  killAt({ scenario, cut }: StepKill): Promise<RoundResult> {
    return this.#play({
      title: `${scenario.name}: ${renderCut(cut)}`,
      scenario,
      kill: (flowIds) => this.#mortal(scenario, flowIds, cut),
    });
  }

  /** The built CLI, killed from outside at an instant that chance says; with all its children where the remote is apart. */
  killAnytime(random: () => number, longestMs: number): Promise<RoundResult> {
    const scenario = pick(random, SCENARIOS);
    const afterMs = Math.round(longestMs * (0.15 + 0.85 * random()));
    const isGroup = this.#remote === 'http' && random() < 0.5;
    const whom = isGroup ? 'with all its children' : 'alone';
    return this.#play({
      title: `the CLI killed ${whom} after ${String(afterMs)} ms, in: ${scenario.name}`,
      scenario,
      isDrifted: true,
      kill: () => runCli(this.world.config, { afterMs, isGroup }),
    });
  }

  stop(): Promise<void> {
    return this.world.stop();
  }

  async #mortal(scenario: Scenario, flowIds: readonly string[], cut?: Cut): Promise<Ended> {
    const { config, simulator } = this.world;
    const settings = { routing: { maxWaitTime: 77, priority: 1000 + this.#round } };
    const handEdit = { simulatorUrl: simulator.url, flowId: firstOf(flowIds), settings };
    return runMortal({ config, ...(cut && { cut }), ...(scenario.hasHandEdit && { handEdit }) });
  }

  async #play({ title, scenario, isDrifted, kill }: RoundPlan): Promise<RoundResult> {
    const startedMs = performance.now();
    const { world } = this;
    const { simulator, flowIds } = world;
    this.#round += 1;
    const maxWaitTime = 100 + (this.#round % 3000);
    if (isDrifted) await this.#drift();
    const before = await simulator.state();
    const auditsBefore = await this.#auditCount();
    const { onReloadFailure = 'keep', pushSnapshotsFirst } = scenario;
    await world.wish({ maxWaitTime, flowIds, onReloadFailure, pushSnapshotsFirst });
    await world.begin(scenario.faults(firstOf(flowIds)));

    const killed = await kill(flowIds);
    const lateAtMs = performance.now() + (scenario.lateMs ?? 0) + LATE_MARGIN_MS;
    const unprotected = await this.#unprotected(scenario);
    const afterKill = await simulator.state();
    const restarted = await this.#restart();
    if (scenario.lateMs !== undefined) await delay(Math.max(0, lateAtMs - performance.now()));

    const runs = [killed, ...restarted];
    const last = runs.at(-1)?.exitCode;
    const isWell = last === 0 || (last === 2 && scenario.mayRollBack === true);
    const unwell = `exit code ${String(last)} after ${String(restarted.length)} restarts`;
    const found = await findBreaches({
      world,
      before,
      afterKill,
      wished: new Map(flowIds.map((id) => [id, maxWaitTime])),
      auditsBefore,
      mayRollBack: scenario.mayRollBack ?? false,
      printed: runs.map(({ stdout, stderr }) => stdout + stderr).join('\n'),
    });
    return {
      title,
      wasKilled: killed.signal === 'SIGKILL',
      restarts: restarted.length,
      breaches: [...unprotected, ...(isWell ? [] : [unwell]), ...found],
      tookMs: performance.now() - startedMs,
      runs,
    };
  }

  /** What the killed process had sent without the snapshot that has to be there by then. */
  async #unprotected({ pushSnapshotsFirst }: Scenario): Promise<readonly string[]> {
    const { world } = this;
    const patches = await world.simulator.patches();
    const pushed = pushSnapshotsFirst ? await writesWithoutPushedSnapshot(world, patches) : [];
    return [...(await writesWithoutSnapshot(world, patches)), ...pushed];
  }

  /** Every other flow is changed by hand, where git decides and where it does not. */
  async #drift(): Promise<void> {
    const { simulator, flowIds } = this.world;
    for (const flowId of flowIds.filter((_, index) => index % 2 === 1))
      await simulator.edit(flowId, { routing: { maxWaitTime: 55, priority: this.#round } });
  }

  /** Runs the plain CLI until it says that nothing is left to do, or that the rest waits for a person. */
  async #restart(): Promise<readonly Ended[]> {
    const runs: Ended[] = [];
    while (runs.length < MOST_RUNS) {
      const run = await runCli(this.world.config);
      runs.push(run);
      if (run.exitCode === 0 || run.exitCode === 2) break;
    }
    return runs;
  }

  async #auditCount(): Promise<number> {
    return readAuditChain(await this.world.repository.files(STATUS_BRANCH), ORG).length;
  }
}

/** The cuts that a scenario is for, at the n-th call of this name. */
export function cutsOf(scenario: Scenario, call: CutCall, nth: number): readonly Cut[] {
  const { during } = scenario;
  if (!during)
    return [
      { call, nth, time: 'before' },
      { call, nth, time: 'after' },
    ];
  if (during.call !== call) return [];
  return during.afterMs.map((afterMs) => ({ call, nth, time: 'during', afterMs }));
}

/** The flow that meets the scenario's fault: the first by id, which is the order of a run. */
function firstOf(flowIds: readonly string[]): string {
  return flowIds.toSorted()[0] ?? '';
}

function pick<T>(random: () => number, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

/** Equal seeds give equal choices. */
export const chance = (seed: number): (() => number) => seededRandom(seed);

export function describeBreaches({ title, breaches, runs }: RoundResult): string {
  const said = runs.map(({ exitCode, signal, stdout, stderr }, index) =>
    [`--- run ${String(index)}: ${String(signal ?? exitCode)}`, stdout, stderr].join('\n'),
  );
  return [title, ...breaches.map((breach) => `  ${breach}`), ...said].join('\n');
}
