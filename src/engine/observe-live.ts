import type { DesiredFlow } from '../domain/flow.ts';
import { makeLiveComparison } from '../plan/live-comparison.ts';
import type { LiveComparisonResult } from '../plan/live-comparison.ts';
import type { Ports } from '../ports/ports.ts';
import type { OrgRun } from './org-run.ts';

/**
 * Reads every live flow page by page and compares it at once, so that no more than a page of settings is in memory.
 * Flows that the list shows without settings are read one by one.
 *
 * @throws as `FlowBackend.pages`: a list that was not whole is never compared to its end
 */
export async function observeLive(
  ports: Pick<Ports, 'backend' | 'clock' | 'observer'>,
  run: OrgRun,
  desired: readonly DesiredFlow[],
  signal: AbortSignal,
): Promise<LiveComparisonResult> {
  const comparison = makeLiveComparison({ desired, orgId: run.orgId, now: ports.clock.now() });
  let done = 0;
  for await (const page of ports.backend.pages(signal)) {
    comparison.add(page.flows());
    done += page.count;
    ports.observer.progress({ org: run.org, phase: 'live', done });
  }
  for (const flow of comparison.unread())
    comparison.addRead(await ports.backend.read(flow.flowId, signal));
  return comparison.finish();
}
