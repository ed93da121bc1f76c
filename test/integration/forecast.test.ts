import { afterEach, expect, test } from '@jest/globals';
import { makeDesiredLoader } from '../../src/engine/load-desired.ts';
import { planOnly } from '../../src/engine/plan-only.ts';
import type { OrgPlanReport } from '../../src/engine/plan-only.ts';
import { aFlowId, aLiveFlow, ORG_ID } from '../support/builders.ts';
import { EngineRig, waiting } from '../support/engine-rig.ts';
import { someLimits } from '../support/some-limits.ts';
import { aPacedService } from '../support/paced-service.ts';
import type { PacedService } from '../support/paced-service.ts';

const signal = new AbortController().signal;

let rig: EngineRig;
let service: PacedService;

afterEach(() => service.stop());

const numbers = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => i + 1);

/** The real backend and rate gate on a simulated org whose answers take a moment, and an engine on fakes. */
async function start(count: number, policy: object): Promise<void> {
  const flows = numbers(count).map((n) => aLiveFlow({ id: aFlowId(n), name: `Flow ${String(n)}` }));
  service = await aPacedService(flows, { latencyMs: 40 });
  rig = new EngineRig({ flows });
  rig.policy({ massChange: { maxFlows: 1000, maxShare: 1 }, ...policy });
}

const ports = () => ({ backend: service.backend, rateGate: service.rateGate });

async function plan(): Promise<OrgPlanReport> {
  const pinned = await rig.source.pinHead(signal);
  const limits = someLimits(rig.clock);
  const run = { org: rig.org, orgId: ORG_ID, directory: 'desired-state', pinned, limits };
  const loader = makeDesiredLoader(rig, 'desired-state');
  return planOnly({ ...rig.ports, ...ports() }, loader, run, signal);
}

/** Somebody changes every flow by hand, long after what git says was found live. */
async function drift(count: number): Promise<void> {
  rig.wants(600, ...numbers(count));
  await rig.run({ ports: ports() });
  const blocks = { routing: { maxWaitTime: 9 } };
  for (const n of numbers(count))
    service.simulator.org(ORG_ID).edit(aFlowId(n), blocks, { by: 'Sam' });
  service.clock.advance(120_000);
}

const ROWS: readonly {
  readonly name: string;
  readonly flows: number;
  readonly concurrency?: number;
  readonly rate: { readonly requestsPerMinute: number; readonly updatesPerMinute: number };
  /** What git says; drift, if not given. */
  readonly commit?: (rig: EngineRig) => unknown;
  readonly minutes: number;
}[] = [
  {
    name: 'one flow',
    flows: 1,
    rate: { requestsPerMinute: 60, updatesPerMinute: 30 },
    commit: (rig) => rig.wants(300),
    minutes: 0,
  },
  {
    name: 'flows one after the other, at the pace of the requests',
    flows: 12,
    concurrency: 1,
    rate: { requestsPerMinute: 60, updatesPerMinute: 1000 },
    commit: (rig) => rig.wants(300, ...numbers(12)),
    minutes: 0.6,
  },
  {
    name: 'four flows at once, at the pace of the requests',
    flows: 12,
    rate: { requestsPerMinute: 60, updatesPerMinute: 1000 },
    commit: (rig) => rig.wants(300, ...numbers(12)),
    minutes: 0.5,
  },
  {
    name: 'four flows at once, at the pace of the updates',
    flows: 12,
    rate: { requestsPerMinute: 1000, updatesPerMinute: 5 },
    commit: (rig) => rig.wants(300, ...numbers(12)),
    minutes: 2,
  },
  {
    name: 'as many flows that drifted, which get four fifths of the updates',
    flows: 12,
    rate: { requestsPerMinute: 1000, updatesPerMinute: 5 },
    minutes: 2,
  },
  {
    name: 'one more of them, which takes another minute',
    flows: 13,
    rate: { requestsPerMinute: 1000, updatesPerMinute: 5 },
    minutes: 3,
  },
  {
    name: 'three drifted flows at once, at the pace of the requests',
    flows: 12,
    concurrency: 3,
    rate: { requestsPerMinute: 60, updatesPerMinute: 1000 },
    minutes: 0.7,
  },
  {
    name: 'flows of which each waits for the one before',
    flows: 6,
    rate: { requestsPerMinute: 60, updatesPerMinute: 1000 },
    commit: (rig) =>
      rig.commit(
        Object.fromEntries(
          numbers(6).map((n) => [n, waiting(300, { dependsOn: n === 1 ? [] : [aFlowId(n - 1)] })]),
        ),
      ),
    minutes: 0.2,
  },
  {
    name: 'flows that lean on queues and users, looked up once',
    flows: 6,
    rate: { requestsPerMinute: 60, updatesPerMinute: 1000 },
    commit: (rig) =>
      rig.commit(
        Object.fromEntries(
          numbers(6).map((n) => [
            n,
            {
              ...waiting(300, { requires: { queues: ['Support'] } }),
              settings: { routing: { maxWaitTime: 300 }, scopeDirectives: { applyTo: ['user'] } },
            },
          ]),
        ),
      ),
    minutes: 0.4,
  },
];

test.each(ROWS)('what is foreseen of $name is what a run then does', async (row) => {
  const { flows, concurrency = 4, rate } = row;
  await start(flows, { rate, apply: { concurrency } });
  if (row.commit) row.commit(rig);
  else await drift(flows);
  // the org is read by plan and run alike
  await plan();
  const { budget } = await plan();
  const startedAt = service.clock.now();
  service.simulator.requests.clear();

  const report = await rig.run({ ports: ports() });

  expect(report.outcomes.map(({ status }) => status)).toEqual(numbers(flows).map(() => 'applied'));
  const requests = service.simulator.requests.list();
  const count = (method: string, ...ends: readonly string[]): number =>
    requests.filter((request) => {
      const what = request.flowId === undefined ? request.route.split('/').at(-1) : 'flow';
      return request.method === method && ends.includes(what ?? '');
    }).length;
  const { endMsOf, ...forecast } = budget?.forecast ?? { endMsOf: new Map<string, number>() };
  expect(forecast).toEqual({
    reads: count('GET', 'flow'),
    writes: count('PATCH', 'flow'),
    reloads: count('POST', 'reload'),
    lookUps: count('GET', 'queues', 'users', 'teams'),
    minutes: row.minutes,
  });
  // the run has read the list once more before it began to write
  const tookMs = service.clock.now() - startedAt;
  const foreseenMs = Math.max(...endMsOf.values());
  expect(tookMs - foreseenMs).toBeGreaterThanOrEqual(0);
  expect(tookMs - foreseenMs).toBeLessThanOrEqual(60_000 / rate.requestsPerMinute);
});
