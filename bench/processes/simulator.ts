import type * as SeedModule from '../../src/simulator/seed.ts';
import type * as SimulatorModule from '../../src/simulator/simulator.ts';
import type { RequestStats } from '../../src/simulator/request-log.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { builtUrl } from '../built.ts';
import { serve } from '../rpc.ts';

const { seedFlows, seedOrg } = (await import(builtUrl('simulator/seed.js'))) as typeof SeedModule;
const { startSimulator } = (await import(
  builtUrl('simulator/simulator.js')
)) as typeof SimulatorModule;

export interface Credentials {
  readonly orgId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Where flows hang: no answer comes, and nothing is done. */
export type HangAt = 'snapshot' | 'patch' | 'reload' | 'verify';

const FLOW = '/api/v2/architect/flows/{flowId}';
const RELOAD = '/api/v2/architect/flows/reload';

let simulator: Simulator | undefined;

function running(): Simulator {
  if (!simulator) throw new Error('the simulator was not started');
  return simulator;
}

const handlers = {
  start: async (options: Credentials & { readonly flows: number; readonly latencyMs: number }) => {
    const flows = seedFlows({ count: options.flows, orgId: options.orgId });
    const org = { ...seedOrg({ ...options, flows: 0 }), flows };
    simulator = await startSimulator({
      orgs: [org],
      latencyMs: options.latencyMs,
      requestLogLimit: 1_000,
    });
    return simulator.url;
  },
  /** Counts from here on. */
  clear: () => {
    running().requests.clear();
  },
  stats: (): RequestStats => running().stats(),
  /** A hand edit of each of these flows, another value each time. */
  drift: ({ ids, value }: { readonly ids: readonly string[]; readonly value: number }) => {
    const org = running().org();
    for (const id of ids)
      org.edit(id, { routing: { maxWaitTime: value } }, { by: 'Sam Supervisor' });
  },
  /** From now on these flows hang there; reloads are for all, and every fifth hangs. */
  hang: ({ at, ids }: { readonly at: HangAt; readonly ids: readonly string[] }) => {
    const { faults } = running();
    const hang = { kind: 'hang' } as const;
    if (at === 'reload')
      for (let nth = 3; nth < 500; nth += 5) faults.add({ ...hang, path: RELOAD, nth });
    else if (at === 'patch')
      for (const flowId of ids) faults.add({ ...hang, method: 'PATCH', flowId });
    else
      for (const flowId of ids)
        faults.add({ ...hang, method: 'GET', path: FLOW, flowId, from: at === 'verify' ? 2 : 1 });
  },
  /** Nothing hangs any more. */
  answer: () => {
    running().faults.clear();
  },
  /** Those of the flows whose wait time is another than wanted, and how many PATCHes of one flow overlapped. */
  faults: (wanted: ReadonlyMap<string, number>) => {
    const org = running().org();
    const wrong = [...wanted].filter(([id, value]) => {
      const { routing } = org.flow(id).settings;
      return (routing as { readonly maxWaitTime: number }).maxWaitTime !== value;
    });
    const overlapping = running()
      .violations()
      .filter(({ kind }) => kind === 'overlapping-patches');
    return { wrong: wrong.map(([id]) => id), overlapping: overlapping.length };
  },
};

export type SimulatorHandlers = typeof handlers;

serve(handlers);
