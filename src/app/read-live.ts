import type { LiveFlow } from '../domain/flow.ts';
import type { OrgSetup } from '../engine/run-all.ts';

/**
 * Every flow of these orgs with its settings, all in memory; those that the list shows without are read one by one.
 *
 * @throws as `FlowBackend.pages`: a list that was not whole is no list
 */
export async function readLive(
  setups: readonly OrgSetup[],
  signal: AbortSignal,
): Promise<readonly LiveFlow[]> {
  const flows: LiveFlow[] = [];
  for (const { org, ports } of setups) {
    const listed: LiveFlow[] = [];
    for await (const page of ports.backend.pages(signal)) {
      listed.push(...page.flows());
      ports.observer.progress({ org, phase: 'live', done: listed.length });
    }
    for (const flow of listed)
      flows.push(flow.settings === undefined ? await ports.backend.read(flow.id, signal) : flow);
  }
  return flows;
}
