import type { OrgFacts } from '../adapters/metrics/prom-meter.ts';
import type { FlowState } from '../domain/flow-status.ts';
import type { Generation } from './controller.ts';

/** What metrics tell of each org at the time of a scrape. */
export async function readOrgFacts({ app, loop }: Generation): Promise<readonly OrgFacts[]> {
  return Promise.all(
    loop.view().orgs.map(async ({ org, waiting }) => {
      const states = new Map<FlowState, number>();
      for (const { state } of (await app.flowIndex(org)).values())
        states.set(state, (states.get(state) ?? 0) + 1);
      return { org, waiting, states, rateWaitMs: app.rateWaitMs(org) };
    }),
  );
}
