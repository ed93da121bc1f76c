import { afterEach, expect, test } from '@jest/globals';
import type { FlowOutcome } from '../../src/domain/outcome.ts';
import {
  FLOW_ROUTE,
  IntegrationRig,
  RELOAD_ROUTE,
  SWIFT_POLICY,
} from '../support/integration-rig.ts';
import type { Fault } from '../../src/simulator/fault.ts';

const CONCURRENCY = 2;

let rig: IntegrationRig;

afterEach(() => rig.close());

const HANGS: readonly {
  readonly name: string;
  readonly faults: (ids: readonly string[]) => readonly Fault[];
}[] = [
  {
    name: 'the read before the write',
    faults: (ids) =>
      ids.map((flowId) => ({ kind: 'hang', method: 'GET', path: FLOW_ROUTE, flowId })),
  },
  {
    name: 'the PATCH',
    faults: (ids) => ids.map((flowId) => ({ kind: 'hang', method: 'PATCH', flowId })),
  },
  {
    name: 'the read after the write',
    faults: (ids) =>
      ids.map((flowId) => ({ kind: 'hang', method: 'GET', path: FLOW_ROUTE, flowId, from: 2 })),
  },
];

/** Twelve drifted flows, two at once, of which `hanging` hang at something; the run ends with the last of the others. */
async function appliedWhile(
  hanging: number,
  faults: (ids: readonly string[]) => readonly Fault[],
): Promise<readonly FlowOutcome[]> {
  const apply = { ...SWIFT_POLICY.apply, concurrency: CONCURRENCY };
  // no request ever times out here; what nobody knows is late after five seconds is so sooner
  const timeouts = { answer: '10m', call: '10m' };
  rig = await IntegrationRig.start({
    speed: 10,
    orgs: [
      {
        flows: 12,
        policy: { ...SWIFT_POLICY, apply, massChange: { maxShare: 1 } },
        config: { timeouts },
      },
    ],
  });
  const ids = rig.flows().map(({ id }) => id);
  for (const id of ids)
    rig.org().edit(id, { routing: { maxWaitTime: 9 } }, { by: 'Sam Supervisor' });
  for (const fault of faults(ids.slice(0, hanging))) rig.simulator.faults.add(fault);
  const ended: FlowOutcome[] = [];
  const enough = new AbortController();
  const flowEnded = (_org: string, outcome: FlowOutcome): void => {
    ended.push(outcome);
    if (ended.length === ids.length - hanging) enough.abort();
  };
  await rig.app({ observer: { flowEnded, progress: () => undefined } });
  await rig.reconcileAll({}, enough.signal);
  return ended.slice(0, ids.length - hanging);
}

test.each(HANGS)(
  'flows that hang at $name, more than there are places: all others are applied meanwhile',
  async ({ faults }) => {
    const ended = await appliedWhile(CONCURRENCY + 1, faults);
    expect(ended.map(({ status }) => status)).toEqual(Array<string>(9).fill('applied'));
    rig.simulator.faults.clear();
    await rig.reconcile();
    const flows = rig.flows().map(({ id }) => rig.org().flow(id));
    for (const { settings } of flows)
      expect(settings['routing']).not.toMatchObject({ maxWaitTime: 9 });
    expect(rig.simulator.violations().map(({ kind }) => kind)).not.toContain('overlapping-patches');
  },
);

test('reloads that hang: all flows are applied, and what was written is in effect', async () => {
  const ended = await appliedWhile(0, () => [
    { kind: 'hang', path: RELOAD_ROUTE, nth: 1 },
    { kind: 'hang', path: RELOAD_ROUTE, nth: 3 },
  ]);
  expect(ended.map(({ status }) => status)).toEqual(Array<string>(12).fill('applied'));
  expect(rig.org().pendingReload()).toEqual([]);
});
