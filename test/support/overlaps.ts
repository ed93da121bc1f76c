import type { LoggedRequest } from '../../src/simulator/request-log.ts';
import type { Violation } from '../../src/simulator/write-watch.ts';

/** No reload is late sooner, and one that is not late is waited for by the next. */
const LATE_RELOAD_MS = 50;

/** What must never be in flight at once: two writes of one flow, or two reloads of one org of which the first is not late. */
export function overlapsOf(
  violations: readonly Violation[],
  requests: readonly LoggedRequest[],
): readonly Violation[] {
  const startOf = (sequence: number): number =>
    requests.find((request) => request.sequence === sequence)?.startedAt ?? NaN;
  return violations.filter(({ kind, earlier, later }) => {
    const isLate = startOf(later) - startOf(earlier) >= LATE_RELOAD_MS;
    return kind === 'overlapping-patches' || (kind === 'overlapping-reloads' && !isLate);
  });
}
