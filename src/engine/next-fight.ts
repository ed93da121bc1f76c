import type { Fight } from '../domain/fight.ts';
import type { OutcomeStatus } from '../domain/outcome.ts';
import type { FightPolicy } from '../domain/policy.ts';
import { endOfPause, openAgain, recentCorrections, standingFight } from '../gates/fighting.ts';
import type { FlowTask } from './flow-task.ts';
import type { ConditionFact } from './next-status.ts';

const SETTLED: ReadonlySet<OutcomeStatus> = new Set(['applied', 'in-sync']);

/** The newest corrections that a condition lists. */
const MAX_LISTED = 10;

type FightTask = Pick<
  FlowTask,
  'kind' | 'verdict' | 'wanted' | 'lastUpdateAt' | 'liveChangedBy' | 'conflictBy'
> & { readonly run: Pick<FlowTask['run'], 'policy'> };

/** What is remembered of a fight after a flow's way through the machine; undefined: nothing. Pure. */
export function nextFight(
  previous: Fight | undefined,
  task: FightTask,
  status: OutcomeStatus,
  now: number,
): Fight | undefined {
  const { verdict, wanted, run } = task;
  if (verdict?.kind === 'defer' && verdict.fight) return verdict.fight;
  const known = standingFight(previous, wanted.hash, run.policy.fight, now);
  const ofDrift = task.kind === 'drift' ? status : undefined;
  if (ofDrift === 'applied') return corrected(known, task, now);
  // others wrote while the correction was to show whether they still do
  if (ofDrift === 'conflict' && known?.breaker)
    return openAgain(known, run.policy.fight, { now, by: task.conflictBy });
  return SETTLED.has(status) ? calmed(known, now) : known;
}

/** What is remembered of a flow that is in sync without anything having been written. */
export function settledFight(
  previous: Fight | undefined,
  hash: string,
  policy: FightPolicy,
  now: number,
): Fight | undefined {
  return calmed(standingFight(previous, hash, policy, now), now);
}

function corrected(known: Fight | undefined, task: FightTask, now: number): Fight {
  const { wanted, lastUpdateAt: at = now, liveChangedBy: by, run } = task;
  const policy = run.policy.fight;
  const { hash } = wanted;
  const { corrections: earlier = [], breaker } = known ?? {};
  // while the breaker is open all are kept: they tell how it came to it
  const before = breaker ? earlier : recentCorrections({ corrections: earlier }, policy, at);
  const correction = { at, ...(by !== undefined && { by }) };
  const corrections = [...before, correction].slice(-policy.corrections);
  if (!breaker) return { hash, corrections };
  return { hash, corrections, breaker: { ...breaker, probed: true, calmSince: at } };
}

function calmed(known: Fight | undefined, now: number): Fight | undefined {
  const { breaker } = known ?? {};
  if (!known || !breaker || breaker.calmSince !== undefined) return known;
  return { ...known, breaker: { ...breaker, calmSince: now } };
}

/** Empty, or what the status file tells of a breaker: the same words as long as nothing happens. */
export function fightConditions(
  fight: Fight | undefined,
  { withinMs }: FightPolicy,
): readonly ConditionFact[] {
  const { breaker } = fight ?? {};
  if (!fight || !breaker) return [];
  const { calmSince, by } = breaker;
  const history = `corrected ${correctionsOf(fight)}, then changed again${byWhom(by)}`;
  const isCalm = calmSince !== undefined;
  const next = isCalm
    ? `in sync since ${iso(calmSince)}, and over at ${iso(calmSince + withinMs)} if it stays so`
    : `left alone until ${iso(endOfPause(breaker))}, then corrected once to see`;
  const reason = isCalm ? 'HalfOpen' : 'Open';
  return [{ type: 'Fighting', status: true, reason, message: `${next}; ${history}` }];
}

/** `2026-11-24T09:30:00.000Z (by Sam Supervisor), …` */
function correctionsOf({ corrections }: Fight): string {
  const listed = corrections
    .slice(-MAX_LISTED)
    .map(({ at, by }) => `${iso(at)}${by === undefined ? '' : ` (changed by ${by})`}`);
  const left = corrections.length - listed.length;
  return [...(left > 0 ? [`${String(left)} times earlier`] : []), ...listed].join(', ');
}

function byWhom(by: string | undefined): string {
  return by === undefined ? '' : ` by ${by}`;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
