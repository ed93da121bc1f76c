import { afterEach, describe, expect, test } from '@jest/globals';
import { exitCodeOf } from '../../src/engine/run-report.ts';
import type { SimulatorOptions } from '../../src/simulator/options.ts';
import { FLOW_ROUTE, IntegrationRig, LIST_ROUTE } from '../support/integration-rig.ts';

const FLOWS = 23;

interface Shape {
  readonly name: string;
  readonly simulator?: Omit<SimulatorOptions, 'orgs' | 'now'>;
  /** Of the org in the config. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly lists?: number;
  /** Single reads, where more than the two of the written flow. */
  readonly reads?: number;
}

describe('services that keep to the contract in their own way', () => {
  let rig: IntegrationRig;

  afterEach(() => rig.close());

  test.each<Shape>([
    { name: 'null ends the list', simulator: { endMarker: 'null' } },
    { name: 'an empty token ends the list', simulator: { endMarker: 'empty' } },
    { name: 'the list tells no total', simulator: { total: false } },
    { name: 'the list always holds settings', simulator: { listSettings: 'always' } },
    {
      name: 'the list never holds settings, so that each flow is read',
      simulator: { listSettings: 'never' },
      reads: FLOWS + 2,
    },
    { name: 'pages of ten', config: { pageSize: 10 }, lists: 3 },
    { name: 'a last page that is full', config: { pageSize: FLOWS }, lists: 1 },
    { name: 'a reload without content', simulator: { reloadStatus: 204 } },
    {
      name: 'a reload that takes effect later',
      simulator: { reloadStatus: 202, reloadLatencyMs: 60 },
    },
    { name: 'a slow reload', simulator: { reloadLatencyMs: 60 } },
    {
      name: 'tokens by form and Basic',
      simulator: { tokenRequest: 'form-basic' },
      config: { auth: { style: 'form-basic' } },
    },
    { name: 'tokens by JSON only', simulator: { tokenRequest: 'json' } },
    {
      name: 'other paths',
      simulator: {
        paths: {
          token: '/login/token',
          flows: '/v3/flows',
          flow: '/v3/flow/{flowId}/settings',
          reload: '/v3/reload',
          queues: '/v3/queues',
        },
      },
      config: {
        paths: {
          token: '/login/token',
          flows: '/v3/flows',
          flow: '/v3/flow/{flowId}/settings',
          reload: '/v3/reload',
          queues: '/v3/queues',
        },
      },
    },
  ])('$name', async ({ simulator = {}, config = {}, lists = 1, reads = 2 }) => {
    rig = await IntegrationRig.start({ simulator, orgs: [{ flows: FLOWS, config }] });
    const { id, settings } = rig.flows()[11]!;
    rig.org().edit(id, { routing: { maxWaitTime: 9 } }, { by: 'Sam Supervisor' });
    const report = await rig.reconcile();
    expect(exitCodeOf(report)).toBe(0);
    expect(report.plan?.liveCount).toBe(FLOWS);
    expect(report.outcomes).toMatchObject([{ flowId: id, status: 'applied' }]);
    while (rig.org().pendingReload().length > 0) await new Promise((go) => setTimeout(go, 5));
    expect(rig.org().flow(id).inEffect).toEqual(settings);

    const { byRoute } = rig.simulator.stats();
    const paths = { flows: LIST_ROUTE, flow: FLOW_ROUTE, ...simulator.paths };
    const asked = [byRoute[`GET ${paths.flows}`], byRoute[`GET ${paths.flow}`]];
    expect(asked).toEqual([lists, reads]);
    expect((await rig.reconcile()).publishing).toEqual({ kind: 'nothing' });
  });

  test('a page that is larger than the service gives is refused with its words', async () => {
    rig = await IntegrationRig.start({ simulator: { maxPageSize: 25 } });
    const report = await rig.reconcile();
    expect(exitCodeOf(report)).toBe(1);
    expect(report.error).toMatchObject({ code: 'api.refused' });
    expect(report.error?.message).toMatch(/pageSize/);
  });
});
