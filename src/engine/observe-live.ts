import type { DesiredFlow } from '../domain/flow.ts';
import { makeLiveComparison } from '../plan/live-comparison.ts';
import type { LiveComparisonResult } from '../plan/live-comparison.ts';
import { makePageMemory } from '../plan/page-memory.ts';
import type { Ports } from '../ports/ports.ts';
import type { OrgRun } from './org-run.ts';
import { readUnlisted } from './read-unlisted.ts';

/**
 * Reads every live flow page by page and compares it at once, so that no more than a page of settings is in memory.
 * A page that was calm in an earlier run of this process, and on which nothing has come to bear since, is not even
 * parsed (`run.pages`). Flows that the list shows without settings are read one by one, and one that
 * cannot be read is told as unread.
 *
 * @throws as `FlowBackend.pages`: a list that was not whole is never compared to its end; deadline.live
 */
export function observeLive(
  ports: Pick<Ports, 'backend' | 'clock' | 'observer'>,
  run: OrgRun,
  desired: readonly DesiredFlow[],
  signal: AbortSignal,
): Promise<LiveComparisonResult> {
  return run.limits.phase('live', signal, (alive) => observe(ports, run, desired, alive));
}

async function observe(
  ports: Pick<Ports, 'backend' | 'clock' | 'observer'>,
  run: OrgRun,
  desired: readonly DesiredFlow[],
  signal: AbortSignal,
): Promise<LiveComparisonResult> {
  const ground = { desired, orgId: run.orgId, now: ports.clock.now() };
  const reading = (run.pages ?? makePageMemory()).open(ground, run.fullCompare);
  const comparison = makeLiveComparison(ground);
  let done = 0;
  for await (const page of ports.backend.pages(signal)) {
    const calm = reading.recall(page.digest);
    if (calm) comparison.addCalm(calm);
    reading.note(page.digest, calm ?? comparison.add(page.flows()));
    done += page.count;
    ports.observer.progress({ org: run.org, phase: 'live', done });
  }
  reading.keep();
  await readUnlisted(ports, comparison, signal);
  return comparison.finish();
}
