import type { Fight, FightBreaker } from '../domain/fight.ts';
import type { FlowChange } from '../domain/plan.ts';
import type { FightPolicy } from '../domain/policy.ts';
import { ALLOW } from '../domain/verdict.ts';
import type { GateVerdict } from '../domain/verdict.ts';
import { withoutUndefined } from '../domain/without-undefined.ts';

/** Pauses grow up to here. */
const LONGEST_PAUSE_MS = 86_400_000;
/** Names that are told; more would hide the rest. */
const MAX_NAMES = 5;

/**
 * Leaves a flow alone that others change again after each correction, and lets its drift be corrected once after a
 * pause, to see. Only drift counts: what git changes always goes on, and is another matter from then on.
 *
 * | what is remembered                             | drift is met                               |
 * |------------------------------------------------|--------------------------------------------|
 * | fewer corrections within the time than allowed | corrected                                  |
 * | as many                                        | left alone: the breaker opens              |
 * | an open breaker, before its pause is over      | left alone                                 |
 * | an open breaker, from the end of its pause on  | corrected, once                            |
 * | a breaker that was probed                      | left alone: it opens again, twice as long  |
 * | a breaker, and that the flow was long in sync  | as if there were none                      |
 *
 * A correction counts until right before `within` is over. What lies further in the future than it may tells of a
 * clock that was set back, and holds nothing.
 */
export function checkFighting(
  change: Pick<FlowChange, 'flowId' | 'kind' | 'desiredHash' | 'modifiedBy'>,
  remembered: Fight | undefined,
  policy: FightPolicy,
  now: number,
): GateVerdict {
  const { flowId, kind, desiredHash, modifiedBy } = change;
  const known = standingFight(remembered, desiredHash, policy, now);
  if (kind !== 'drift' || !known) return ALLOW;
  const fight = meetDrift(known, policy, { now, by: modifiedBy?.name ?? modifiedBy?.id });
  if (!fight) return ALLOW;
  return {
    kind: 'defer',
    gate: 'fighting',
    reason: `${wordsOf(fight, fight.breaker)}; \`flowkeeper retry ${flowId}\` corrects it at once`,
    untilAt: endOfPause(fight.breaker),
    fight,
  };
}

/** What still counts of a fight for these settings; undefined: nothing. */
export function standingFight(
  fight: Fight | undefined,
  hash: string,
  policy: FightPolicy,
  now: number,
): Fight | undefined {
  if (fight?.hash !== hash) return undefined;
  const { breaker, ...rest } = fight;
  return breaker && isOver(breaker, policy, now) ? rest : fight;
}

/** True when the flow has been in sync for long enough. */
function isOver({ calmSince }: FightBreaker, { withinMs }: FightPolicy, now: number): boolean {
  if (calmSince === undefined) return false;
  return now - calmSince >= withinMs || calmSince > now + withinMs;
}

/** Others changed the flow, as far as the service tells who. */
interface Changed {
  readonly now: number;
  readonly by: string | undefined;
}

type OpenFight = Fight & { readonly breaker: FightBreaker };

/** Undefined: the drift may be corrected. */
function meetDrift(fight: Fight, policy: FightPolicy, changed: Changed): OpenFight | undefined {
  const { breaker } = fight;
  if (breaker) {
    if (breaker.probed) return openAgain(fight, policy, changed);
    if (isDue(breaker, changed.now)) return undefined;
    return { ...fight, breaker: withoutUndefined({ ...breaker, calmSince: undefined }) };
  }
  const corrections = recentCorrections(fight, policy, changed.now);
  if (corrections.length < policy.corrections) return undefined;
  return { ...fight, corrections, breaker: openedBy(changed, policy.probeAfterMs) };
}

/** A fight that did not end with the correction that was to show whether it had. */
export function openAgain(fight: Fight, policy: FightPolicy, changed: Changed): OpenFight {
  const { pauseMs = 0 } = fight.breaker ?? {};
  const longer = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
  return { ...fight, breaker: openedBy(changed, Math.max(longer, policy.probeAfterMs)) };
}

/** Those that count at `now`. */
export function recentCorrections(
  { corrections }: Pick<Fight, 'corrections'>,
  { withinMs }: FightPolicy,
  now: number,
): Fight['corrections'] {
  return corrections.filter(({ at }) => at <= now && now - at < withinMs);
}

function openedBy({ now, by }: Changed, pauseMs: number): FightBreaker {
  return { openedAt: now, pauseMs, ...(by !== undefined && { by }) };
}

function isDue(breaker: FightBreaker, now: number): boolean {
  const { openedAt, pauseMs } = breaker;
  return now >= endOfPause(breaker) || openedAt > now + pauseMs;
}

/** Epoch ms from which on drift is corrected once. */
export function endOfPause({ openedAt, pauseMs }: FightBreaker): number {
  return openedAt + pauseMs;
}

/** Why a flow is left alone; undefined when it is not. The same words as long as its breaker stays open. */
export function fightWords(fight: Fight): string | undefined {
  return fight.breaker && wordsOf(fight, fight.breaker);
}

function wordsOf({ corrections }: Fight, breaker: FightBreaker): string {
  const names = [...new Set([...corrections, breaker].flatMap(({ by }) => by ?? []))];
  const more = names.length > MAX_NAMES ? `, and ${String(names.length - MAX_NAMES)} more` : '';
  const by = names.length === 0 ? 'others' : `${names.slice(0, MAX_NAMES).join(', ')}${more}`;
  const [first] = corrections;
  const since = first === undefined ? '' : ` since ${new Date(first.at).toISOString()}`;
  const count = corrections.length;
  const times = count === 1 ? 'once' : `${String(count)} times`;
  return `corrected ${times}${since}, and changed again ${count === 1 ? '' : 'each time '}by ${by}`;
}
