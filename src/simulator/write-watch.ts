import type { LoggedRequest } from './request-log.ts';

/**
 * Requests that a careful client would not have had in flight at once.
 * - `overlapping-patches`: two PATCHes of one flow. Never right.
 * - `overlapping-reloads`: two reloads of one org. Wasteful.
 * - `reload-during-patch`: a reload that came before a PATCH of its org had ended. Right only if
 *   another reload follows that PATCH (`pendingReload` of the org tells).
 */
export interface Violation {
  readonly kind: 'overlapping-patches' | 'overlapping-reloads' | 'reload-during-patch';
  readonly orgId: string;
  /** Sequence of the request that was already there. */
  readonly earlier: number;
  /** Sequence of the request that came too soon. */
  readonly later: number;
  /** The flow of the earlier PATCH. */
  readonly flowId: string | undefined;
}

/** More than anybody reads; a client that is that wrong must not fill the memory. */
const KEPT = 10_000;

/** Watches writes for overlaps. */
export class WriteWatch {
  readonly violations: Violation[] = [];
  #open: LoggedRequest[] = [];

  /** @param entry a PATCH or reload that has just arrived, from a known client */
  arrived(entry: LoggedRequest): void {
    this.#open = this.#open.filter(({ ending }) => ending === 'open');
    for (const earlier of this.#open) {
      const violation = violationOf(earlier, entry);
      if (violation !== undefined) this.#judge(earlier, violation);
    }
    this.#open.push(entry);
  }

  /**
   * A client that gave up closes its connection before it sends again, but over two connections
   * the order is lost. After a turn of the event loop all that had arrived has been seen.
   */
  #judge(earlier: LoggedRequest, violation: Violation): void {
    setImmediate(() => {
      setImmediate(() => {
        if (earlier.ending === 'client-gone' || this.violations.length >= KEPT) return;
        this.violations.push(violation);
      });
    });
  }
}

function violationOf(earlier: LoggedRequest, later: LoggedRequest): Violation | undefined {
  const orgId = later.orgId;
  if (orgId === undefined || earlier.orgId !== orgId) return undefined;
  const kind = kindOf(earlier, later);
  if (kind === undefined) return undefined;
  return { kind, orgId, earlier: earlier.sequence, later: later.sequence, flowId: earlier.flowId };
}

function kindOf(earlier: LoggedRequest, later: LoggedRequest): Violation['kind'] | undefined {
  if (later.method === 'PATCH') {
    return earlier.method === 'PATCH' && earlier.flowId === later.flowId
      ? 'overlapping-patches'
      : undefined;
  }
  return earlier.method === 'PATCH' ? 'reload-during-patch' : 'overlapping-reloads';
}
