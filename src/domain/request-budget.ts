import { nextGcra } from './gcra.ts';
import type { GcraLimit, GcraVerdict } from './gcra.ts';

export interface RateLimits {
  readonly requestsPerMinute: number;
  readonly updatesPerMinute: number;
}

/**
 * Whose request it is: `people` caused it (a commit that changed something, or a revert), or it is `routine`
 * (drift, and reading the org). Of each budget the last fifth is kept for people, and people go first.
 */
export type RequestPriority = 'people' | 'routine';

export type RequestKind = 'read' | 'write';

/** A request that wants to be sent. */
export interface Asking {
  readonly kind: RequestKind;
  readonly priority: RequestPriority;
}

/** `admitted` is the one of those asking that was; otherwise none of them may go before `waitMs`. */
export type BudgetVerdict =
  | { readonly kind: 'admitted'; readonly admitted: Asking }
  | { readonly kind: 'wait'; readonly waitMs: number };

/** What one OAuth client has spent. Instants are epoch ms. */
export interface BudgetState {
  /** When this was so. */
  readonly at: number;
  /** When the requests so far would all have been due, one after the other; 0: none yet. */
  readonly requestsTat: number;
  /** Nobody is admitted before. */
  readonly stalledUntil: number;
  /** Of the last minute, oldest first. */
  readonly updatesAt: readonly number[];
}

/** Nothing was spent so far. */
export const UNSPENT: BudgetState = { at: 0, requestsTat: 0, stalledUntil: 0, updatesAt: [] };

/** The same, whatever it is kept in. */
export interface BudgetLedger extends Omit<BudgetState, 'updatesAt' | 'at'> {
  /** Epoch ms of the n-th newest update, 0 being the newest; undefined: there are not so many. */
  readonly updateAt: (n: number) => number | undefined;
}

export const MINUTE_MS = 60_000;

/** Of each budget that routine may not use. */
const SHARE_FOR_PEOPLE = 0.2;

/** From here on a limit is no limit. */
const UNLIMITED_PER_MINUTE = 1_000_000;

const PRIORITIES: readonly RequestPriority[] = ['people', 'routine'];

export function isUnlimited(perMinute: number): boolean {
  return perMinute >= UNLIMITED_PER_MINUTE;
}

/** A quarter of a minute's requests at once: any minute then sees at most 1.25 times the limit. */
function requestLimitOf(perMinute: number): GcraLimit {
  return { intervalMs: MINUTE_MS / perMinute, burst: Math.max(1, Math.floor(perMinute / 4)) };
}

/**
 * Judges those that are first in their part of the line (most urgent first) against what was spent: the first of them
 * that may go does. Requests are counted by GCRA. Updates are a log, not a rate: an operator reads `updatesPerMinute`
 * literally, so no minute sees more, and all of them may go at once after a rest. Pure.
 *
 * @returns the verdict, and the `requestsTat` to keep
 */
export function takeRequest(
  ledger: BudgetLedger,
  wanted: readonly Asking[],
  limits: RateLimits,
  now: number,
): { readonly verdict: BudgetVerdict; readonly requestsTat: number } {
  let requestsTat = ledger.requestsTat;
  if (now < ledger.stalledUntil)
    return { verdict: { kind: 'wait', waitMs: ledger.stalledUntil - now }, requestsTat };

  let waitMs = Infinity;
  for (const asking of wanted) {
    const request = nextRequest(ledger.requestsTat, asking, limits, now);
    const updatesMs = request.waitMs > 0 ? 0 : updatesLeftMs(ledger, asking, limits, now);
    if (request.waitMs + updatesMs === 0)
      return { verdict: { kind: 'admitted', admitted: asking }, requestsTat: request.tat };
    waitMs = Math.min(waitMs, request.waitMs + updatesMs);
    // what was kept by a clock that was set back is not to be believed again
    if (request.waitMs > 0) requestsTat = request.tat;
  }
  return { verdict: { kind: 'wait', waitMs }, requestsTat };
}

function nextRequest(
  tat: number,
  { priority }: Asking,
  { requestsPerMinute }: RateLimits,
  now: number,
): GcraVerdict {
  if (isUnlimited(requestsPerMinute)) return { waitMs: 0, tat };
  const limit = requestLimitOf(requestsPerMinute);
  return nextGcra(tat, now, limit, keptFromRoutine(limit.burst, priority));
}

/** How much of a budget of this size the one who asks has to leave. */
function keptFromRoutine(size: number, priority: RequestPriority): number {
  return priority === 'people' ? 0 : Math.floor(size * SHARE_FOR_PEOPLE);
}

/** Milliseconds until this one may go as far as updates are concerned. */
function updatesLeftMs(
  ledger: BudgetLedger,
  { kind, priority }: Asking,
  { updatesPerMinute }: RateLimits,
  now: number,
): number {
  if (kind === 'read' || isUnlimited(updatesPerMinute)) return 0;
  const all = Math.floor(updatesPerMinute);
  const at = ledger.updateAt(all - keptFromRoutine(all, priority) - 1);
  return at === undefined ? 0 : Math.max(0, at + MINUTE_MS - now);
}

/**
 * Those of a line who may be asked about, in the order in which they may go: people's requests before routine, each in
 * the order in which they came, except that a read does not wait behind a write for which only the update budget
 * is used up.
 */
export function frontOf<T extends Asking>(line: readonly T[]): readonly T[] {
  return PRIORITIES.flatMap((priority) => {
    const part = line.filter((waiter) => waiter.priority === priority);
    const [first] = part;
    const read = first?.kind === 'write' ? part.find(({ kind }) => kind === 'read') : undefined;
    return [first, read].filter((waiter) => waiter !== undefined);
  });
}

/** Waiting is in whole milliseconds, and never none. */
export function restMs({ waitMs }: Extract<BudgetVerdict, { kind: 'wait' }>): number {
  return Math.max(1, Math.ceil(waitMs));
}
