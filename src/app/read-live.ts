import type { Deadlines } from '../domain/deadlines.ts';
import type { FlowId, LiveFlow } from '../domain/flow.ts';
import type { OrgSetup } from '../engine/run-all.ts';
import type { KnownFlow } from '../plan/make-plan.ts';
import { TimeLimits } from '../engine/time-limits.ts';
import { setupOf } from './choose-orgs.ts';

/** What is read of the orgs themselves, as they are now. */
export interface LiveReads {
  /** Every flow of an org, with its settings. @throws api.*, deadline.live, cli.usage for an unknown name */
  live(org: string, signal: AbortSignal): Promise<readonly LiveFlow[]>;
  /** @throws api.*, deadline.live, cli.usage for an unknown name */
  liveFlow(org: string, flowId: string, signal: AbortSignal): Promise<LiveFlow>;
  /** What flows were last brought to, as far as this machine knows. @throws cli.usage for an unknown name */
  knownFlows(org: string, flowIds: readonly FlowId[]): Promise<ReadonlyMap<FlowId, KnownFlow>>;
}

export function makeLiveReads(setups: readonly OrgSetup[], deadlines: Deadlines): LiveReads {
  const inTime = <T>(
    name: string,
    signal: AbortSignal,
    work: (setup: OrgSetup, alive: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    const setup = setupOf(setups, name);
    const limits = new TimeLimits(setup.ports.clock, name, deadlines);
    return limits.phase('live', signal, (alive) => work(setup, alive));
  };
  return {
    live: (org, signal) => inTime(org, signal, readOrg),
    knownFlows: (org, flowIds) => setupOf(setups, org).ports.state.flows.load(org, flowIds),
    liveFlow: (org, flowId, signal) =>
      inTime(org, signal, ({ ports }, alive) => ports.backend.read(flowId, alive)),
  };
}

/**
 * Every flow of an org with its settings, all in memory; those that the list shows without are read one by one.
 *
 * @throws as `FlowBackend.pages`: a list that was not whole is no list
 */
async function readOrg(
  { org, ports: { backend, observer } }: OrgSetup,
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
