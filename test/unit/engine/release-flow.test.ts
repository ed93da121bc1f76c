import { describe, expect, test } from '@jest/globals';
import { isError } from '../../../src/domain/errors.ts';
import { findFlow } from '../../../src/engine/find-flow.ts';
import { releaseFlow } from '../../../src/engine/release-flow.ts';
import type { Released } from '../../../src/engine/release-flow.ts';
import { aFlowId, aFlowRecord, aFlowStatus } from '../../support/builders.ts';
import { EngineRig, ORG, settingsWith } from '../../support/engine-rig.ts';
import { FakeStateStore } from '../../support/fakes/fake-state-store.ts';

const FLOW = aFlowId(1);
const signal = new AbortController().signal;

const release = async (rig: EngineRig, flow = FLOW): Promise<Released> =>
  releaseFlow(
    rig.ports,
    { ...(await findFlow(rig.state.flows, [rig.org], flow)), by: 'ops' },
    signal,
  );

/** The service stores something else than what git wants, once, and the flow is rolled back. */
async function aRigWithAHeldFlow(): Promise<EngineRig> {
  const rig = new EngineRig({ flows: 2 });
  rig.wants(300);
  rig.backend.storeInstead(FLOW, () => settingsWith(599));
  rig.backend.onNext('read', () => undefined);
  rig.backend.onNext('read', () => void rig.backend.storeAsAsked(FLOW));
  const report = await rig.run();
  expect(report.outcomes).toMatchObject([{ status: 'rolled-back' }]);
  return rig;
}

describe('a flow that is released', () => {
  test('is tried again by the next run, and tells so', async () => {
    const rig = await aRigWithAHeldFlow();
    expect((await rig.later().run()).outcomes).toMatchObject([{ status: 'blocked' }]);

    const released = await release(rig);

    expect(released).toMatchObject({ org: ORG, flowId: FLOW, name: 'Flow 1' });
    expect((await rig.state.outbox.pending(ORG)).audits).toMatchObject([
      {
        event: 'flow.released',
        status: 'released',
        flowId: FLOW,
        planDigest: null,
        details: { name: 'Flow 1', by: 'ops', reason: released.heldBack?.reason },
      },
    ]);
    expect(released.heldBack?.reason).toContain('does not show what was written');
    expect(await rig.status()).toMatchObject({ state: 'RolledBack' });
    expect((await rig.later().run()).outcomes).toMatchObject([{ status: 'applied' }]);
    expect(await rig.status()).toMatchObject({ state: 'InSync' });
    expect(rig.live().settings).toEqual(settingsWith(300));
    expect(rig.lease.isHeld(ORG)).toBe(false);
    // rig.audits() checks the chain
    expect(rig.audits().map(({ event }) => event)).toEqual([
      'flow.rolled-back',
      'flow.released',
      'flow.updated',
    ]);
  });

  test('and was not held back is left as it is', async () => {
    const rig = await aRigWithAHeldFlow();
    await release(rig);
    const record = await rig.record();
    expect(await release(rig)).toEqual({ org: ORG, flowId: FLOW, name: 'Flow 1' });
    expect(await rig.record()).toEqual(record);
    expect((await rig.state.outbox.pending(ORG)).audits).toHaveLength(1);
  });

  test('waits for a run that is at work on the org', async () => {
    const rig = await aRigWithAHeldFlow();
    rig.lease.takenBy(ORG, 'a run');
    let looks = 0;
    const { lease } = rig;
    const counting = {
      acquire: (...args: Parameters<typeof lease.acquire>) => {
        looks += 1;
        if (looks === 4) lease.freed(ORG);
        return lease.acquire(...args);
      },
    };
    const found = await findFlow(rig.state.flows, [ORG], FLOW);
    const released = await releaseFlow(
      { ...rig.ports, lease: counting },
      { ...found, by: 'ops' },
      signal,
    );
    expect(released.heldBack).toBeDefined();
  });

  test('is left to a run that does not end in time', async () => {
    const rig = await aRigWithAHeldFlow();
    rig.lease.takenBy(ORG, 'a run');
    const before = rig.clock.monotonicMs();
    await expect(release(rig)).rejects.toMatchObject({ code: 'state.busy' });
    expect(rig.clock.monotonicMs() - before).toBe(30_000);
    expect(await rig.record()).toHaveProperty('heldBack');
  });
});

describe('findFlow', () => {
  const named = (n: number, name: string): ReturnType<typeof aFlowRecord> =>
    aFlowRecord({ flowId: aFlowId(n), status: aFlowStatus({ flowId: aFlowId(n), name }) });

  async function aStore(): Promise<FakeStateStore> {
    const store = new FakeStateStore();
    await store.flows.save('a', [named(1, 'One'), named(2, 'Twice'), named(3, 'Twice')]);
    await store.flows.save('b', [named(4, 'Four'), named(5, 'One')]);
    return store;
  }

  test.each([
    ['an id', ['a', 'b'], aFlowId(4), ['b', aFlowId(4)]],
    ['an id in capitals', ['a', 'b'], aFlowId(2).toUpperCase(), ['a', aFlowId(2)]],
    ['a name', ['a', 'b'], 'Four', ['b', aFlowId(4)]],
    ['a name that only another org has too', ['b'], 'One', ['b', aFlowId(5)]],
  ])('finds a flow by %s', async (_name, orgs, flow, found) => {
    const { flows } = await aStore();
    const { org, flowId } = await findFlow(flows, orgs, flow);
    expect([org, flowId]).toEqual(found);
  });

  test.each([
    ['no flow has it', ['a', 'b'], 'Nobody'],
    ['only another org has it', ['a'], 'Four'],
    ['it is written otherwise', ['a', 'b'], 'four'],
    ['it is a part of the name', ['a', 'b'], 'Fou'],
  ])('is cli.unknown-flow when %s', async (_name, orgs, flow) => {
    const { flows } = await aStore();
    await expect(findFlow(flows, orgs, flow)).rejects.toMatchObject({ code: 'cli.unknown-flow' });
  });

  test.each([
    ['of one org', ['a'], 'Twice', [`${aFlowId(2)} in a`, `${aFlowId(3)} in a`]],
    ['of two orgs', ['a', 'b'], 'One', [`${aFlowId(1)} in a`, `${aFlowId(5)} in b`]],
  ])('is cli.ambiguous-flow for two flows %s', async (_name, orgs, flow, candidates) => {
    const { flows } = await aStore();
    const error: unknown = await findFlow(flows, orgs, flow).catch((thrown: unknown) => thrown);
    expect(isError(error, 'cli.ambiguous-flow') && error.details.candidates).toEqual(candidates);
  });
});
