import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { exitCodeOf } from '../../src/engine/run-report.ts';
import { IntegrationRig } from '../support/integration-rig.ts';

let rig: IntegrationRig;

beforeAll(async () => {
  rig = await IntegrationRig.start({ speed: 100, orgs: [{ flows: 6 }] });
});

afterAll(() => rig.close());

test('tokens that end in the middle of a run are renewed once for all who wait', async () => {
  const flows = rig.flows();
  for (const { id } of flows)
    rig.org().edit(id, { routing: { maxWaitTime: 9 } }, { by: 'Sam Supervisor' });
  let ended = 0;
  const flowEnded = (): void => {
    ended += 1;
    if (ended === 1) rig.simulator.revokeTokens();
  };
  await rig.app({ observer: { progress: () => undefined, flowEnded } });

  const report = await rig.reconcile();

  expect(exitCodeOf(report)).toBe(0);
  expect(report.outcomes.map(({ status }) => status)).toEqual(flows.map(() => 'applied'));
  // the run got one, and one more was got for all
  expect(rig.simulator.stats().byRoute['POST /api/v2/oauth/token']).toBe(2);
});
