import { CrashRounds, chance, cutsOf } from './crash-rounds.ts';
import type { RoundResult, StepKill } from './crash-rounds.ts';
import { runCli } from './child-runs.ts';
import type { CutCall } from './cut.ts';
import { SCENARIOS } from './scenarios.ts';

/** Calls that every scenario makes at least, of its two flows, with how many of each. */
const LEAST_CALLS: Readonly<Partial<Record<CutCall, number>>> = {
  'state.journal.open': 2,
  'state.journal.append': 8,
  'state.journal.close': 2,
  'state.snapshots.put': 2,
  'backend.write': 2,
  'backend.reload': 2,
  'state.flows.save': 1,
  'statusBranch.commit': 1,
  'state.outbox.markPublished': 1,
};

export interface CampaignOptions {
  readonly seed: number;
  /** Kills at boundaries between steps: so many of those that are known beforehand, or all that there are. */
  readonly stepKills: number | 'all';
  /** Kills at random instants. */
  readonly randomKills: number;
  readonly onResult?: (result: RoundResult) => void;
}

/**
 * Kills and looks, in two lanes at once, each with installations of its own: one whose remote is a folder, one whose
 * remote is an HTTP server that outlives the controller and all its children.
 *
 * @returns every round in which a process was to be killed at a step, or was killed at some instant, or something
 * did not hold
 */
export async function runCampaign(options: CampaignOptions): Promise<readonly RoundResult[]> {
  const results: RoundResult[] = [];
  const note = (result: RoundResult): void => {
    results.push(result);
    options.onResult?.(result);
  };
  const steps = stepJobs(options);
  const lanes = (['path', 'http'] as const).map(async (remote, lane) => {
    await killSteps(steps, note);
    const count = Math.ceil((options.randomKills - lane) / 2);
    await killRandomly({ remote, count, random: chance(options.seed * 2 + lane) }, note);
  });
  await Promise.all(lanes);
  return results;
}

type Note = (result: RoundResult) => void;
/** Taken by whichever lane is free. */
type StepJob = (rounds: CrashRounds) => Promise<readonly StepKill[]>;

function stepJobs({ stepKills, seed }: CampaignOptions): StepJob[] {
  if (stepKills === 'all')
    return SCENARIOS.map((scenario) => (rounds: CrashRounds) => rounds.stepKills(scenario));
  return spread(knownKills(), stepKills, seed).map((kill) => () => Promise.resolve([kill]));
}

function knownKills(): readonly StepKill[] {
  return SCENARIOS.flatMap((scenario) =>
    Object.entries(LEAST_CALLS).flatMap(([call, count]) =>
      Array.from({ length: count }, (_, index) => index + 1).flatMap((nth) =>
        cutsOf(scenario, call as CutCall, nth).map((cut) => ({ scenario, cut })),
      ),
    ),
  );
}

/** So many of the items, evenly far apart, from a start that chance says. */
function spread<T>(items: readonly T[], count: number, seed: number): readonly T[] {
  const start = Math.floor(chance(seed)() * items.length);
  return Array.from({ length: count }, (_, index) => {
    const at = start + Math.floor((index * items.length) / count);
    return items[at % items.length];
  }).filter((item) => item !== undefined);
}

async function killSteps(jobs: StepJob[], note: Note): Promise<void> {
  const start = (): Promise<CrashRounds> =>
    CrashRounds.start({ flows: 2, latencyMs: 0, remote: 'path' });
  let rounds = await start();
  try {
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      for (const kill of await job(rounds)) {
        const result = await rounds.killAt(kill);
        note(result);
        if (result.breaches.length === 0) continue;
        // what one breach left behind is not the next kill's fault
        await rounds.stop();
        rounds = await start();
      }
    }
  } finally {
    await rounds.stop();
  }
}

interface RandomLane {
  readonly remote: 'path' | 'http';
  /** Kills, not tries. */
  readonly count: number;
  readonly random: () => number;
}

async function killRandomly({ remote, count, random }: RandomLane, note: Note): Promise<void> {
  if (count <= 0) return;
  const start = (): Promise<CrashRounds> => CrashRounds.start({ flows: 6, latencyMs: 15, remote });
  let rounds = await start();
  try {
    let longestMs = await wholeRunMs(rounds);
    for (let killed = 0; killed < count;) {
      const result = await rounds.killAnytime(random, longestMs);
      if (result.wasKilled || result.breaches.length > 0) note(result);
      if (result.wasKilled) killed += 1;
      // the machine is quicker than it was
      else longestMs *= 0.9;
      if (result.breaches.length === 0) continue;
      await rounds.stop();
      rounds = await start();
    }
  } finally {
    await rounds.stop();
  }
}

/** How long a run takes in which every flow is written. */
async function wholeRunMs({ world }: CrashRounds): Promise<number> {
  await world.wish({ maxWaitTime: 61, flowIds: world.flowIds, onReloadFailure: 'keep' });
  return (await runCli(world.config)).tookMs;
}
