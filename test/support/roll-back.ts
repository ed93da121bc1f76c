import { expect } from '@jest/globals';
import { findFlow } from '../../src/engine/find-flow.ts';
import { makeDesiredLoader } from '../../src/engine/load-desired.ts';
import { rollBackFlow } from '../../src/engine/roll-back-flow.ts';
import type { RollbackReport } from '../../src/engine/roll-back-flow.ts';
import type { Ports } from '../../src/ports/ports.ts';
import { aFlowId, ORG_ID } from './builders.ts';
import { EngineRig, ORG } from './engine-rig.ts';
import { someLimits } from './some-limits.ts';

const DIRECTORY = 'desired-state';
const signal = new AbortController().signal;

/** Olga takes the rig's first flow back to a recorded snapshot. */
export async function rollBack(
  rig: EngineRig,
  asked: { readonly toVersion?: number; readonly ports?: Ports } = {},
): Promise<RollbackReport> {
  const ports = asked.ports ?? rig.ports;
  const pinned = await rig.source.pinHead(signal);
  const limits = someLimits(rig.clock);
  const run = { org: ORG, orgId: ORG_ID, directory: DIRECTORY, pinned, limits };
  const flow = await findFlow(rig.state.flows, [ORG], aFlowId(1));
  const request = { flow, toVersion: asked.toVersion, by: 'Olga On-Call' };
  return rollBackFlow(ports, makeDesiredLoader(ports, DIRECTORY), { run, request }, signal);
}

/** Git wanted 300 of a flow that had 600 in its version 7; it is applied. */
export async function aRigWithAnAppliedChange(): Promise<EngineRig> {
  const rig = new EngineRig();
  rig.wants(300);
  expect((await rig.run()).outcomes).toMatchObject([{ status: 'applied', version: 8 }]);
  return rig.later();
}

/** What a promise is rejected with. */
export const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );
