import type { Deadlines } from '../domain/deadlines.ts';
import type { LiveFlow, OrgName } from '../domain/flow.ts';
import type { OrgSetup } from '../engine/run-all.ts';
import { TimeLimits } from '../engine/time-limits.ts';

/**
 * Every flow of these orgs with its settings, all in memory; those that the list shows without are read one by one.
 *
 * @throws as `FlowBackend.pages`: a list that was not whole is no list; deadline.live
 */
export async function readLive(
  setups: readonly OrgSetup[],
  deadlines: Deadlines,
  signal: AbortSignal,
): Promise<readonly LiveFlow[]> {
  const flows: LiveFlow[] = [];
  for (const { org, ports } of setups) {
    const limits = new TimeLimits(ports.clock, org, deadlines);
    flows.push(...(await limits.phase('live', signal, (alive) => readOrg(org, ports, alive))));
  }
  return flows;
}

async function readOrg(
  org: OrgName,
  { backend, observer }: OrgSetup['ports'],
  signal: AbortSignal,
): Promise<readonly LiveFlow[]> {
  const listed: LiveFlow[] = [];
  for await (const page of backend.pages(signal)) {
    listed.push(...page.flows());
    observer.progress({ org, phase: 'live', done: listed.length });
  }
  const flows: LiveFlow[] = [];
  for (const flow of listed)
    flows.push(flow.settings === undefined ? await backend.read(flow.id, signal) : flow);
  return flows;
}
